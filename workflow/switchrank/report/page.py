"""The page: everything read, arranged and put into the template."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import yaml

from switchrank.files import read_json, write_text
from switchrank.languages import MIXED, name_of
from switchrank.report import analyses, costs, figures, stages, tables
from switchrank.report.claims import claims
from switchrank.report.examples import examples
from switchrank.report.inputs import REFERENCE, TREATMENT, Inputs, all_data, is_pair, read
from switchrank.report.summary import summary
from switchrank.report.text import GROUPS, Entry, table
from switchrank.statistics.significance import ALPHA

# The keys that define the experiment; others are about the machine.
_SETTINGS = ("limit", "split", "candidates", "lexicons", "training", "rankers")
_TEMPLATES = Path(__file__).parent / "templates"


def write(results: Path, config: Mapping[str, Any], output: Path) -> None:
    """Write the report of one collection.

    Args:
        results: the collection's folder. Tables, their tests and cells must be there; of analyses, claims,
            stats, training logs and benchmarks all that is there is shown, and the page says what the
            config asks for and is not there.
        config: collection, name (the folder under results/; the collection's name without it), languages,
            seeds, pairs (group → list of pairs), claims (true where claims are judged), and systems: name →
            description, ranker, versus (the first is what its row is tested against), data (the name of its
            training data) or data_by_pair (pair → name), pairs (those that it has cells for), impossible
            (those that cannot have one), training and translate as configured; of these all but ranker may
            be lacking.
        output: the page, a single HTML file that needs nothing else.

    Raises:
        UserError: a table, its tests or a cell is missing, or a table lacks a pair or has a system unknown
            to config.
    """
    inputs = read(results, config)
    write_text(output, _template().render(**_measured(inputs), **_told(inputs, results)))


def _measured(inputs: Inputs) -> dict[str, Any]:
    """All that is made of cells, tests and analyses."""
    found, systems = inputs.optional, list(inputs.config["systems"])
    return {
        "summary": summary(inputs),
        "averages": tables.averages(inputs),
        "claims": claims(found["claims"]) if "claims" in found else None,
        "heatmaps": figures.heatmaps(inputs),
        "forests": figures.forests(inputs),
        "tables": {group: tables.scores(group, inputs) for group in inputs.groups},
        "tests": {group: tables.tests(group, inputs) for group in inputs.groups},
        "families": {group: _family(inputs, group) for group in inputs.groups},
        "distance": figures.gain_over_distance(inputs),
        "ratio": _ratio(inputs) if "ratio" in found else None,
        "lexicons": tables.lexicons(found["lexicons"], inputs.groups) if "lexicons" in found else None,
        "bias": analyses.bias(found["bias"], systems) if "bias" in found else [],
        "same_language": analyses.same_language(found["bias_same"], systems)
        if "bias_same" in found
        else None,
        "overlap": analyses.overlap(found["overlap"], systems) if "overlap" in found else None,
        "examples": examples(found.get("examples", [])),
        "costs_by_system": costs.by_system(found["costs"]) if "costs" in found else None,
        "absent": inputs.absent,
    }


def _told(inputs: Inputs, results: Path) -> dict[str, Any]:
    """All that config, stats, logs and benchmarks tell."""
    config, cells = inputs.config, inputs.cells
    corpus = read_json(path) if (path := results / "corpus" / "stats.json").is_file() else {}
    logs = stages.logs(results / "models", config["systems"], config["seeds"])
    provenance = {system: next(iter(named.values()))["provenance"] for system, named in cells.items()}
    return {
        "config": config,
        "folder": f"results/{config.get('name', config['collection'])}",
        "groups": {group: GROUPS.get(group, group) for group in inputs.groups},
        "ceilings": {group: _ceiling(inputs, group) for group in inputs.groups},
        "queries": max(cell["queries"] for named in cells.values() for cell in named.values()),
        "systems": _systems(config),
        "mixed": {side: [name_of(language) for language in languages] for side, languages in MIXED.items()},
        "corpus": corpus,
        "counts": stages.section(corpus),
        "vectors": stages.files(results / "vectors" / "aligned", "*.stats.json"),
        "lexicon_stats": stages.files(results / "lexicons", "*/*.stats.json"),
        "translated": stages.files(results / "translated", "*/stats.json"),
        "training": stages.training(results / "training", config["systems"]),
        "curves": figures.curves(logs),
        "costs": costs.by_stage(results / "benchmarks"),
        "provenance": stages.by_system(provenance),
        "settings": _as_yaml({key: config[key] for key in _SETTINGS if key in config}),
        "example": _example(inputs),
        "treatment": TREATMENT,
        "reference": REFERENCE,
        "alpha": ALPHA,
    }


def _ratio(inputs: Inputs) -> dict[str, Any]:
    frame = inputs.optional["ratio"]
    shown = tables.ratios(frame, inputs.groups)
    return {"figures": figures.gain_over_ratio(frame, inputs.groups), "table": shown}


def _family(inputs: Inputs, group: str) -> int:
    """How many tests a table's corrections are for."""
    frame = inputs.tests.get(group)
    return 0 if frame is None else int(frame["p_t_holm"].notna().sum())


def _ceiling(inputs: Inputs, group: str) -> float | None:
    """The same for all systems, so the first that has the group's average tells it."""
    return next((100 * named[group]["ceiling"] for named in inputs.cells.values() if group in named), None)


def _systems(config: Mapping[str, Any]) -> dict[str, Any]:
    """What the systems are, and on which pairs they were measured."""
    every = [pair for pairs in config["pairs"].values() for pair in pairs]
    rows = [
        [
            Entry(name),
            Entry(system.get("description", "")),
            Entry(system["ranker"]),
            Entry(next(iter(system.get("versus", ())), "")),
            Entry(_measured_on(system, every)),
        ]
        for name, system in config["systems"].items()
    ]
    return table(["system", "what it is", "ranker", "tested against", "measured on"], rows)


def _measured_on(system: Mapping[str, Any], every: list[str]) -> str:
    impossible = set(system.get("impossible", ()))
    possible = [pair for pair in every if pair not in impossible]
    own = system.get("pairs", possible)
    told = "all pairs"
    if impossible:
        lost = [pair for pair in every if pair in impossible]
        told = (
            f"all pairs but {lost[0]}" if len(lost) == 1 else f"the {len(possible)} pairs where it can exist"
        )
    if set(own) != set(possible):
        told = f"chosen by the config: {', '.join(own)}"
    return f"{told}; a model for each" if len(all_data(system)) > 1 else told


def _example(inputs: Inputs) -> str:
    """A cell to show how one is rebuilt: the treatment's, if there is one, and a cross-lingual one."""
    system = TREATMENT if TREATMENT in inputs.cells else list(inputs.cells)[-1]
    named = inputs.cells[system]
    pairs = [*inputs.config["pairs"].get("clir", []), *named]
    known = [pair for pair in pairs if pair in named and is_pair(named[pair])]
    return f"{system}/{known[0]}"


def _as_yaml(settings: Mapping[str, Any]) -> str:
    plain = json.loads(json.dumps(settings))
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100)


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")
