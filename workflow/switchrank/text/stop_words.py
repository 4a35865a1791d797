"""English stop words: the default set of Lucene's English analyzer (33 words)."""

_LUCENE = (
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these "
    "they this to was will with"
)
STOP_WORDS = frozenset(_LUCENE.split())
