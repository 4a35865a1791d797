"""What the jobs cost, by stage and by system, from Snakemake's benchmarks and the models' files."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.report.inputs import all_data, of_seeds
from switchrank.report.text import BLANK, Entry, figure, table

_UNMEASURED = ["NA", "-"]  # what a benchmark holds for a job too short to be measured


def by_stage(folder: Path) -> list[dict[str, Any]]:
    """Sum up the benchmarks by stage, dearest first.

    Args:
        folder: holds {stage}.tsv or {stage}/….tsv.

    Returns:
        stage, jobs, seconds (sum), longest (seconds of one job), rss (MiB, the largest of one job; NaN if
        never measured).
    """
    stages: dict[str, list[pd.DataFrame]] = {}
    for path in sorted(folder.glob("**/*.tsv")):
        stage = path.relative_to(folder).parts[0].removesuffix(".tsv")
        stages.setdefault(stage, []).append(_read(path))
    rows = []
    for stage, frames in stages.items():
        jobs = pd.concat(frames, ignore_index=True)
        seconds, rss = jobs["s"].fillna(0), jobs["max_rss"].max()
        figures = {"seconds": float(seconds.sum()), "longest": float(seconds.max()), "rss": float(rss)}
        rows.append({"stage": stage, "jobs": len(jobs), **figures})
    return sorted(rows, key=lambda row: (-row["seconds"], row["stage"]))


def by_system(results: Path, systems: Mapping[str, Any], seeds: Collection[int]) -> dict[str, Any] | None:
    """What each system needs: seconds for lexicon, data, training, translation and ranking; its models' size.

    What several systems share (a lexicon, data, a model) counts in full for each of them.

    Args:
        results: holds benchmarks and models.
        systems: name → ranker, data or data_by_pair, training and translate, as `write` takes them.
        seeds: those of the config; what another config left behind does not count.
    """
    folder, rows = results / "benchmarks", []
    for name, system in systems.items():
        data = all_data(system)
        ranker = system["ranker"]
        lexicons = [system.get("training", {}).get("lexicon"), system.get("translate")]
        used = dict.fromkeys(lexicon for lexicon in lexicons if lexicon)
        sizes = [
            path.stat().st_size
            for one in data
            for path in of_seeds(results / "models" / ranker / one, "seed*", seeds, "model.safetensors")
        ]
        seconds = [
            _seconds(folder.glob(f"lexicon/{lexicon}/*.tsv") for lexicon in used),
            _seconds(
                [folder / stage / f"{one}.tsv"]
                for one in data
                for stage in ("training_data", "encode_training")
            ),
            _seconds(of_seeds(folder / "train" / ranker / one, "seed*.tsv", seeds) for one in data),
            _seconds(
                [folder / stage / f"{system['translate']}.tsv"]
                for stage in ("translate", "encode_translated")
                if system.get("translate")
            ),
            _seconds(
                [path] if path.is_file() else path.glob("*.tsv")
                for path in of_seeds(folder / "rank" / ranker / name, "seed*", seeds)
            ),
        ]
        if any(value is not None for value in seconds):
            count = Entry(f"{len(sizes):,}", sort=float(len(sizes))) if sizes else BLANK
            size = figure(sum(sizes) / 2**20, 2) if sizes else BLANK
            rows.append([Entry(name), *(figure(value) for value in seconds), count, size])
    columns = ["system", "lexicon, s", "data, s", "training, s", "translation, s", "ranking, s", "models"]
    return table([*columns, "their size, MiB"], rows) if rows else None


def _seconds(files: Iterable[Iterable[Path]]) -> float | None:
    """The sum over files that are there; None if none is."""
    found = [_read(path)["s"].sum() for paths in files for path in sorted(paths) if path.is_file()]
    return float(sum(found)) if found else None


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, sep="\t", na_values=_UNMEASURED)
