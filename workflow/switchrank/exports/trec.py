"""Runs and qrels in the formats of TREC, as trec_eval and ir-measures read them."""

import pandas as pd

from switchrank.errors import UserError
from switchrank.tasks.ranking import ranking


def to_run(run: pd.DataFrame, tag: str) -> str:
    """Give a run as lines "query Q0 passage rank score tag".

    trec_eval ranks by score alone, as 32-bit floats, and breaks ties in its own way. So the score written is
    the number of the query's passages from this one down: it gives our ranking everywhere. The rankers' own
    scores are in the run's Parquet file.

    Args:
        run: columns query_id, passage_id, score.
        tag: name of the run.

    Raises:
        UserError: an id has white space; see also ranking.ranking.
    """
    ranked = ranking(run)
    _check(ranked)
    size = ranked.groupby("query_id")["rank"].transform("size")
    ranked = ranked.assign(given=size - ranked["rank"] + 1)
    rows = ranked[["query_id", "passage_id", "rank", "given"]].itertuples(index=False)
    return "".join(f"{query} Q0 {passage} {rank} {score} {tag}\n" for query, passage, rank, score in rows)


def to_qrels(qrels: pd.DataFrame) -> str:
    """Give qrels (columns query_id, passage_id, relevance) as lines "query 0 passage relevance".

    Raises:
        UserError: an id has white space.
    """
    _check(qrels)
    rows = qrels[["query_id", "passage_id", "relevance"]].itertuples(index=False)
    return "".join(f"{query} 0 {passage} {relevance}\n" for query, passage, relevance in rows)


def _check(frame: pd.DataFrame) -> None:
    for column in ("query_id", "passage_id"):
        bad = frame[column][frame[column].str.contains(r"\s|^$", regex=True)]
        if len(bad):
            raise UserError(
                f"{column}: found {bad.iloc[0]!r}, expected no white space in an id of a TREC file"
            )
