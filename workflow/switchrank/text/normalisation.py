"""One spelling for what reads the same: texts and words as vocabularies, lexicons and indexes hold them."""

import unicodedata
from functools import cache, lru_cache

import langcodes
import regex

from switchrank.languages import base_language

# Letters in presentation forms (full and half width, joined Arabic letters, ligatures such as ﬁ and ĳ), by
# code point: what each stands for. Marks that are shown on a blank lose it.
_RANGES = [
    (0x3000, 0x3000), (0xFB00, 0xFB4F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC), (0xFF01, 0xFFEE),
    (0x132, 0x133), (0x13F, 0x140), (0x149, 0x149), (0x17F, 0x17F), (0x1C4, 0x1CC), (0x1F1, 0x1F3),
]  # fmt: skip
_SIGNS = dict.fromkeys(map(ord, "’‘ʼʻ‛׳"), "'") | {ord("״"): '"', ord("\u200b"): " "}
_PLAIN = {
    code: plain.strip().translate(_SIGNS) or " "
    for first, last in _RANGES
    for code in range(first, last + 1)
    if " " not in (plain := unicodedata.normalize("NFKC", chr(code))).strip()
}
_PLAIN |= _SIGNS

# Signs that format a text (soft hyphens, byte order marks, directions, variation selectors) are no part of
# its words. Joiners are, where Indic and Arabic scripts spell with them, and in emoji.
_SPELT_WITH_JOINERS = (
    r"\p{Arab}\p{Syrc}\p{Mong}\p{Deva}\p{Beng}\p{Guru}\p{Gujr}\p{Orya}\p{Taml}\p{Telu}\p{Knda}"
)
_SPELT_WITH_JOINERS += r"\p{Mlym}\p{Sinh}\p{Mymr}\p{Khmr}\p{Tibt}"
_IGNORED = regex.compile(
    rf"(?![\u200c\u200d])\p{{Default_Ignorable_Code_Point}}"
    rf"|(?<![{_SPELT_WITH_JOINERS}\p{{M}}\p{{So}}\p{{Emoji_Modifier}}])[\u200c\u200d]+"
    rf"|[\u200c\u200d]+(?![{_SPELT_WITH_JOINERS}\p{{So}}])"
)
# Vowel signs and cantillation that Arabic and Hebrew mostly leave out, and the stroke that lengthens a word;
# hamza and madda, which NFC joins with their letters where it can, belong to the spelling.
_LEFT_OUT = regex.compile(
    r"[\u0640[[\p{Script_Extensions=Arab}\p{Hebr}]&&\p{Mn}--[\u0653-\u0655]]]", regex.V1
)

_COMMAS = str.maketrans("şţŞŢ", "șțȘȚ")
_CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")
_DOTTED = str.maketrans({"İ": "i", "I": "ı"})
_LONGEST_WORD = 40  # characters of what is remembered; longer ones are whole texts


def clean(text: str, language: str) -> str:
    """Spell a text in a language (BCP 47) by characters of one kind each; its case stays.

    Composed letters (NFC), no presentation forms, straight apostrophes; no signs that format; no vowel signs
    and strokes that Arabic and Hebrew texts have or leave out as they like; in Romanian commas, in Turkish
    and its kin cedillas below s and t. A blank of no width is a blank.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text).translate(_PLAIN)
    text = _LEFT_OUT.sub("", _IGNORED.sub("", unicodedata.normalize("NFC", text)))
    text = unicodedata.normalize("NFC", text)  # letters and marks that a sign had parted
    match base_language(language):
        case "ro":
            return text.translate(_COMMAS)
        case "tr" | "az" | "kk":
            return text.translate(_CEDILLAS)
    return text


def lower(text: str, language: str) -> str:
    """Spell a text in a language `clean`, in lower case and in its own script."""
    text = clean(text, language)
    if has_dotless_i(language):
        text = text.translate(_DOTTED)
    return unicodedata.normalize("NFC", text.lower())


def normalize(word: str, language: str) -> str:
    """The form in which vocabularies and lexicons hold a word of a language: clean, in lower case.

    Of a language with several scripts it is in the one of the word lists (wordfreq): Chinese in simplified
    characters, Serbian and Azerbaijani in Latin letters. In Switzerland and Liechtenstein ß is ss. So it is
    a key by which words are found and compared, and of such a language not how its texts write a word.
    """
    return _remembered(word, language) if len(word) <= _LONGEST_WORD else _normalized(word, language)


def phrase(text: str, language: str) -> str:
    """One word or several as vocabularies and lexicons hold them: normalised, single blanks between."""
    return " ".join(normalize(text, language).split())


def simplified(text: str) -> str:
    """Chinese in simplified characters, as many as before; all else stays."""
    from wordfreq.chinese import SIMPLIFIED_MAP  # it loads a segmenter, which few languages need

    return text.translate(SIMPLIFIED_MAP)


def has_dotless_i(language: str) -> bool:
    """Whether a language has two letters i, with and without a dot, as Turkish."""
    return base_language(language) in ("tr", "az", "kk", "crh", "gag")


def _normalized(word: str, language: str) -> str:
    word = lower(word, language)
    if word.isascii():
        return word
    match base_language(language):
        case "zh" | "yue":
            return simplified(word)
        case "de" if _is_swiss(language):
            return word.replace("ß", "ss")
        case "sr" | "az" as code:
            from wordfreq.transliterate import transliterate

            return unicodedata.normalize("NFC", transliterate(f"{code}-Latn", word))
    return word


_remembered = lru_cache(1 << 18)(_normalized)


@cache
def _is_swiss(language: str) -> bool:
    return langcodes.Language.get(language).territory in ("CH", "LI")
