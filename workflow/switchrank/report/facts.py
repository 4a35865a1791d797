"""Stats of any kind, shown as they are, whatever their keys.

They become a mapping of `facts` (label → text), and `tables`, each with a title, columns, and rows of a name
and one text per column.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from switchrank.statistics.numbers import brief

_FEW = 4  # columns that a mapping may add to the table around it


def facts(stats: Mapping[str, Any], sides: Collection[str]) -> dict[str, Any]:
    """Arrange one mapping of stats.

    Scalars and lists are facts. Mappings from sides of pairs (languages, mixed sides) to scalars become the
    columns of one table; mappings of mappings a table each.
    """
    single, by_side, tables = {}, {}, []
    for key, value in stats.items():
        if not isinstance(value, Mapping):
            single[_label(key)] = _text(value)
        elif any(isinstance(inner, Mapping) for inner in value.values()):
            tables += _tables(_label(key), value)
        elif value and set(value) <= set(sides):
            for side, figure in value.items():
                by_side.setdefault(side, {})[key] = figure
        else:
            single[_label(key)] = ", ".join(f"{_label(name)} {_text(inner)}" for name, inner in value.items())
    return {"facts": single, "tables": _tables("by language", by_side) + tables}


def rows(stats: Mapping[str, Any]) -> dict[str, Any]:
    """Arrange stats of one kind in one table, a row for each name."""
    return {"facts": {}, "tables": _tables("", stats)}


def shared(stats: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Arrange what is said of several systems: facts where all agree, else a row per system."""
    flat = {system: dict(_flat(inner, deep=True)) for system, inner in stats.items()}
    first, *others = flat.values()
    common = {key: text for key, text in first.items() if all(inner.get(key) == text for inner in others)}
    rest = {s: {k: v for k, v in inner.items() if k not in common} for s, inner in flat.items()}
    return {"facts": common, "tables": _tables("by system", rest)}


def _tables(title: str, rows: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A table of the rows' scalars, then one for each mapping inside them that is set apart."""
    rows = {name: row if isinstance(row, Mapping) else {"": row} for name, row in rows.items()}
    flat = {name: dict(_flat(row)) for name, row in rows.items()}
    columns = list(dict.fromkeys(column for row in flat.values() for column in row))
    lines = [(name, [row.get(column, "") for column in columns]) for name, row in flat.items()]
    tables = [{"title": title, "columns": columns, "rows": lines}] if columns else []
    deeper: dict[str, dict[str, Any]] = {}
    for name, row in rows.items():
        for key, value in row.items():
            if _nested(value):
                deeper.setdefault(key, {}).update({f"{name}, {_label(k)}": v for k, v in value.items()})
            elif _apart(value):
                deeper.setdefault(key, {})[name] = value
    for key, inner in deeper.items():
        tables += _tables(f"{title}: {_label(key)}".removeprefix(": "), inner)
    return tables


def _apart(value: Any) -> bool:
    """Whether a value has its own table: it is too wide for a few columns in its row, or nested."""
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
    return brief(value, 4) if isinstance(value, float) else str(value)
