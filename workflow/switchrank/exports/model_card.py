"""The card of a trained model: what it is, how it was made, what it reaches, what one may do with it."""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from switchrank.statistics.numbers import number

_USE = """\
```python
import switchrank

model = switchrank.load("{folder}")
for place, score in model.rank("a query", ["a passage", "another passage"]):
    print(place, score)
```

It is a model of Hugging Face's AutoModelForSequenceClassification with one logit, too; sentence-transformers'
`CrossEncoder("{folder}")` gives the same scores."""


def model_card(
    system: str,
    seed: int,
    description: str,
    settings: Mapping[str, Any],
    data: Mapping[str, Any],
    origin: Mapping[str, Any],
    cells: Sequence[Mapping[str, Any]],
    licences: Mapping[str, str],
    folder: str,
) -> str:
    """The README.md of a model's folder, with the metadata that hubs read at its head.

    Args:
        system, seed, description: of the model, as the config says.
        settings: of the ranker.
        data: figures of its training data; see training.data.
        origin: what is known of the pretrained model (`source`, `licence` if known).
        cells: of the system, as statistics.cells makes them.
        licences: of what it was made from, by name.
        folder: where the model is.
    """
    metric = cells[0]["metric"]
    licence = origin.get("licence")
    head = {"library_name": "transformers", "pipeline_tag": "text-ranking", "base_model": origin["source"]}
    if licence:
        head["license"] = str(licence).lower()
    parts = [
        f"---\n{yaml.safe_dump(head, sort_keys=True, allow_unicode=True)}---",
        f"# {system}, seed {seed}",
        f"A cross-encoder that scores passages for queries: {description}." if description else
        "A cross-encoder that scores passages for queries.",
        "## Use",
        _USE.format(folder=folder),
        "## Recipe",
        f"It starts from {origin['source']}.",
        _table(["setting", ""], [(key, _shown(value)) for key, value in settings.items()]),
        _table(["training data", ""], [(key, _shown(value)) for key, value in _flat(data)]),
        "## Results",
        f"{metric} × 100 on the test queries, mean over the system's seeds; 95 % intervals over queries.",
        _table(["", metric, "interval", "queries"], [_row(cell) for cell in cells]),
        "## Licences",
        "Weights derive from the pretrained model, and were trained on texts with licences of their own:",
        _table(["of", "licence"], sorted(licences.items())),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _row(cell: Mapping[str, Any]) -> tuple[str, ...]:
    name = cell["group"]
    if "query_language" in cell:
        name = f"{cell['query_language']}-{cell['document_language']}"
    low, high = (number(100 * end) for end in cell["interval"])
    return name, number(100 * cell["mean"]), f"{low} to {high}", str(cell["queries"])


def _flat(data: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(key, value) for key, value in data.items() if not isinstance(value, Mapping)]


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    escaped = [[str(cell).replace("|", r"\|") for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in escaped)
