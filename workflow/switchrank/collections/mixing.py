"""Sides of several languages: each id has its text in one of them, drawn once and for all."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from switchrank.languages import Side


def drawn_languages(ids: Mapping[str, pd.Index], side: Side, kind: str) -> pd.Series:
    """The language that each id has on a side: language by id, ids in the order of their first language.

    On a mixed side an id is drawn one of the languages that have it, by a hash of (side, kind, id): its draw
    depends on no other id, and those of queries and passages do not depend on each other.

    Args:
        ids: of each language of the side, its ids; those of a parallel collection are the same in all.
        side: of a pair.
        kind: "query" or "passage".
    """
    if not side.mixed:
        return pd.Series(side.name, index=ids[side.name])
    languages_of = defaultdict(list)
    for language in side.languages:
        for i in ids[language]:
            languages_of[i].append(language)
    drawn = [having[_draw(side.name, kind, i) % len(having)] for i, having in languages_of.items()]
    return pd.Series(drawn, index=pd.Index(languages_of))


def _draw(name: str, kind: str, identifier: str) -> int:
    key = f"{name}/{kind}/{identifier}".encode()
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest())
