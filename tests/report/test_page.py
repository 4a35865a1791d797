"""The report as one page: what it says, and that it asks for nothing from outside."""

import io
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
import reports

from switchrank.exports.latex import to_latex
from switchrank.files import read_files, write_json, write_parquet, write_text
from switchrank.report.page import write
from switchrank.statistics.rows import all_cells
from switchrank.statistics.tables import score_table, to_csv


@pytest.fixture(scope="module")
def page(files, tmp_path_factory):
    return written(files, tmp_path_factory.mktemp("page"))


def written(files, folder, config=reports.CONFIG):
    write(files, config, folder / "report.html", folder / "headline.txt")
    return (folder / "report.html").read_text(encoding="utf-8")


class Outline(HTMLParser):
    """What a test looks at: elements that open and close, references, ids, and text by section."""

    VOID = ("meta", "link", "br")

    def __init__(self, page):
        super().__init__()
        self.open, self.references, self.ids, self.texts = [], [], [], {}
        self.section = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "section":
            self.section = attributes["id"]
        self.references += [attributes[name] for name in ("href", "src", "xlink:href") if name in attributes]
        self.ids += [attributes["id"]] if "id" in attributes else []

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.texts[self.section] = f"{self.texts.get(self.section, '')} {data}"


def text_of(page, section):
    return re.sub(r"\s+", " ", Outline(page).texts[section])


def sections(page):
    return re.findall(r'<section id="(\w+)">', page)


