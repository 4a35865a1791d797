"""How many texts rankers do not read to their end."""

from collections.abc import Mapping
from typing import Any

from switchrank.collections.base import KINDS
from switchrank.encoders.encodings import Encodings


def count_truncated(encodings: Encodings, limits: Mapping[str, int]) -> list[dict[str, Any]]:
    """Count, by language, the texts that have more tokens than rankers read.

    `encodings` are of the collection; `limits` are ranker → tokens. A row, ready for JSON, for each number of
    tokens and kind of items: tokens, rankers, kind, of (how many items), texts (language → how many).
    """
    rows = []
    for tokens in sorted(set(limits.values())):
        rankers = [ranker for ranker, limit in limits.items() if limit == tokens]
        counts = encodings.longer_than(tokens).xs("collection", level=1)
        for kind in KINDS:
            of_kind = counts.loc[kind]
            rows.append(
                {
                    "tokens": tokens,
                    "rankers": rankers,
                    "kind": kind,
                    "of": int(of_kind["items"].sum()),
                    "texts": {language: int(longer) for language, longer in of_kind["longer"].items()},
                }
            )
    return rows
