"""The report as one page: what it says, what it refuses, and that it needs nothing from outside."""

import re
import shutil
from html.parser import HTMLParser

import pytest
import reports

from switchrank import report
from switchrank.errors import UserError
from switchrank.files import read_json, write_json, write_text


@pytest.fixture(scope="module")
def results(bare, tmp_path_factory):
    folder = shutil.copytree(bare, tmp_path_factory.mktemp("results") / "tiny")
    reports.add_analyses(folder)
    add_stages(folder)
    return folder


@pytest.fixture(scope="module")
def page(results):
    return written(results)


def written(results, config=reports.CONFIG):
    report.write(results, config, results / "report.html")
    return (results / "report.html").read_text(encoding="utf-8")


def add_stages(results):
    splits = {"splits": {"train": 1000, "dev": 141, "test": 500}, "a_key_of_the_future": 0.25}
    write_json(results / "corpus/stats.json", {"symbols": 1641, **splits})
    write_json(results / "lexicons/clwe/en-de.stats.json", {"coverage": 0.87})
    side = {"texts": 20, "words": 100, "realised_ratio": 0.4321, "not_in_lexicon": 3}
    stats = {"nominal_ratio": 0.5, "mode": "coverage", "sides": {"query": side, "passage": side}}
    write_json(results / "training/ml-cs.clwe.p0.50/stats.json", stats)
    write_text(results / "models/kernel/en-en/seed1/log.csv", "step,loss,dev_mrr\n0,3,0.3\n100,1,0.4\n")
    header = "s\th:m:s\tmax_rss\n"
    write_text(results / "benchmarks/train/kernel/en-en/seed1.tsv", f"{header}62.5\t0:01:02\t812.4\n")
    write_text(results / "benchmarks/corpus.tsv", f"{header}0.4\t0:00:00\tNA\n")


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
        "done",
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


def test_the_same_results_give_the_same_bytes(results, page):
    assert written(results) == page


def test_without_analyses_the_page_says_what_the_config_asks_for(bare, tmp_path):
    config = {**reports.CONFIG, "claims": True}
    page = written(shutil.copytree(bare, tmp_path / "tiny"), config)
    for file in (
        "tables/ratio.csv",
        "tables/lexicons.csv",
        "analyses/bias.csv",
        "analyses/bias_same.csv",
        "analyses/overlap.parquet",
        "analyses/examples.json",
        "claims.json",
    ):
        assert f"Not shown: <code>{file}</code> is not there" in page
    assert Outline(page).open == []
    assert "costs" not in sections(page)


def test_what_nothing_asks_for_is_left_out(tmp_path):
    config = reports.with_systems("zero-shot", "cosine")
    config = {**config, "pairs": {"moir": ["en-en"], "clir": ["en-de"], "mlir": []}}
    reports.build(tmp_path, config)
    page = written(tmp_path, config)
    assert not {"claims", "ratio", "lexicons", "bias", "overlap", "examples", "distance"} & set(
        sections(page)
    )
    assert "Not shown" not in page
    assert "MLIR" not in page


def test_systems_tell_their_reference_and_their_pairs(page):
    told = text_of(page, "done")
    assert "the frozen <encoder> cosine zero-shot all pairs" in told
    assert "one for each pair kernel zero-shot chosen by the config: de-de, en-de; a model for each" in told
    assert "BM25 over the candidates bm25 zero-shot the 3 pairs where it can exist" in told


def test_averages_keep_queries_and_seeds_apart(page, results):
    cell = read_json(results / "cells/ml-cs/clir.json")
    low, high = (100 * end for end in cell["interval"])
    queries, seeds = (100 * cell["standard_error"][which] for which in ("queries", "seeds"))
    expected = f"{100 * cell['mean']:.1f} {low:.1f} to {high:.1f} s.e. {queries:.2f} · {seeds:.2f}"
    assert expected in text_of(page, "averages")


def test_claims_have_verdicts_figures_and_the_papers_own(page):
    told = text_of(page, "claims")
    assert "Code-switching helps. 1 test, again with fast" in told
    assert "The bound: any gain is an improvement." in told
    figures = "+9.80 (+8.00 to +11.00); power 0.99; 2 of 9 pairs"
    assert f"supported fast: undecided {figures} code-switching over zero-shot" in told
    assert "it would take a translator" in told
    assert 'class="badge untestable">not testable here<' in page


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
    assert "train 1 62.5 62.5 812 corpus 1 0.4 0.4 all 2 62.9" in text_of(page, "costs")


def test_rebuilding_and_provenance(page):
    assert "snakemake results/tiny/cells/ml-cs/en-de.json" in text_of(page, "rebuild")
    told = text_of(page, "provenance")
    assert "digest-of-ml-cs" in told
    assert "method: fused" in told
    assert "/somewhere" not in page


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


@pytest.mark.parametrize(
    "lost", ["tables/mlir.csv", "tables/clir.tests.csv", "cells/ml-cs/en-ru.json", "cells/bm25/moir.json"]
)
def test_what_is_missing_is_named_and_nothing_is_written(bare, tmp_path, lost):
    results = shutil.copytree(bare, tmp_path / "tiny")
    (results / lost).unlink()
    with pytest.raises(UserError, match=re.escape(lost)):
        written(results)
    assert not (results / "report.html").exists()


def test_tables_of_another_config_are_refused(bare):
    more = {**reports.CONFIG, "pairs": {**reports.CONFIG["pairs"], "clir": ["en-de", "en-ru", "de-ru"]}}
    with pytest.raises(UserError, match=r"clir.csv: found no column de-ru"):
        written(bare, more)
    with pytest.raises(UserError, match=r"moir.csv: found row bm25, cosine, .*, expected"):
        written(bare, reports.with_systems("zero-shot"))


def test_an_analysis_without_its_columns_is_refused(bare, tmp_path):
    results = shutil.copytree(bare, tmp_path / "tiny")
    write_text(results / "tables/ratio.csv", "system,mode\nml-cs,static\n")
    with pytest.raises(UserError, match=r"ratio.csv: found no column ratio, realised"):
        written(results)
