"""The 14 languages of mMARCO, sides that mix them, and pairs of query and document language."""

from dataclasses import dataclass

from switchrank.errors import UserError


@dataclass(frozen=True)
class Language:
    """A language's English name and the name of the script it is written in."""

    name: str
    script: str


LANGUAGES = {
    "ar": Language("Arabic", "Arabic"),
    "de": Language("German", "Latin"),
    "en": Language("English", "Latin"),
    "es": Language("Spanish", "Latin"),
    "fr": Language("French", "Latin"),
    "hi": Language("Hindi", "Devanagari"),
    "id": Language("Indonesian", "Latin"),
    "it": Language("Italian", "Latin"),
    "ja": Language("Japanese", "Japanese"),
    "nl": Language("Dutch", "Latin"),
    "pt": Language("Portuguese", "Latin"),
    "ru": Language("Russian", "Cyrillic"),
    "vi": Language("Vietnamese", "Latin"),
    "zh": Language("Chinese", "Han"),
}
SEEN = ("en", "de", "it", "nl", "ru", "ar")  # English and what code-switched training data switches into
MIXED = {"xx6": SEEN, "xx14": tuple(LANGUAGES)}  # sides in which each id has one of these languages


def parse_pair(pair: str) -> tuple[str, str]:
    """Split a pair such as "ar-it" or "en-xx6" into query language and document language.

    Raises:
        UserError: the pair is not two sides joined by a hyphen, or a side is neither a language nor mixed.
    """
    sides = pair.split("-")
    if len(sides) != 2:
        raise UserError(f"pair {pair!r}: found {len(sides)} parts, expected query-document such as 'ar-it'")
    for side in sides:
        if side not in LANGUAGES and side not in MIXED:
            known = ", ".join([*LANGUAGES, *MIXED])
            raise UserError(f"pair {pair!r}: unknown language {side!r}, expected one of {known}")
    return sides[0], sides[1]


def setting_of(pair: str) -> str:
    """The setting of a pair: "mlir" if a side is mixed, "moir" if both sides are one language, else "clir".

    Raises:
        UserError: see parse_pair.
    """
    query_language, document_language = parse_pair(pair)
    if query_language in MIXED or document_language in MIXED:
        return "mlir"
    return "moir" if query_language == document_language else "clir"


def members(side: str) -> tuple[str, ...]:
    """The languages of a side: itself, or those that it mixes."""
    return MIXED.get(side, (side,))


def name_of(side: str) -> str:
    """The name of a side for people to read: "Arabic", or "6 languages mixed" for xx6."""
    return f"{len(MIXED[side])} languages mixed" if side in MIXED else LANGUAGES[side].name
