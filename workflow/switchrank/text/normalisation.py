"""One spelling for what reads the same: texts and words as vocabularies, lexicons and indexes hold them."""

import unicodedata
from functools import cache, lru_cache

import langcodes
import regex

from switchrank.languages import base_language

# Letters in presentation forms (full and half width, joined Arabic letters, ligatures such as ﬁ and ĳ), by
# code point: what each stands for. Arabic marks that are shown on a blank lose it; a macron of full width is
# a sign of its own.
_RANGES = [
    (0x3000, 0x3000), (0xFB00, 0xFB4F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC),
    (0xFF01, 0xFFE2), (0xFFE4, 0xFFEE),
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
_PLAIN_WITH_OKINA = {code: plain for code, plain in _PLAIN.items() if chr(code) != "ʻ"}

# Signs that format a text (soft hyphens, byte order marks, directions, variation selectors) are no part of
# its words. Joiners are, where Indic and Arabic scripts spell with them (at the end of a word, behind a
# virama), and in emoji; so is the separator of vowels in Mongolian script.
_SPELT_WITH_JOINERS = (
    r"\p{Arab}\p{Syrc}\p{Mong}\p{Deva}\p{Beng}\p{Guru}\p{Gujr}\p{Orya}\p{Taml}\p{Telu}\p{Knda}"
)
_SPELT_WITH_JOINERS += r"\p{Mlym}\p{Sinh}\p{Mymr}\p{Khmr}\p{Tibt}"
_MONGOLIAN = r"(?<=[\p{Mong}&&\p{L}])\u180e(?=[\p{Mong}&&\p{L}])"
_IGNORED = regex.compile(
    rf"(?![\u200c\u200d]|{_MONGOLIAN})\p{{Default_Ignorable_Code_Point}}"
    rf"|(?<![{_SPELT_WITH_JOINERS}\p{{M}}\p{{So}}\p{{Emoji_Modifier}}])[\u200c\u200d]+"
    rf"|(?<!\p{{ccc=9}})[\u200c\u200d]+(?![{_SPELT_WITH_JOINERS}\p{{So}}])",
    regex.V1,
)
# The stroke that lengthens a word, and what these languages mostly leave out: vowel signs and cantillation.
# Others (Yiddish, Kashmiri, Uyghur) spell with them. Hamza and madda, which NFC joins with their letters
# where it can, belong to the spelling.
_STROKE = "\u0640"
_WITHOUT_VOWEL_SIGNS = (
    *("ar", "acm", "aeb", "afb", "ajp", "apc", "arq", "ars", "ary", "arz"),
    *("fa", "pes", "prs", "ur", "pnb", "ps", "sd", "he"),
)
_VOWEL_SIGNS = regex.compile(r"[[\p{Script_Extensions=Arab}\p{Hebr}]&&\p{Mn}--[\u0653-\u0655]]", regex.V1)

_COMMAS = str.maketrans("şţŞŢ", "șțȘȚ")
_CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")
_UZBEK = regex.compile(r"(?<=[oOgG])'")  # its letters oʻ and gʻ, as most type them
_DOTTED = str.maketrans({"İ": "i", "I": "ı"})
_LONGEST_WORD = 40  # characters of what is remembered; longer ones are whole texts


def clean(text: str, language: str) -> str:
    """Spell a text in a language (BCP 47) by characters of one kind each; its case stays.

    Composed letters (NFC), no presentation forms, straight apostrophes; no signs that format; no vowel signs
    that texts have or leave out as they like, as in Arabic and Hebrew, nor strokes that lengthen a word; in
    Romanian commas, in Turkish and its kin cedillas below s and t; in Uzbek oʻ and gʻ. A blank of no width is
    a blank.
    """
    if text.isascii() and base_language(language) != "uz":
        return text
    plain = _PLAIN_WITH_OKINA if has_okina(language) else _PLAIN
    text = unicodedata.normalize("NFC", text).translate(plain)
    text = _IGNORED.sub("", unicodedata.normalize("NFC", text)).replace(_STROKE, "")
    if base_language(language) in _WITHOUT_VOWEL_SIGNS:
        text = _VOWEL_SIGNS.sub("", text)
    text = unicodedata.normalize("NFC", text)  # letters and marks that a sign had parted
    match base_language(language):
        case "ro":
            return text.translate(_COMMAS)
        case "tr" | "az" | "kk":
            return text.translate(_CEDILLAS)
        case "uz":
            return _UZBEK.sub("ʻ", text)
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
    return single_blanks(normalize(text, language))


def folded(text: str, language: str) -> str:
    """What texts have in common that are written the same but for spelling, case and blanks.

    Chinese characters are simplified; other scripts, as the two of Serbian, stay apart.
    """
    text = lower(text, language)
    return single_blanks((simplified(text) if is_chinese(language) else text).casefold())


def single_blanks(text: str) -> str:
    """A text with one blank wherever white space is, and none around."""
    return " ".join(text.split())


def simplified(text: str) -> str:
    """Chinese in simplified characters, as many as before; all else stays."""
    from wordfreq.chinese import SIMPLIFIED_MAP  # it loads a segmenter, which few languages need

    return text.translate(SIMPLIFIED_MAP)


def is_chinese(language: str) -> bool:
    """Whether a language is written in Chinese characters alone, Cantonese included."""
    return base_language(language) in ("zh", "yue")


def has_okina(language: str) -> bool:
    """Whether a turned comma (ʻ) is a letter of a language, as in Hawaiian and Uzbek."""
    return base_language(language) in ("haw", "sm", "to", "ty", "uz")


def has_dotless_i(language: str) -> bool:
    """Whether a language has two letters i, with and without a dot, as Turkish."""
    return base_language(language) in ("tr", "az", "kk", "crh", "gag")


def _normalized(word: str, language: str) -> str:
    word = lower(word, language)
    if word.isascii():
        return word
    if is_chinese(language):
        return simplified(word)
    match base_language(language):
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
