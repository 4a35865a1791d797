"""Ids of queries and passages: texts everywhere, as a number never equals the text that it is written as."""

import json
from collections.abc import Collection, Sequence

import pandas as pd

from switchrank.errors import UserError

KEYS = ["query_id", "passage_id"]


def joint_id(query: str, passage: str) -> str:
    """An id made of those of a query and a passage; whatever is in them, no two have the same."""
    return json.dumps([query, passage], ensure_ascii=False)


def check_ids(table: pd.DataFrame, what: str, columns: Sequence[str] = KEYS) -> None:
    """Refuse (UserError, which begins with `what`) a table whose columns of ids hold anything but texts."""
    for column in columns:
        if not pd.api.types.is_string_dtype(table[column]):
            others = [value for value in table[column] if not isinstance(value, str)]
            found = repr(others[0]) if others else str(table[column].dtype)
            raise UserError(f"{what}: {column}: found {found}, expected a text")


def check_known(ids: pd.Series, known: Collection[str], what: str, of: str) -> None:
    """Refuse (UserError) ids, if there are any, of which not one is known: they are of something else."""
    if len(ids) and not ids.isin(known).any():
        raise UserError(f"{what}: {ids.name}: found {ids.iloc[0]!r} and others, none of them {of}")