def test_the_page_is_whole_and_asks_for_nothing_from_outside(page):
    outline = Outline(page)
    assert outline.open == []
    assert all(reference.startswith(("#", "data:,")) for reference in outline.references)
    assert not re.search(r"url\((?!#)|@import|<script [^>]*src|<img|<iframe|fetch\(", page)
    assert set(re.findall(r"https?://[^\"]*", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    wanted = {reference[1:] for reference in outline.references if reference.startswith("#")}
    assert wanted <= set(outline.ids)
    assert len(outline.ids) == len(set(outline.ids))


def test_the_sections_come_in_order(page):
    assert sections(page) == [
        "method",
        "averages",
        "claims",
        "matrix",
        "differences",
        "tables",
        "distance",
        "ratio",
        "lexicons",
        "bias",
        "overlap",
        "examples",
        "data",
        "costs",
        "rebuild",
        "provenance",
    ]


def test_every_figure_has_a_text_alternative(page):
    drawn = re.findall(r"<svg[^>]*>", page)
    assert len(drawn) >= 1 + 6 + 5 + 1 + 2 + 2 + 3 + 2
    assert all(re.search(r'role="img" aria-label="[^"]{20,}"', svg) for svg in drawn)


def test_the_same_files_give_the_same_bytes_and_a_headline(files, page, tmp_path):
    assert written(files, tmp_path) == page
    headline = (tmp_path / "headline.txt").read_text(encoding="utf-8")
    assert headline.startswith("zero-shot reaches ")
    assert headline.endswith(", 34 % of the fall (20 % to 48 %) (MRR@10 × 100, 95 % intervals).\n")
    assert headline.count("\n") == 1


def test_what_is_not_given_is_not_shown(files, tmp_path):
    config = reports.with_systems("zero-shot", "cosine")
    config = {**config, "pairs": {"moir": ["en-en"], "clir": ["en-de"], "mlir": []}}
    page = written({"cells": reports.cells(tmp_path, config)}, tmp_path, config)
    assert sections(page) == [
        "method",
        "averages",
        "matrix",
        "differences",
        "tables",
        "data",
        "rebuild",
        "provenance",
    ]
    assert Outline(page).open == []
    assert "MLIR" not in page
    assert "ml-cs" not in page


def test_the_leading_metric_and_the_source_language_are_named(tmp_path):
    config = {**reports.CONFIG, "metrics": ["nDCG@10", "MRR@10"], "source_language": "de"}
    page = written({"cells": reports.cells(tmp_path, config)}, tmp_path, config)
    assert "nDCG@10 × 100 of each system" in text_of(page, "matrix")
    assert "points of nDCG@10 × 100" in page
    assert "MoIR MRR@10" in text_of(page, "averages")
    assert "Rerankers trained on German" in page


def test_differences_say_what_was_tested_and_how_many_tests_are_corrected_together(page):
    said = text_of(page, "differences")
    assert "95 % intervals over queries and seeds (mixed model)" in said
    assert "All averages on this page are one family (13 tests)" in said
    assert re.search(r"ml-cs − zero-shot ?: \d of 7 pairs significant, \d of 4 averages significant", said)
    assert "Pairs that are corrected together: MoIR 2, CLIR 2, MLIR 1, unseen 2." in said
    assert "detectable" in said
    assert "MoIR 1 of 2, CLIR 0 of 1." in text_of(page, "averages")


def test_claims_have_verdicts_figures_and_the_papers_own(page):
    said = text_of(page, "claims")
    assert "Code-switching helps. 1 test, again with fast, and former ones" in said
    assert "no longer count: it showed no reliance. " in said and "they follow the overlap" in said
    assert "digest 0123456789ab" in said
    assert "Verdicts at other margins" in said
    assert "The bound: any gain is an improvement." in said
    figures = "+9.80 (+8.00 to +11.00); power 0.99; 2 of 9 pairs"
    assert f"supported fast: undecided {figures} code-switching over zero-shot" in said
    assert "it would take a translator" in said
    assert 'class="badge not">not testable here<' in page


def test_examples_mark_switched_words_and_the_direction_of_writing(page):
    assert '<span lang="ar" dir="rtl">وجه قطة</span>' in page
    assert re.search(r'<mark lang="ar" dir="rtl" title="Arabic, for “face”">وجه</mark>', page)
    assert re.search(
        r'<mark lang="de" dir="ltr" title="German, for “dog”">Hund</mark><sub>de</sub>, face, ', page
    )
    assert "zero-shot: relevant passage not among the candidates" in page
    assert "&lt;sole&gt;" in page
    assert "Chosen by rule: the one that rose most." in page


def test_data_and_costs(page):
    assert "ml-cs.clwe.p0.50 ml-cs coverage 0.50 0.432 0.432" in text_of(page, "data")
    assert "a key of the future 0.25" in text_of(page, "data")
    assert "train 2 62.5 40.0 812 corpus 1 0.4 0.4 all 3 62.9" in text_of(page, "costs")


def test_rebuilding_and_provenance(page):
    assert "snakemake results/tiny/cells/ml-cs/en-de.json" in text_of(page, "rebuild")
    said = text_of(page, "provenance")
    assert "commit 0123abc clean yes" in said
    assert "numpy 2.1" in said
    assert "digest-of-ml-cs" in said
    assert "method: fused" in said


def test_light_dark_and_paper(page):
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    assert "beforeprint" in page


def test_tables_can_be_sorted_by_what_they_show(page):
    tables = re.findall(r'<table class="sortable[^>]*>.*?</table>', page, re.DOTALL)
    assert len(tables) > 10
    for table in tables:
        assert table.count("<thead>") == 1
        assert (
            len(re.findall("<tr>", table.split("</thead>")[0])) == 1
        )  # the script sorts by one row of headings
    assert "aria-sort" in page.split("<script>")[1]


NAMES = ["null", "NA", "nan", "None", "007", "1e5", "true"]


def test_names_that_look_like_numbers_or_like_nothing_stay_names(tmp_path):
    systems = dict(zip(NAMES, reports.CONFIG["systems"], strict=False))  # new name → old one
    new = {old: name for name, old in systems.items()}
    entries = {
        name: entry | {"versus": [new[other] for other in entry.get("versus", ())]}
        for name, entry in ((new[old], entry) for old, entry in reports.CONFIG["systems"].items())
    }
    groups = {"NA": ["en-en", "de-de"], "1e5": ["en-de", "en-ru"], "null": ["en-xx6"], "007": ["fr-en"]}
    main = {key: new[reports.CONFIG[key]] for key in ("treatment", "reference")}
    config = reports.CONFIG | main | {"systems": entries, "pairs": groups}
    entries[new["bm25"]] |= {"pairs": ["en-en", "de-de"]}
    cells = reports.cells(tmp_path, config, {new[old]: level for old, level in reports.LEVELS.items()})
    log = tmp_path / "log.csv"
    write_text(log, "step,loss,dev_mrr\n0,3,\n100,1,0.4\n")
    cost = {"pairs": 4, "models": 1, "megabytes": 0.5, "ranking": 2.0}
    costs = pd.DataFrame([{"system": name, **cost} for name in systems])
    stages = pd.DataFrame([{"stage": "null", "jobs": 1, "seconds": 1.0, "longest": 1.0, "rss": 5.0}])
    paths = {name: str(tmp_path / f"{name}.parquet") for name in ("costs", "stages")}
    write_parquet(paths["costs"], costs)
    write_parquet(paths["stages"], stages)
    files = {"cells": cells, "logs": {"null": {"NA": str(log)}}, **paths}
    page = written(files, tmp_path, config)
    for section in ("averages", "tables", "costs", "method"):
        shown = text_of(page, section).split()
        assert set(systems) <= set(shown), section
    every = [cell for named in read_files(cells).values() for cell in named.values()]
    group = [cell for cell in every if cell["group"] == "1e5" and cell["system"] != new["bm25"]]
    rows = [name for name in systems if name != new["bm25"]]
    references = {name: next(iter(entry["versus"]), None) for name, entry in entries.items()}
    table = score_table(group, "1e5", rows, groups["1e5"], references)
    assert to_latex(table, "English").count("\\\\\n") >= len(rows)
    assert all(f"\n{name} & " in to_latex(table, "English") for name in rows)
    csv = pd.read_csv(io.StringIO(to_csv(table)), dtype=str, keep_default_na=False)
    assert csv["system"].tolist()[:-1] == rows
    assert set(table.tests["system"]) <= set(rows) and set(table.tests["reference"]) <= set(rows)
    assert set(all_cells(read_files(cells))["system"]) == set(systems)


def test_claims_say_which_run_and_which_ranker_their_verdicts_are_of(page):
    said = text_of(page, "claims")
    assert "All verdicts are of this run alone: tiny , seeds 1, 2." in said
    assert "the same tests with another ranker, which it names: fast." in said


@pytest.fixture(scope="module")
def headed(files, tmp_path_factory):
    """The page of an experiment whose headline is about other systems than those of the variants."""
    systems = dict(reports.CONFIG["systems"])
    systems["zero-shot-ce"] = systems["zero-shot"] | {"ranker": "ce"}
    systems["ml-cs-ce"] = systems["ml-cs"] | {"ranker": "ce", "versus": ["zero-shot-ce"]}
    config = reports.CONFIG | {
        "systems": systems, "headline": "ce", "as_named": "kernel", "treatment": "ml-cs-ce",
        "reference": "zero-shot-ce", "other_rankers": [{"treatment": "ml-cs", "reference": "zero-shot"}],
    }  # fmt: skip
    folder = tmp_path_factory.mktemp("headed")
    again = {"kernel": {"verdict": "undecided", "tests": [reports.TEST]}}
    claims = {"digest": "0", "claims": [claim | {"variants": again} for claim in reports.CLAIMS]}
    write_json(folder / "claims.json", claims)
    levels = reports.LEVELS | {"zero-shot-ce": 0.2, "ml-cs-ce": 0.3}
    cells = reports.cells(folder, config, levels)
    return written(files | {"cells": cells, "claims": str(folder / "claims.json")}, folder, config)


def test_with_a_headline_the_page_is_about_its_systems(headed):
    assert "zero-shot-ce reaches " in text_of(headed, None)
    assert "What ml-cs-ce gains on zero-shot-ce on each pair" in text_of(headed, "distance")
    assert re.findall(r'<details class="forest" open><summary>(\S+) − (\S+?):', headed) == [
        ("ml-cs-ce", "zero-shot-ce")
    ]
    maps = re.findall(r"<figcaption>(.*?)</figcaption>", headed.split('id="matrix"')[1])
    assert maps[:2] == ["zero-shot-ce", "ml-cs-ce"]
    assert "cells/ml-cs-ce/en-de.json" in text_of(headed, "rebuild")


def test_with_a_headline_variants_stay_those_of_the_systems_that_they_vary(headed):
    assert "The gain on zero-shot, which stands at ratio 0" in text_of(headed, "ratio")
    assert "its gain on zero-shot." in text_of(headed, "lexicons")
    assert "gain on zero-shot, points of" in headed and "gain on zero-shot-ce, points" not in headed


def test_with_a_headline_claims_say_whose_verdict_is_whose(headed, page):
    said = text_of(headed, "claims")
    assert "The first verdict is of the systems in -ce" in said
    assert "such as ml-cs, it is judged with ml-cs-ce" in said
    assert "kernel has the systems as the tests name them, and so have former tests." in said
    assert "supported kernel: undecided" in said
    assert "The first verdict is of" not in text_of(page, "claims")
