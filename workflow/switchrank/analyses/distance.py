"""Linguistic distance between two languages, from how they are classified and written."""

from dataclasses import dataclass

from switchrank.languages import LANGUAGES

SOURCE = (
    "genus and family as in the World Atlas of Language Structures (WALS Online, Dryer and Haspelmath 2013), "
    "script as in ISO 15924; 0: the same language, 1: the same genus, 2: the same family, 3: neither, and a "
    "half more where the scripts differ"
)


@dataclass(frozen=True)
class _Class:
    genus: str
    family: str


_INDO_EUROPEAN = "Indo-European"
_CLASSES = {
    "ar": _Class("Semitic", "Afro-Asiatic"),
    "de": _Class("Germanic", _INDO_EUROPEAN),
    "en": _Class("Germanic", _INDO_EUROPEAN),
    "es": _Class("Romance", _INDO_EUROPEAN),
    "fr": _Class("Romance", _INDO_EUROPEAN),
    "hi": _Class("Indic", _INDO_EUROPEAN),
    "id": _Class("Malayo-Sumbawan", "Austronesian"),
    "it": _Class("Romance", _INDO_EUROPEAN),
    "ja": _Class("Japanese", "Japanese"),
    "nl": _Class("Germanic", _INDO_EUROPEAN),
    "pt": _Class("Romance", _INDO_EUROPEAN),
    "ru": _Class("Slavic", _INDO_EUROPEAN),
    "vi": _Class("Viet-Muong", "Austro-Asiatic"),
    "zh": _Class("Chinese", "Sino-Tibetan"),
}


def distance(one: str, other: str) -> float:
    """The distance of two languages (ISO 639-1), 0 to 3.5; see SOURCE.

    It is an order more than a measure: that a family apart is as far from a genus apart as that is from the
    same genus is convention.

    Raises:
        KeyError: a language is unknown or mixed.
    """
    ours, theirs = _CLASSES[one], _CLASSES[other]
    scripts = 0.0 if LANGUAGES[one].script == LANGUAGES[other].script else 0.5
    if one == other:
        return 0.0
    if ours.genus == theirs.genus:
        return 1.0 + scripts
    return (2.0 if ours.family == theirs.family else 3.0) + scripts
