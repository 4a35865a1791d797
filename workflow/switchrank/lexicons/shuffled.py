"""A control for code-switching: lexicons whose translations are dealt out to other words.

Texts switched with one borrow as many words of the other languages as ever, but the words mean something
else. So what a ranker gains from it is regularisation, and what it gains more from a true lexicon is
borrowing.
"""

from hashlib import blake2b

import pandas as pd

from switchrank.lexicons.tsv import weight_of


def shuffled(lexicon: pd.DataFrame, seed: int, language: str) -> pd.DataFrame:
    """Give every source the translations of another one.

    The sources are put in a random order, in which each takes the translations of the next: no source
    keeps its own, and the order of the lexicon's rows does not matter.

    Args:
        lexicon: source, target, score or share, with at least two sources.
        seed: of the order.
        language: of the targets. Each has an order of its own: with one for all, what a word becomes in one
            language would still be the translation of what it becomes in another.

    Returns:
        the same columns; sources in code point order.

    Raises:
        ValueError: there are fewer than two sources.
    """
    order = sorted(lexicon["source"].unique(), key=lambda source: _draw(seed, language, source))
    if len(order) < 2:
        raise ValueError(f"lexicon: found {len(order)} sources, expected at least two to shuffle")
    taker = dict(zip(order, [order[-1], *order[:-1]], strict=True))
    dealt = lexicon.assign(source=lexicon["source"].map(taker))
    columns, ascending = ["source", weight_of(lexicon), "target"], [True, False, True]
    return dealt.sort_values(columns, ascending=ascending, kind="stable", ignore_index=True)


def _draw(seed: int, language: str, source: str) -> bytes:
    return blake2b(f"{seed}/{language}/{source}".encode(), digest_size=16).digest()
