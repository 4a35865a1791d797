"""What was done: the method, the data and the costs, and how to do it again."""

import json
from collections.abc import Mapping
from math import isnan
from typing import Any

import pandas as pd
import yaml

from switchrank.collections.base import COLLECTIONS
from switchrank.languages import language_name
from switchrank.report import facts
from switchrank.report.estimates import Entry, count, figure, percent, table
from switchrank.report.inputs import ON_OTHER_PAIRS, Inputs, Stats, all_data, tested_against
from switchrank.report.plots.lines import curves
from switchrank.statistics.family import AVERAGE
from switchrank.statistics.numbers import number

_DATA = (
    "data", "of", "instances", "mode", "nominal", "realised, queries", "realised, passages",
    "not in lexicon, %", "spelt alike, %", "target not met, %",
)  # fmt: skip
_ABOUT = ("system", "pairs", "of", "by_pair", "models", "megabytes")  # all other columns of costs are seconds
_SETTINGS = ("collection", "candidates", "lexicons", "training", "rankers")


def method(inputs: Inputs) -> dict[str, Any]:
    """Facts of the collection, the candidates' ceilings, the systems, and what was chosen for them on dev."""
    config = inputs.config
    ceilings = {name: inputs.tables[group].ceiling[AVERAGE] for group, name in inputs.groups.items()}
    every = [pair for pairs in config["pairs"].values() for pair in pairs]
    systems = [
        [name, entry.get("description"), entry["ranker"], tested_against(entry), _measured_on(entry, every)]
        for name, entry in inputs.systems.items()
    ]
    return {
        "parallel": COLLECTIONS[config["collection"]["kind"]].parallel,
        "corpus": inputs.corpus,
        "mixed": {side: list(map(language_name, languages)) for side, languages in config["mixed"].items()},
        "queries": max(cell["queries"] for named in inputs.cells.values() for cell in named.values()),
        "ceilings": {name: ceiling for name, ceiling in ceilings.items() if not isnan(ceiling)},
        "seen": inputs.candidate_splits.get("test", {}).get("train"),
        "systems": table(["system", "what it is", "ranker", "tested against", "measured on"], systems),
        "choices": _choices(inputs),
    }


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
        "Candidates of each split's queries, and the shares of each split's passages among them": facts.rows(
            inputs.candidate_splits
        ),
        "Texts of which rankers do not read the end": facts.rows(_truncated(inputs.truncated)),
        f"Word vectors before and after alignment to {source}": facts.rows(inputs.vectors),
        "Lexicons, language by language": facts.rows(_joined(inputs.lexicons)),
        f"Texts brought to {source} word by word": facts.rows(_joined(inputs.translated)),
        "Candidates without the words that their query has": facts.rows(inputs.masked),
    }
    return {
        "training": table(_DATA, rows) if rows else None,
        "each": {name: facts.facts(stats, sides) for name, stats in inputs.training.items()},
        "masked": bool(inputs.masked),
        "details": {title: shown for title, shown in details.items() if any(shown.values())},
        "curves": _curves(inputs),
        "on_other_pairs": bool(_logged(inputs, ON_OTHER_PAIRS, 100)),
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


def rebuild(inputs: Inputs) -> dict[str, Any]:
    """The name of a cell: the treatment's, if there is one, and a cross-lingual one."""
    system = inputs.treatment if inputs.treatment in inputs.cells else list(inputs.cells)[-1]
    pairs = sorted(inputs.cells_of_pairs(system), key=lambda pair: inputs.pairs[pair].setting != "clir")
    return {"cell": f"{system}/{pairs[0]}", "groups": list(inputs.groups)}


def provenance(inputs: Inputs) -> dict[str, Any]:
    """What is known of the run, what cells record beside it, and the settings as YAML.

    The files that a cell was made of are left to the cell: they are many.
    """
    config, run = inputs.config, inputs.config["provenance"]
    cells = {system: next(iter(named.values()))["provenance"] for system, named in inputs.cells.items()}
    for system, said in cells.items():
        cells[system] = {k: v for k, v in said.items() if k != "inputs" and v != run.get(k)}
    settings = json.loads(json.dumps({key: config[key] for key in _SETTINGS if config.get(key)}))
    details = {key: value for key, value in run.items() if isinstance(value, Mapping)}
    options = {"sort_keys": False, "allow_unicode": True, "default_flow_style": None, "width": 100}
    return {
        "run": facts.facts({key: value for key, value in run.items() if key not in details}, ()),
        "details": {key: facts.rows(value) for key, value in details.items() if value},
        "cells": facts.shared(cells),
        "settings": yaml.safe_dump(settings, **options),
    }


def _choices(inputs: Inputs) -> dict[str, Any] | None:
    """A row for each system, and each of its training data, whose ranker was chosen among others on dev."""
    made = [(system, data, choice) for system, of in inputs.choices.items() for data, choice in of.items()]
    rankers = list(dict.fromkeys(name for _, _, choice in made for name in choice["rankers"]))
    rows = [
        [
            system,
            data,
            Entry(choice["dev"], (_counted(choice["pairs"]),)),
            *(_on_dev(choice["rankers"].get(name)) for name in rankers),
            choice["chosen"],
        ]
        for system, data, choice in made
    ]
    return table(["system", "training data", "dev", *rankers, "chosen"], rows) if rows else None


def _counted(pairs: list[str]) -> str:
    return pairs[0] if len(pairs) == 1 else f"{len(pairs)} pairs"


def _on_dev(reached: Stats | None) -> Entry:
    """What a ranker reached on dev × 100, and with each seed."""
    if reached is None:
        return Entry()
    seeds = ", ".join(number(100 * value) for value in reached["per_seed"].values())
    return figure(100 * reached["mean"])._replace(small=(seeds,))


def _measured_on(system: Mapping[str, Any], every: list[str]) -> str:
    impossible = [pair for pair in every if pair in system.get("impossible", ())]
    possible = [pair for pair in every if pair not in impossible]
    measured = system.get("pairs", possible)
    if set(measured) != set(possible):
        text = f"chosen by the config: {', '.join(measured)}"
    elif not impossible:
        text = "all pairs"
    elif len(impossible) == 1:
        text = f"all pairs but {impossible[0]}"
    else:
        text = f"the {len(possible)} pairs where it can exist"
    return f"{text}; a model for each" if len(all_data(system)) > 1 else text


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


def _truncated(rows: list[Stats]) -> dict[str, Stats]:
    """How many texts are cut off in each language: a row for each limit and kind of items."""
    return {
        f"{row['kind']}: more than {row['tokens']} tokens ({', '.join(row['rankers'])})": {
            "of": row["of"], "all": sum(row["texts"].values()), **row["texts"],
        }
        for row in rows
    }  # fmt: skip


def _joined(stats: Mapping[str, Mapping[str, Stats]]) -> dict[str, Stats]:
    return {f"{name}/{part}": figures for name, parts in stats.items() for part, figures in parts.items()}


def _curves(inputs: Inputs) -> list[str]:
    """The metric on dev, on other pairs dashed, and the loss over the steps of all runs; as far as logged."""
    on_dev, loss, aside = (
        _logged(inputs, column, factor)
        for column, factor in (("dev_mrr", 100), ("loss", 1), (ON_OTHER_PAIRS, 100))
    )
    drawn = []
    if on_dev:
        drawn.append(curves(on_dev, f"{inputs.metric} × 100 on dev", aside, "on other pairs"))
    if loss:
        drawn.append(curves(loss, "training loss"))
    return drawn


def _logged(inputs: Inputs, column: str, factor: float) -> dict[str, dict[str, pd.Series]]:
    """Systems → run → a column of its log over the steps, where it has any value."""
    models: dict[str, dict[str, pd.Series]] = {}
    for title, runs in inputs.logs.items():
        for run, log in runs.items():
            values = factor * log.set_index("step")[column].dropna() if column in log else ()
            if len(values):
                models.setdefault(title, {})[run] = values
    return models
