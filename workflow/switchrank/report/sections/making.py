"""What systems are made of, and what that took: training data, learning curves, costs."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from switchrank.languages import language_name
from switchrank.report import facts
from switchrank.report.estimates import count, figure, percent, table
from switchrank.report.inputs import Inputs, Stats, all_data
from switchrank.report.plots.lines import curves

_DATA = (
    "data", "of", "instances", "mode", "nominal", "realised, queries", "realised, passages",
    "not in lexicon, %", "spelt alike, %", "target not met, %",
)  # fmt: skip
_ABOUT = ("system", "pairs", "models", "megabytes")  # all other columns of costs are seconds


def data(inputs: Inputs) -> dict[str, Any]:
    """Training data, all stats of the collection and of what was made of it, and the learning curves."""
    users: dict[str, list[str]] = {}
    for name, system in inputs.systems.items():
        for used in all_data(system):
            users.setdefault(used, []).append(name)
    rows = [_data(name, users[name], inputs.training[name]) for name in users if name in inputs.training]
    sides = [*inputs.config["languages"], *inputs.config["mixed"]]
    source = language_name(inputs.config["source_language"])
    details = {
        "All counts of the collection": facts.facts(inputs.corpus, sides),
        f"Word vectors before and after alignment to {source}": facts.rows(inputs.vectors),
        "Lexicons, language by language": facts.rows(_joined(inputs.lexicons)),
        f"Texts brought to {source} word by word": facts.rows(_joined(inputs.translated)),
    }
    return {
        "training": table(_DATA, rows) if rows else None,
        "each": {name: facts.facts(stats, sides) for name, stats in inputs.training.items()},
        "details": {title: shown for title, shown in details.items() if any(shown.values())},
        "curves": _curves(inputs),
    }


def costs(inputs: Inputs) -> dict[str, Any] | None:
    """What the jobs took: a row for each system, and one for each stage, as they come."""
    if inputs.costs is None or inputs.stages is None:
        return None
    times = [column for column in inputs.costs if column not in _ABOUT]
    systems = [
        [
            row["system"],
            count(row["pairs"]),
            *(figure(row[name]) if row[name] else None for name in times),
            *([count(row["models"]), figure(row["megabytes"], 2)] if row["models"] else [None, None]),
        ]
        for row in inputs.costs.to_dict("records")
    ]
    columns = ["system", "pairs", *(f"{name}, s" for name in times), "models", "their size, MB"]
    stages = inputs.stages
    longest = max(stages["seconds"].max(), 0.001)
    rows = [
        {
            "stage": row["stage"],
            "jobs": count(row["jobs"]),
            "seconds": count(row["seconds"], 1),
            "share": row["seconds"] / longest,
            "longest": count(row["longest"], 1),
            "memory": count(row["rss"]),
        }
        for row in stages.to_dict("records")
    ]
    total = {"jobs": count(stages["jobs"].sum()), "seconds": count(stages["seconds"].sum(), 1)}
    return {"systems": table(columns, systems), "stages": {"rows": rows, **total}}


def _data(name: str, users: list[str], stats: Stats) -> list[Any]:
    by_side = stats.get("sides", {})
    sides = [by_side[kind] for kind in ("query", "passage") if kind in by_side]
    words, texts, lacking, alike = (
        sum(side.get(key, 0) for side in sides) for key in ("words", "texts", "not_in_lexicon", "spelt_alike")
    )
    short = [side["texts_short"] for side in sides if side.get("texts_short") is not None]
    passed_over = stats.get("mode") == "coverage"  # words that the lexicon lacks are not drawn
    return [
        name,
        ", ".join(users),
        figure(stats.get("instances"), 0),
        stats.get("mode"),
        figure(stats.get("nominal_ratio"), 2),
        *(figure(by_side.get(kind, {}).get("realised_ratio"), 3) for kind in ("query", "passage")),
        percent(lacking / words) if words and not passed_over else None,
        percent(alike / words) if words else None,
        percent(sum(short) / texts) if short and texts else None,
    ]


def _joined(stats: Mapping[str, Mapping[str, Stats]]) -> dict[str, Stats]:
    return {f"{name}/{part}": figures for name, parts in stats.items() for part, figures in parts.items()}


def _curves(inputs: Inputs) -> list[str]:
    """The metric on dev and the loss over the steps of all runs; what no log has is left out."""
    drawn = []
    shown = (("dev_mrr", 100, f"{inputs.metric} × 100 on dev"), ("loss", 1, "training loss"))
    for column, factor, label in shown:
        models: dict[str, dict[str, pd.Series]] = {}
        for title, runs in inputs.logs.items():
            for run, log in runs.items():
                if log[column].count():
                    values = factor * log.set_index("step")[column].dropna()
                    models.setdefault(title, {})[run] = values
        if models:
            drawn.append(curves(models, label))
    return drawn
