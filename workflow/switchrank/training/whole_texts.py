"""Whole texts in other languages: an upper bound for code-switching, which has the words of a lexicon alone.

Each text is, with probability p, replaced by the collection's own text of the same item in a language drawn
uniformly; where the item has none in that language, it stays. Draws depend on (seed, record, side) alone.
"""

from collections.abc import Container, Mapping, Sequence
from typing import Any

import pandas as pd

from switchrank.training.counts import with_ratios
from switchrank.training.draws import drawn, key_of


def replace_texts(
    items: pd.Series,
    records: Sequence[str],
    side: str,
    having: Mapping[str, Container[str]],
    ratio: float,
    seed: int,
) -> tuple[pd.Series, dict[str, Any]]:
    """Choose the language of the text of each item of a side.

    Args:
        items: the items' own languages, by id.
        records: the same items' records; see data.
        having: of each language to draw, the ids that have a text in it.

    Returns:
        the chosen languages, by id; and counts of records, ready for JSON: texts, drawn, switched (replaced),
        languages (language → drawn, switched and, of all texts, its share) and realised_ratio.
    """
    chosen: dict[str, str] = {}  # by record
    into = sorted(having)
    counts = {language: {"drawn": 0, "switched": 0} for language in into}
    ids = dict(zip(records, items.index, strict=True))
    for record, i in ids.items():
        chance, number = drawn(key_of(seed, record, side), 0)
        if chance < ratio:
            language = into[number % len(into)]
            counts[language]["drawn"] += 1
            if i in having[language]:
                counts[language]["switched"] += 1
                chosen[record] = language
    languages = [chosen.get(record, own) for record, own in zip(records, items, strict=True)]
    totals = {key: sum(own[key] for own in counts.values()) for key in ("drawn", "switched")}
    stats = with_ratios({"texts": len(ids), **totals, "languages": counts})
    return pd.Series(languages, items.index), stats
