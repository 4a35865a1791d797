"""The report: one HTML page, complete in itself, about all that was measured on a collection."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import stdev
from typing import Any

import jinja2
import pandas as pd
import yaml

from switchrank import report_stages
from switchrank.errors import UserError
from switchrank.files import read_json, write_text
from switchrank.languages import MIXED, name_of
from switchrank.report_figures import GROUPS, Cells, curves, difference, forest, heatmaps, is_pair
from switchrank.significance import ALPHA
from switchrank.tables import AVERAGE, CEILING, DISTINCT

TREATMENT, REFERENCE, FROZEN = "ml-cs", "zero-shot", "cosine"  # the systems that the summary compares
# The keys that define the experiment; others are about the machine.
_SETTINGS = ("limit", "split", "candidates", "lexicons", "training", "rankers")
_VERBS = {"above": "beats", "below": "falls behind", "level": "does not differ measurably from"}
_TEMPLATES = Path(__file__).parent / "templates"


def write(results: Path, config: Mapping[str, Any], output: Path) -> None:
    """Write the report of one collection.

    Args:
        results: the collection's folder; cells and tables must be there, and of stats, training logs and
            benchmarks all that is there is shown.
        config: keys collection, languages, seeds, pairs (group → pairs), systems (name → description, ranker,
            and data, the name of its training data, if it is trained).
        output: the page, a single HTML file that needs nothing else.

    Raises:
        UserError: a table or a cell is missing, or a table lacks a pair or has a system unknown to config.
    """
    groups = [group for group in config["pairs"] if config["pairs"][group]]
    tables = {group: _read_table(results / "tables" / f"{group}.csv", config, group) for group in groups}
    cells = _read_cells(results / "cells", config["systems"], tables)
    corpus = read_json(path) if (path := results / "corpus" / "stats.json").is_file() else {}
    logs = report_stages.logs(results / "models", config["systems"])
    page = _template().render(
        config=config,
        groups={group: GROUPS.get(group, group) for group in groups},
        summary=_summary(cells, config),
        averages={
            system: [_average(cell) if (cell := cells[system].get(group)) else None for group in groups]
            for system in cells
        },
        tables={group: _table_view(table) for group, table in tables.items()},
        figures={
            "heatmaps": heatmaps(cells, config["pairs"]),
            "forests": [
                plot
                for compared in [(TREATMENT, REFERENCE), *_variants(config)]
                if (plot := forest(cells, compared, config["pairs"], groups))
            ],
            "curves": curves(logs),
        },
        ceilings={group: _ceiling(cells, group) for group in groups},
        queries=max(cell["queries"] for named in cells.values() for cell in named.values()),
        corpus=corpus,
        steps={system: int(max(log.index[-1] for log in seeds.values())) for system, seeds in logs.items()},
        stages=_stages(results, config, corpus),
        costs=report_stages.costs(results / "benchmarks"),
        provenance=report_stages.by_system(
            {system: next(iter(named.values()))["provenance"] for system, named in cells.items()}
        ),
        settings=_as_yaml({key: config[key] for key in _SETTINGS if key in config}),
        example=_example(cells, config["pairs"]),
        mixed={side: [name_of(language) for language in languages] for side, languages in MIXED.items()},
        treatment=TREATMENT,
        reference=REFERENCE,
        alpha=ALPHA,
    )
    write_text(output, page)


def _read_table(path: Path, config: Mapping[str, Any], group: str) -> pd.DataFrame:
    """The table as text, one row per system and the ceiling."""
    if not path.is_file():
        raise UserError(f"{path}: not found, expected the table of the pairs of '{group}'")
    table = pd.read_csv(path, dtype=str, keep_default_na=False, index_col="system")
    wanted = [*config["pairs"][group], AVERAGE, DISTINCT]
    if lacking := [column for column in wanted if column not in table]:
        raise UserError(f"{path}: found no column {', '.join(lacking)}, expected one for each pair of config")
    if unknown := [row for row in table.index if row not in config["systems"] and row != CEILING]:
        raise UserError(f"{path}: found row {', '.join(unknown)}, expected systems of config")
    return table


def _read_cells(folder: Path, systems: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> Cells:
    """Every cell that a table has a figure for, systems in the order of config."""
    cells: dict[str, dict[str, Any]] = {system: {} for system in systems}
    for group, table in tables.items():
        for system, row in table.drop(index=CEILING, errors="ignore").iterrows():
            for column in [*_pairs(table), AVERAGE]:
                if row[column]:
                    name = group if column == AVERAGE else column
                    path = folder / system / f"{name}.json"
                    if not path.is_file():
                        raise UserError(f"{path}: not found, but {group}.csv has its figure")
                    cells[system][name] = read_json(path)
    return {system: named for system, named in cells.items() if named}


def _pairs(table: pd.DataFrame) -> list[str]:
    return list(table.columns[: list(table.columns).index(AVERAGE)])


def _variants(config: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Systems trained on switched data, each with its counterpart: the first that it is compared with."""
    systems = config["systems"].items()
    switched = [(name, entry) for name, entry in systems if entry.get("training", {}).get("lexicon")]
    found = [(name, entry["versus"][0]) for name, entry in switched if entry.get("versus")]
    return [pair for pair in found if pair != (TREATMENT, REFERENCE)]


