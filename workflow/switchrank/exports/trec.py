"""Runs and qrels in the formats of TREC, as trec_eval and ir-measures read them; ids have no white space."""

import pandas as pd

from switchrank.errors import UserError
from switchrank.tasks.ranking import ranking


def to_run(run: pd.DataFrame, tag: str) -> str:
    """A run (columns query_id, passage_id, score) as lines "query Q0 passage rank score tag".

    trec_eval ranks by score alone, as 32-bit floats, and breaks ties in its own way. So the score written is
    the number of the query's passages from this one down: it gives our ranking everywhere. The rankers' own
    scores are in the run's Parquet file.
    """
    ranked = ranking(run)
    _check(ranked)
    given = ranked.groupby("query_id")["rank"].transform("size") - ranked["rank"] + 1
    rows = zip(ranked["query_id"], ranked["passage_id"], ranked["rank"], given, strict=True)
    return "".join(f"{query} Q0 {passage} {rank} {score} {tag}\n" for query, passage, rank, score in rows)


def to_qrels(qrels: pd.DataFrame) -> str:
    """Qrels (columns query_id, passage_id, relevance) as lines "query 0 passage relevance"."""
    _check(qrels)
    rows = zip(qrels["query_id"], qrels["passage_id"], qrels["relevance"], strict=True)
    return "".join(f"{query} 0 {passage} {relevance}\n" for query, passage, relevance in rows)


def _check(frame: pd.DataFrame) -> None:
    for column in ("query_id", "passage_id"):
        bad = frame[column][frame[column].str.contains(r"\s|^$", regex=True)]
        if len(bad):
            raise UserError(
                f"{column}: found {bad.iloc[0]!r}, expected no white space in an id of a TREC file"
            )
