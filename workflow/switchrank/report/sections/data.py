"""What the systems were trained on, the lexicons and vectors behind it, and the learning curves."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from switchrank.languages import language_name
from switchrank.report import facts
from switchrank.report.entries import BLANK, Entry, figure, percent, table
from switchrank.report.inputs import Inputs, Stats, all_data
from switchrank.report.plots.curves import curves

TITLE = NAV = "Data and training"
_COLUMNS = (
    "data", "of", "instances", "mode", "nominal", "realised, queries", "realised, passages",
    "not in lexicon, %", "spelt alike, %", "target not met, %",
)  # fmt: skip


def section(inputs: Inputs) -> dict[str, Any]:
    """Training data, all stats of the collection and of what was made of it, and the learning curves."""
    sides = [*inputs.config["languages"], *inputs.config["mixed"]]
    source = language_name(inputs.config["source_language"])
    details = {
        "All counts of the collection": facts.facts(inputs.corpus, sides),
        f"Word vectors before and after alignment to {source}": facts.rows(inputs.vectors),
        "Lexicons, language by language": facts.rows(_joined(inputs.lexicons)),
        f"Texts brought to {source} word by word": facts.rows(_joined(inputs.translated)),
    }
    return {
        "training": _training(inputs),
        "each": {data: facts.facts(stats, sides) for data, stats in inputs.training.items()},
        "details": {title: shown for title, shown in details.items() if any(shown.values())},
        "curves": _curves(inputs),
    }


def _training(inputs: Inputs) -> dict[str, Any] | None:
    """What the training data are, a row each."""
    users: dict[str, list[str]] = {}
    for name, system in inputs.systems.items():
        for data in all_data(system):
            users.setdefault(data, []).append(name)
    rows = [_row(data, users[data], inputs.training[data]) for data in users if data in inputs.training]
    return table(_COLUMNS, rows) if rows else None


def _row(data: str, users: list[str], stats: Stats) -> list[Entry]:
    by_side = stats.get("sides", {})
    sides = [by_side[kind] for kind in ("query", "passage") if kind in by_side]
    words, texts = _sum(sides, "words"), _sum(sides, "texts")
    lacking, alike = (
        percent(_sum(sides, key) / words) if words else BLANK for key in ("not_in_lexicon", "spelt_alike")
    )
    if stats.get("mode") == "coverage":
        lacking = BLANK  # words that the lexicon lacks are passed over, not drawn
    short = [side["texts_short"] for side in sides if side.get("texts_short") is not None]
    return [
        Entry(data),
        Entry(", ".join(users)),
        figure(stats.get("instances"), 0),
        Entry(str(stats.get("mode") or "")),
        figure(stats.get("nominal_ratio"), 2),
        *(figure(by_side.get(kind, {}).get("realised_ratio"), 3) for kind in ("query", "passage")),
        lacking,
        alike,
        percent(sum(short) / texts) if short and texts else BLANK,
    ]


def _sum(sides: list[Stats], key: str) -> int:
    return sum(side.get(key, 0) for side in sides)


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
