"""Linguistic distance between two languages, from how they are classified and written."""

import langcodes

from switchrank.languages import script_of

SOURCE = (
    "genus and family as in the World Atlas of Language Structures (WALS Online, Dryer and Haspelmath 2013), "
    "script as in ISO 15924; 0: the same language, 1: the same genus, 2: the same family, 3: neither, and a "
    "half more where the scripts differ"
)

_CLASSES = {  # language → genus, family
    "ar": ("Semitic", "Afro-Asiatic"),
    "de": ("Germanic", "Indo-European"),
    "en": ("Germanic", "Indo-European"),
    "es": ("Romance", "Indo-European"),
    "fr": ("Romance", "Indo-European"),
    "hi": ("Indic", "Indo-European"),
    "id": ("Malayo-Sumbawan", "Austronesian"),
    "it": ("Romance", "Indo-European"),
    "ja": ("Japanese", "Japanese"),
    "nl": ("Germanic", "Indo-European"),
    "pt": ("Romance", "Indo-European"),
    "ru": ("Slavic", "Indo-European"),
    "vi": ("Viet-Muong", "Austro-Asiatic"),
    "zh": ("Chinese", "Sino-Tibetan"),
}


def distance(language: str, other: str) -> float | None:
    """The distance of two languages (BCP 47), 0 to 3.5; see SOURCE. None if either is not classified here.

    It is an order more than a measure: that a family apart is as far from a genus apart as that is from the
    same genus is convention.
    """
    bases = [langcodes.Language.get(tag).language for tag in (language, other)]
    if not all(base in _CLASSES for base in bases):
        return None
    levels = zip(*((base, *_CLASSES[base]) for base in bases), strict=True)
    steps = next((step for step, (ours, theirs) in enumerate(levels) if ours == theirs), 3)
    return steps + (0.0 if script_of(language) == script_of(other) else 0.5)
