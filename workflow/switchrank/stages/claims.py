"""The paper's claims judged on reciprocal ranks, token overlap, training data and times."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.claims import Evidence, judge, load_claims, to_csv
from switchrank.files import read_json, read_parquet, write_json, write_text
from switchrank.stages.measures import read_measures


def judge_claims(
    claims: Path,
    published: Path,
    measures: Mapping[str, Mapping[str, Path]],
    groups: Mapping[str, Sequence[str]],
    overlap: Path,
    training: Mapping[str, Path],
    costs: Mapping[str, Mapping[str, Any]],
    variants: Mapping[str, Mapping[str, str]],
    csv: Path,
    json: Path,
) -> None:
    """Write the verdicts.

    Args:
        claims, published: what to judge, and the paper's figures.
        measures: system → pair → reciprocal ranks.
        groups: group → its pairs.
        overlap: what stages.overlap wrote.
        training: system → figures of its training data.
        costs: system → pairs (their number), seeds (their number), lexicons, data, training, texts (paths of
            benchmarks; training of all seeds), models (paths of a seed's models). A system of which a
            benchmark is missing is left out.
        variants: see claims.judge.
        csv, json: files to write.
    """
    measured = {
        system: {pair: frame.mean(axis=1) for pair, frame in read_measures(paths).items()}
        for system, paths in measures.items()
    }
    figures = {system: read_json(path) for system, path in training.items()}
    known = {system: cost for system, plan in costs.items() if (cost := _cost(plan))}
    evidence = Evidence(measured, groups, read_parquet(overlap), known, figures)
    judged = judge(*load_claims(claims, published), evidence, variants)
    write_json(json, judged)
    write_text(csv, to_csv(judged))


def _cost(plan: Mapping[str, Any]) -> dict[str, float] | None:
    """Seconds, megabytes and counts; see claim_evidence.cheaper."""
    benchmarks = [Path(path) for key in ("lexicons", "data", "training", "texts") for path in plan[key]]
    if not all(path.is_file() for path in benchmarks):
        return None
    seconds = {key: sum(map(_seconds, plan[key])) for key in ("lexicons", "data", "training", "texts")}
    return {
        **seconds,
        "training": seconds["training"] / plan["seeds"],
        "pairs": plan["pairs"],
        "models": len(plan["models"]),
        "megabytes": sum(Path(path).stat().st_size for path in plan["models"]) / 1e6,
    }


def _seconds(benchmark: str) -> float:
    return float(pd.read_csv(benchmark, sep="\t")["s"].mean())
