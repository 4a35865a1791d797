"""What the stages tell about themselves (stats, training logs), arranged for the report.

Stats are shown as they are, whatever their keys: a section has `facts` (label → text), and `tables`, each
with a title, columns, and rows of a name and one text per column.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.files import read_json
from switchrank.languages import LANGUAGES, MIXED
from switchrank.report.inputs import all_data, of_seeds
from switchrank.report.text import BLANK, Entry, figure, percent, table

Section = dict[str, Any]
_FEW = 4  # columns that a mapping may add to the table around it


def section(stats: Mapping[str, Any]) -> Section:
    """Arrange one mapping of stats.

    Scalars and lists are facts. Mappings from languages to scalars become the columns of one table; mappings
    of mappings a table each.
    """
    facts, by_language, tables = {}, {}, []
    for key, value in stats.items():
        if not isinstance(value, Mapping):
            facts[_label(key)] = _text(value)
        elif any(isinstance(inner, Mapping) for inner in value.values()):
            tables += _tables(_label(key), value)
        elif value and all(name in LANGUAGES or name in MIXED for name in value):
            for language, figure in value.items():
                by_language.setdefault(language, {})[key] = figure
        else:
            facts[_label(key)] = ", ".join(f"{_label(name)} {_text(inner)}" for name, inner in value.items())
    return {"facts": facts, "tables": _tables("by language", by_language) + tables}


def files(folder: Path, pattern: str) -> Section:
    """Arrange stats files of one kind in one table, a row per file, named by its path in the folder."""
    found = {str(path.relative_to(folder)): read_json(path) for path in sorted(folder.glob(pattern))}
    return {"facts": {}, "tables": _tables("", {n.removesuffix(".stats.json"): s for n, s in found.items()})}


def by_system(named: Mapping[str, Mapping[str, Any]]) -> Section:
    """Arrange what is told about several systems: facts where all agree, else a row per system."""
    flat = {system: dict(_flat(stats, deep=True)) for system, stats in named.items()}
    keys = list(dict.fromkeys(key for stats in flat.values() for key in stats))
    shared = [key for key in keys if len({stats.get(key) for stats in flat.values()}) == 1]
    rest = {s: {k: v for k, v in stats.items() if k not in shared} for s, stats in flat.items()}
    facts = {key: stats[key] for stats in list(flat.values())[:1] for key in shared}
    return {"facts": facts, "tables": _tables("by system", rest) if len(shared) < len(keys) else []}


def training(folder: Path, systems: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the training data of the systems are, a row each, and the whole stats of each.

    Args:
        folder: holds {data}/stats.json.
        systems: name → `data` or `data_by_pair`, if it is trained.
    """
    users: dict[str, list[str]] = {}
    for name, system in systems.items():
        for data in all_data(system):
            users.setdefault(data, []).append(name)
    found = {data: read_json(path) for data in users if (path := folder / data / "stats.json").is_file()}
    rows = [_data_row(data, users[data], stats) for data, stats in found.items()]
    columns = ["data", "of", "instances", "mode", "nominal", "realised, queries", "realised, passages"]
    columns += ["not in lexicon, %", "spelt alike, %", "target not met, %"]
    whole = {data: section(stats) for data, stats in found.items()}
    return table(columns, rows, sections=whole) if rows else None


def logs(
    folder: Path, systems: Mapping[str, Any], seeds: Collection[int]
) -> dict[str, dict[str, pd.DataFrame]]:
    """Training logs: systems → run, such as "seed 1" → columns loss and dev_mrr, index step.

    Args:
        folder: holds {ranker}/{data}/seed{seed}/log.csv.
        systems: name → `ranker` and, if it is trained, `data`, or `data_by_pair` where each pair has its
            own; systems that share a model share a name here.
        seeds: those of the config; what another config left behind does not count.
    """
    users: dict[tuple[Any, ...], list[str]] = {}
    for name, system in systems.items():
        if all_data(system):
            users.setdefault((system["ranker"], *all_data(system)), []).append(name)
    read = {}
    for (ranker, *data), names in users.items():
        runs = {}
        for one in data:
            for path in of_seeds(folder / ranker / one, "seed*", seeds, "log.csv"):
                seed = f"seed {path.parent.name.removeprefix('seed')}"
                log = pd.read_csv(path, index_col="step")
                if len(log):  # no steps, no log
                    runs[f"{one}, {seed}" if len(data) > 1 else seed] = log
        if runs:
            read[", ".join(names)] = runs
    return read


def _data_row(data: str, users: list[str], stats: Mapping[str, Any]) -> list[Entry]:
    sides = stats.get("sides", {})
    told = [sides[side] for side in ("query", "passage") if side in sides]
    words = sum(side.get("words", 0) for side in told)
    shares = [figure(sides.get(side, {}).get("realised_ratio"), 3) for side in ("query", "passage")]
    missing = [
        percent(_sum(told, key) / words) if words else BLANK for key in ("not_in_lexicon", "spelt_alike")
    ]
    if stats.get("mode") == "coverage":
        missing[0] = BLANK  # words that the lexicon lacks are passed over, not drawn
    texts = _sum(told, "texts")
    short = [side["texts_short"] for side in told if side.get("texts_short") is not None]
    return [
        Entry(data),
        Entry(", ".join(users)),
        figure(stats.get("instances"), 0),
        Entry(str(stats.get("mode") or "")),
        figure(stats.get("nominal_ratio"), 2),
        *shares,
        *missing,
        percent(sum(short) / texts) if short and texts else BLANK,
    ]


def _sum(sides: list[Mapping[str, Any]], key: str) -> int:
    return sum(side.get(key, 0) for side in sides)


def _tables(title: str, rows: Mapping[str, Any]) -> list[Section]:
    """A table of the rows' scalars, then one for each mapping inside them that is set apart."""
    flat = {name: dict(_flat(row if isinstance(row, Mapping) else {"": row})) for name, row in rows.items()}
    columns = list(dict.fromkeys(column for row in flat.values() for column in row))
    lines = [(name, [row.get(column, "") for column in columns]) for name, row in flat.items()]
    tables = [{"title": title, "columns": columns, "rows": lines}] if columns else []
    deeper: dict[str, dict[str, Any]] = {}
    for name, row in rows.items():
        for key, value in row.items() if isinstance(row, Mapping) else ():
            if _apart(value):
                inner = (
                    {f"{name}, {_label(k)}": v for k, v in value.items()} if _nested(value) else {name: value}
                )
                deeper.setdefault(key, {}).update(inner)
    for key, inner in deeper.items():
        tables += _tables(f"{title}: {_label(key)}".removeprefix(": "), inner)
    return tables


def _apart(value: Any) -> bool:
    """Whether a value has a table of its own: it is too wide for a few columns in its row, or nested."""
    return _nested(value) or (isinstance(value, Mapping) and len(value) > _FEW)


def _nested(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(isinstance(v, Mapping) for v in value.values())


def _flat(stats: Mapping[str, Any], prefix: str = "", deep: bool = False) -> Iterator[tuple[str, str]]:
    """Label and text of what fits into one row; all of it if `deep`, else without what is set apart."""
    for key, value in stats.items():
        label = f"{prefix} {_label(key)}".strip()
        if isinstance(value, Mapping):
            if deep or not _apart(value):
                yield from _flat(value, label, deep)
        elif not isinstance(value, list) or (value and not isinstance(value[0], Mapping | list)):
            yield label, _text(value)


def _label(key: str) -> str:
    return str(key).replace("_at_1", "@1").replace("_", " ")


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
