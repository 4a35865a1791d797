"""The paper's claims judged on reciprocal ranks, token overlap, training data and times."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from switchrank.claims.judge import Evidence, judge, load_claims, to_csv
from switchrank.collections.base import ids_of
from switchrank.files import read_json, read_parquet, write_json, write_text
from switchrank.stages.measures import read_measures
from switchrank.tasks.ranking import ceiling


def judge_claims(
    claims: Path,
    published: Path,
    measures: Mapping[str, Mapping[str, Path]],
    groups: Mapping[str, Sequence[str]],
    impossible: Mapping[str, Sequence[str]],
    corpus: Path,
    candidates: Path,
    overlap: Path,
    training: Mapping[str, Path],
    costs: Path,
    variants: Mapping[str, Mapping[str, str]],
    csv: Path,
    json: Path,
) -> None:
    """Write the verdicts.

    Args:
        claims, published: what to judge, and the paper's figures.
        measures: system → pair → reciprocal ranks.
        groups: group → its pairs.
        impossible: system → pairs on which there can be no cell.
        corpus, candidates: what was ranked.
        overlap: what stages.overlap wrote.
        training: system → figures of its training data.
        costs: what stages.costs wrote.
        variants: see claims.judge.
        csv, json: files to write.
    """
    measured = {
        system: {pair: frame.mean(axis=1) for pair, frame in read_measures(paths).items()}
        for system, paths in measures.items()
    }
    figures = {system: read_json(path) for system, path in training.items()}
    queries = ids_of(read_parquet(corpus / "splits.parquet"), "query", "test")
    evidence = Evidence(
        measured=measured,
        groups=groups,
        impossible=impossible,
        ceiling=ceiling(read_parquet(candidates), read_parquet(corpus / "qrels.parquet"), queries),
        overlap=read_parquet(overlap),
        costs=pd.read_csv(costs, index_col="system").to_dict("index"),
        training=figures,
    )
    judged = judge(*load_claims(claims, published), evidence, variants)
    write_json(json, judged)
    write_text(csv, to_csv(judged))