def _summary(cells: Cells, config: Mapping[str, Any]) -> list[dict[str, str]]:
    compared = [(TREATMENT, REFERENCE, "clir"), (TREATMENT, REFERENCE, "moir"), (TREATMENT, FROZEN, "clir")]
    compared += [(*variant, "clir") for variant in _variants(config)]
    return [_sentence(cells, *one) for one in compared]


def _sentence(cells: Cells, treatment: str, reference: str, group: str) -> dict[str, str]:
    """What the numbers say about a system on the average of a group, and the verdict on its own."""
    named = "the frozen cosine" if reference == FROZEN else reference
    cell = cells.get(treatment, {}).get(group)
    versus = cell["versus"].get(reference) if cell else None
    if versus is None or group not in cells.get(reference, {}):
        text = f"{treatment} is not compared with {named} on the {GROUPS[group]} average."
        return {"verdict": "level", "text": text}
    row = difference("", versus)
    reached = f"{_reached(cell)} against {_reached(cells[reference][group])} MRR@10 × 100"
    low, high = map(_signed, row.interval)
    tested = f"95\u00a0% interval {low} to {high}; {_p_text(versus['p'])}"
    text = (
        f"On the {GROUPS[group]} average, {treatment} {_VERBS[row.verdict]} {named}: {reached}, "
        f"a difference of {_signed(row.difference)} ({tested}){_highest(cells, treatment, group)}."
    )
    return {"verdict": row.verdict, "text": text}


def _reached(cell: Mapping[str, Any]) -> str:
    average = _average(cell)
    spread = "" if average["spread"] is None else f" ± {average['spread']:.1f}"
    return f"{average['mean']:.1f}{spread}"


def _highest(cells: Cells, treatment: str, group: str) -> str:
    """Who is better than the system, lest a comparison of two hide it."""
    means = {system: named[group]["mean"] for system, named in cells.items() if group in named}
    best = max(means, key=lambda system: means[system])
    return "" if best == treatment else f"; the highest average is that of {best}, {100 * means[best]:.1f}"


def _average(cell: Mapping[str, Any]) -> dict[str, Any]:
    seeds = [100 * value for value in cell["per_seed"].values()]
    distinct = cell["distinct"]["mean"]
    return {
        "mean": 100 * cell["mean"],
        "interval": [100 * end for end in cell["interval"]],
        "spread": stdev(seeds) if len(seeds) > 1 else None,
        "distinct": None if distinct is None else 100 * distinct,
    }


def _table_view(table: pd.DataFrame) -> dict[str, Any]:
    """Rows of (text, best, mark) per column, as the CSV and its p values say."""
    pairs = _pairs(table)
    scores = table.drop(index=CEILING, errors="ignore")
    numbers = scores[[*pairs, AVERAGE, DISTINCT]].apply(pd.to_numeric)
    best = numbers.eq(numbers.max())
    tested = [pair for pair in pairs if f"{pair} p" in table]
    rows = {
        system: [
            (row[column], best.loc[system, column], _mark(row, column) if column in tested else "")
            for column in numbers
        ]
        for system, row in scores.iterrows()
    }
    marks = [mark for shown in rows.values() for _, _, mark in shown]
    return {
        "columns": list(numbers),
        "rows": rows,
        "ceiling": list(table.loc[CEILING, list(numbers)]) if CEILING in table.index else [],
        "family": sum(bool(p) for pair in tested for p in scores[f"{pair} p"]),
        "significant": {mark: marks.count(mark) for mark in ("‡", "†")},
    }


def _mark(row: pd.Series, pair: str) -> str:
    """‡ where significant after Bonferroni, † where only after Holm."""
    for mark, correction in (("‡", "Bonferroni"), ("†", "Holm")):
        p = row[f"{pair} p ({correction})"]
        if p and float(p) < ALPHA:
            return mark
    return ""


def _ceiling(cells: Cells, group: str) -> float | None:
    """The same for all systems, so the first that has the group's average tells it."""
    found = [100 * named[group]["ceiling"] for named in cells.values() if group in named]
    return found[0] if found else None


def _stages(
    results: Path, config: Mapping[str, Any], corpus: Mapping[str, Any]
) -> dict[str, report_stages.Section]:
    """Title → what the stages before training say of themselves, where they do."""
    recipes = dict.fromkeys(system["data"] for system in config["systems"].values() if "data" in system)
    training = {recipe: results / "training" / recipe / "stats.json" for recipe in recipes}
    stages = {
        "Collection": report_stages.section(corpus),
        "Word vectors before and after alignment to English": report_stages.files(
            results / "vectors" / "aligned", "*.stats.json"
        ),
        "Lexicons": report_stages.files(results / "lexicons", "*/*.stats.json"),
        **{
            f"Training data {recipe}": report_stages.section(read_json(path))
            for recipe, path in training.items()
            if path.is_file()
        },
    }
    return {title: section for title, section in stages.items() if section["facts"] or section["tables"]}


def _example(cells: Cells, pairs: Mapping[str, Sequence[str]]) -> str:
    """A cell to show how one is rebuilt: a cross-lingual one of the last system, if there is one."""
    system, named = list(cells.items())[-1]
    known = [pair for pair in [*pairs.get("clir", []), *named] if pair in named and is_pair(named[pair])]
    return f"{system}/{known[0]}"


def _as_yaml(settings: Mapping[str, Any]) -> str:
    plain = json.loads(json.dumps(settings))
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100)


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _p_text(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")
