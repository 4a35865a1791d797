"""The page: what the files hold, arranged section by section and put into the templates."""

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import jinja2

from switchrank.files import write_text
from switchrank.languages import is_right_to_left, language_name
from switchrank.report.inputs import Inputs, read
from switchrank.report.sections import (
    averages,
    bias,
    claims,
    costs,
    data,
    differences,
    distance,
    examples,
    lexicons,
    matrix,
    method,
    overlap,
    provenance,
    ratio,
    rebuild,
    tables,
)
from switchrank.report.sections.summary import summary
from switchrank.statistics.significance import ALPHA

_SECTIONS = (
    method, averages, claims, matrix, differences, tables, distance, ratio, lexicons, bias, overlap, examples,
    data, costs, rebuild, provenance,
)  # fmt: skip
_TEMPLATES = Path(__file__).parent / "templates"


def write(
    files: Mapping[str, Any], config: Mapping[str, Any], page: str | Path, headline: str | Path
) -> None:
    """Write the report of an experiment.

    Args:
        files: paths by what they hold; None, or nothing, where it does not apply to the experiment, and then
            the page has no such section. cells (system → pair or group → path), corpus, vectors (language →
            path), lexicons (lexicon → pair of languages → path), translated (lexicon → language → path),
            training (data → path), logs (systems that share their models → run, such as "seed 1" → path),
            costs, stages, claims, examples, overlap, bias, same_language, ratio, lexicon_table.
        config: the resolved config: name, folder (of the results), collection, languages, source_language,
            metrics, seeds, mixed, pairs (group → names), pair_objects (name → Pair), systems (name →
            description, ranker, versus, training, data or data_by_pair, pairs that it has cells for and
            impossible ones; all but ranker may be lacking), treatment and reference (systems, or None),
            training, candidates, lexicons, rankers, provenance (of the run).
        page: the HTML file to write; it needs nothing else.
        headline: the text file to write: the first sentence of the summary, on one line.
    """
    inputs = read(files, config)
    sentences = summary(inputs)
    write_text(page, _render(inputs, sentences))
    write_text(headline, sentences[0]["text"].replace("\u00a0", " ") + "\n")


def _render(inputs: Inputs, sentences: list[dict[str, str]]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), undefined=jinja2.StrictUndefined,
        autoescape=True, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals |= {
        "name": inputs.config["name"],
        "source": language_name(inputs.config["source_language"]),
        "metric": inputs.metric,
        "treatment": inputs.treatment,
        "reference": inputs.reference,
        "alpha": ALPHA,
        "language_name": language_name,
        "direction": lambda language: "rtl" if is_right_to_left(language) else "ltr",
    }
    sections = [shown for module in _SECTIONS if (shown := _section(environment, module, inputs))]
    return environment.get_template("page.html.j2").render(summary=sentences, sections=sections)


def _section(environment: jinja2.Environment, module: ModuleType, inputs: Inputs) -> dict[str, str] | None:
    shown = module.section(inputs)
    if shown is None:
        return None
    name = module.__name__.rpartition(".")[2]
    html = environment.get_template(f"{name}.html.j2").render(shown)
    return {"id": name, "title": module.TITLE, "nav": module.NAV, "html": html}
