"""The page: what the files hold, arranged section by section and put into the templates."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from switchrank.files import write_text
from switchrank.languages import is_right_to_left, language_name, side_name
from switchrank.report.inputs import read
from switchrank.report.sections.claims import claims
from switchrank.report.sections.comparisons import differences, distance
from switchrank.report.sections.dose import dose
from switchrank.report.sections.method import costs, data, method, provenance, rebuild
from switchrank.report.sections.preferences import bias, examples, overlap
from switchrank.report.sections.scores import averages, matrix, tables
from switchrank.report.sections.summary import summary
from switchrank.report.sections.switching import lexicons, ratio
from switchrank.statistics.significance import ALPHA

# In this order: the section, its heading, what the contents call it. Its template has the function's name.
_SECTIONS = (
    (method, "What was done", "What was done"),
    (averages, "Averages", "Averages"),
    (claims, "The paper's claims", "Claims"),
    (matrix, "Query language × document language", "Language matrix"),
    (differences, "Differences", "Differences"),
    (tables, "Tables", "Tables"),
    (distance, "Gain and linguistic distance", "Distance"),
    (ratio, "How much to switch", "Ratio"),
    (dose, "Dose–response: the ranker's settings", "Dose–response"),
    (lexicons, "Lexicons and what retrieval makes of them", "Lexicons"),
    (bias, "Language bias in multilingual retrieval", "Language bias"),
    (overlap, "Token overlap", "Token overlap"),
    (examples, "Examples", "Examples"),
    (data, "Data and training", "Data and training"),
    (costs, "Costs", "Costs"),
    (rebuild, "Rebuilding a cell", "Rebuilding a cell"),
    (provenance, "Provenance", "Provenance"),
)


def write(
    files: Mapping[str, Any], config: Mapping[str, Any], page: str | Path, headline: str | Path
) -> None:
    """Write the report of an experiment: an HTML page that needs nothing else, and its first sentence.

    `files` are paths, or mappings to them, by the names of the fields of Inputs; None, or nothing, where one
    does not apply, and then the page has no such section.

    `config` is the resolved one, with folder (of the results), pairs (group → names), pair_objects (name →
    Pair), treatment and reference (systems, or None), main and main_reference (the same two for the sections
    on variants), headline and as_named (see experiment.roles), other_rankers (treatment and reference of
    each), doses (see experiment.doses), provenance (of the run); and of each system with data or
    data_by_pair, the pairs that it has cells for, and impossible ones.
    """
    inputs = read(files, config)
    sentences = summary(inputs)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=jinja2.StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals |= {
        "config": config,
        "source": language_name(config["source_language"]),
        "metric": inputs.metric,
        "treatment": inputs.treatment,
        "reference": inputs.reference,
        "main": inputs.main,
        "main_reference": inputs.main_reference,
        "alpha": ALPHA,
        "language_name": language_name,
        "side_name": side_name,
        "direction": lambda language: "rtl" if is_right_to_left(language) else "ltr",
    }
    sections = []
    for section, title, nav in _SECTIONS:
        shown = section(inputs)
        if shown is not None:
            name = section.__name__
            html = environment.get_template(f"{name}.html.j2").render(shown)
            sections.append({"id": name, "title": title, "nav": nav, "html": html})
    write_text(page, environment.get_template("page.html.j2").render(summary=sentences, sections=sections))
    write_text(headline, sentences[0]["text"].replace("\u00a0", " ") + "\n")
