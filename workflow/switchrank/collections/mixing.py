"""Sides of several languages: each id has its text in one of them, drawn once and for all."""

import hashlib
from collections.abc import Mapping

import pandas as pd

from switchrank.languages import Side


def drawn_languages(ids: Mapping[str, pd.Index], side: Side, kind: str) -> pd.Series:
    """The language that each id has on a side.

    On a mixed side an id is drawn one of the languages that have it, by a keyed hash of (side, kind, id): it
    depends on no other id.

    Args:
        ids: of each language of the side, its ids; those of a parallel collection are the same in all.
        side: of a pair.
        kind: "query" or "passage"; an id's draws for the two do not depend on each other.

    Returns:
        language by id; ids in the order of the first language, then those that only later ones have.
    """
    if not side.mixed:
        return pd.Series(side.name, index=ids[side.name])
    first = ids[side.languages[0]]
    if all(ids[language].equals(first) for language in side.languages):  # as in a parallel collection
        having = dict.fromkeys(first, side.languages)
    else:
        having = {}
        for language in side.languages:
            for i in ids[language]:
                having[i] = (*having.get(i, ()), language)
    drawn = [languages[_draw(side.name, kind, i) % len(languages)] for i, languages in having.items()]
    return pd.Series(drawn, index=pd.Index(having))


def _draw(name: str, kind: str, identifier: str) -> int:
    key = f"{name}/{kind}/{identifier}".encode()
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest())
