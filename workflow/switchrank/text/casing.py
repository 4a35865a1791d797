"""The casing of a word, given to another one, by the rules of each one's language."""

from switchrank.languages import base_language
from switchrank.text.normalisation import clean, has_dotless_i


def case_like(word: str, language: str, other: str, other_language: str) -> str:
    """Give another word the casing of a word: ALL CAPS, Title, or else its own."""
    word = clean(word, language)
    if word.isupper() and len(word.rstrip("'")) > len(_first(word, language)):
        return _upper(other, other_language)
    if word[:1].isupper() or word[:1].istitle():
        return _title(other, other_language)
    return other


def _first(word: str, language: str) -> str:
    """The first letter; in Dutch ij is one."""
    return word[: 2 if base_language(language) == "nl" and word[:2].lower() == "ij" else 1]


def _upper(word: str, language: str) -> str:
    return (word.replace("i", "İ") if has_dotless_i(language) else word).upper()


def _title(word: str, language: str) -> str:
    first = _first(word, language)
    if len(first) > 1 or has_dotless_i(language):
        return _upper(first, language) + word[len(first) :]
    return first.title() + word[len(first) :]
