"""Runs and qrels as files of TREC."""

from pathlib import Path

from switchrank.collections.base import ids_of
from switchrank.exports.trec import to_qrels, to_run
from switchrank.files import read_parquet, write_text


def export_run(run: Path, tag: str, output: Path) -> None:
    """Write a run (Parquet) in the format of TREC; see trec.to_run."""
    write_text(output, to_run(read_parquet(run), tag))


def export_qrels(qrels: Path, splits: Path, output: Path) -> None:
    """Write the qrels of the test queries in the format of TREC."""
    judged = read_parquet(qrels)
    write_text(
        output, to_qrels(judged[judged["query_id"].isin(ids_of(read_parquet(splits), "query", "test"))])
    )
