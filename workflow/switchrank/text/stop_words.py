"""Stop words of a language."""

import langcodes

_STOP_WORDS = {
    # The default set of Lucene's English analyzer (33 words).
    "en": "a an and are as at be but by for if in into is it no not of on or such that the their then there "
    "these they this to was will with",
}


def stop_words(language: str) -> frozenset[str]:
    """The stop words of a language (BCP 47), normalised; none of one whose stop words are not known."""
    return frozenset(_STOP_WORDS.get(langcodes.Language.get(language).language, "").split())
