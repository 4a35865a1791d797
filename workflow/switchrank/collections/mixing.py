"""Sides of several languages: each id has its text in one of them, drawn once and for all."""

import hashlib
from collections.abc import Mapping

import pandas as pd

from switchrank.errors import UserError
from switchrank.languages import MIXED


def side_text(texts: Mapping[str, pd.Series], language: str, side: str) -> pd.Series:
    """The texts of a side of a pair.

    Args:
        texts: language → text by id.
        language: one of them, or a mixed side such as "xx6".
        side: "query" or "passage"; an id's draws for the two do not depend on each other.

    Returns:
        text by id.

    Raises:
        UserError: the texts of a language are not there.
    """
    drawn = side_languages(next(iter(texts.values())).index, language, side)
    missing = sorted(set(drawn) - set(texts))
    if missing:
        found = ", ".join(texts)
        raise UserError(f"{side} side {language!r}: no texts in {', '.join(missing)}, found {found}")
    by_id = {own: texts[own].to_dict() for own in set(drawn)}  # looking up in a series is slow
    return pd.Series([by_id[own][i] for i, own in drawn.items()], index=drawn.index)


def side_languages(ids: pd.Index, language: str, side: str) -> pd.Series:
    """The language of each id on a side: `language` itself, or for a mixed side one of its languages."""
    if language not in MIXED:
        return pd.Series(language, index=ids)
    choices = MIXED[language]
    return pd.Series([choices[_draw(language, side, i) % len(choices)] for i in ids], index=ids)


def _draw(language: str, side: str, identifier: str) -> int:
    key = f"{language}/{side}/{identifier}".encode()
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest())
