"""The report as one page: what it says, what it refuses, and that it needs nothing from outside."""

import re
from html.parser import HTMLParser
from zlib import crc32

import numpy as np
import pandas as pd
import pytest

from switchrank import report
from switchrank.cells import PairResults, average_cell, pair_cell
from switchrank.errors import UserError
from switchrank.files import write_json, write_text
from switchrank.tables import score_table, to_csv

QUERIES = pd.Index([f"q{number:03}" for number in range(120)], name="query_id")
LEVELS = {"bm25": 0.30, "cosine": 0.34, "zero-shot": 0.38, "ml-cs": 0.48}
CONFIG = {
    "collection": "tiny",
    "languages": ["en", "de", "ru", "fr", "hi"],
    "seeds": [1, 2],
    "candidates": {"method": "fused", "depth": 25},
    "mirror": "/somewhere/on/this/machine",
    "pairs": {
        "moir": ["en-en", "de-de"],
        "clir": ["en-de", "en-ru"],
        "mlir": ["en-xx6"],
        "unseen": ["fr-en", "fr-fr"],
    },
    "systems": {
        "bm25": {"ranker": "bm25", "description": "BM25 over the candidates"},
        "cosine": {"ranker": "cosine", "description": "the frozen <encoder>"},
        "zero-shot": {
            "ranker": "kernel",
            "data": "en-en",
            "description": "trained on English",
        },
        "ml-cs": {
            "ranker": "kernel",
            "data": "ml-cs.clwe.p0.50",
            "description": "trained on switched text",
        },
    },
}


def ranks(system, pair, seed, levels):
    """RR@10 of a system that is the better, the higher its level; the same queries are hard for all."""
    noise = np.random.default_rng(crc32(f"{system}{pair}{seed}".encode())).normal(0, 0.1, len(QUERIES))
    ease = np.random.default_rng(crc32(pair.encode())).normal(0, 0.2, len(QUERIES))
    return pd.Series(np.clip(levels[system] + ease + noise, 0, 1), index=QUERIES)


def build(results, config=CONFIG, levels=LEVELS):
    """A small results folder, its cells and tables made as the workflow makes them."""
    reference = {
        pair: {name: ranks(name, pair, 1, levels) for name in ("zero-shot", "cosine")}
        for pairs in config["pairs"].values()
        for pair in pairs
    }
    for group, pairs in config["pairs"].items():
        cells = []
        for system in config["systems"]:
            seeds = [0] if system in ("bm25", "cosine") else config["seeds"]
            own = [pair for pair in pairs if system != "bm25" or pair[:2] == pair[3:]]
            made = {
                pair: PairResults(
                    per_seed={str(seed): ranks(system, pair, seed, levels) for seed in seeds},
                    references=reference[pair] if system == "ml-cs" else {},
                    shared_names={"q000"} if pair == "en-de" else set(),
                    ceiling=0.9,
                )
                for pair in own
            }
            told = {"versions": {"numpy": "2.4.6"}, "digest": f"digest-of-{system}"}
            named = {pair: pair_cell(system, pair, group, one, told, 50) for pair, one in made.items()}
            if made:
                named[group] = average_cell(system, group, made, told, 50)
            for name, cell in named.items():
                write_json(results / "cells" / system / f"{name}.json", cell)
                cells.append(cell)
        systems = [name for name in config["systems"] if any(cell["system"] == name for cell in cells)]
        write_text(results / "tables" / f"{group}.csv", to_csv(score_table(cells, group, systems, pairs)))


def add_stages(results):
    write_json(
        results / "corpus/stats.json",
        {
            "symbols": 1641,
            "symbols_by_language": {"en": 1966, "de": 1967},
            "splits": {"train": 1000, "dev": 141, "test": 500},
            "twin_groups": 12,
            "symbols_in_twin_groups": 34,
            "a_key_of_the_future": 0.25,
        },
    )
    precision = {"before": {"mean": 0.31}, "after": {"mean": 0.42}, "tried": [{"shrinkage": 0, "mean": 0.3}]}
    write_json(results / "vectors/aligned/de.stats.json", {"kept": True, "precision_at_1": precision})
    write_json(results / "lexicons/clwe/en-de.stats.json", {"coverage": 0.87, "precision_at_1": 0.456})
    side = {
        "words": 100,
        "realised_ratio": 0.4321,
        "languages": {"de": {"share": 0.21}, "ru": {"share": 0.2}},
    }
    write_json(
        results / "training/ml-cs.clwe.p0.50/stats.json",
        {"nominal_ratio": 0.5, "sides": {"query": side, "passage": side}},
    )
    for data in ("en-en", "ml-cs.clwe.p0.50"):
        for seed in CONFIG["seeds"]:
            rows = [
                f"{step},{3 / (step + 1)},{0.3 + step / 1000 if step % 100 == 0 else ''}"
                for step in (0, 50, 100)
            ]
            log = "\n".join(["step,loss,dev_mrr", *rows, ""])
            write_text(results / f"models/kernel/{data}/seed{seed}/log.csv", log)
    header = "s\th:m:s\tmax_rss\tmax_vms\tcpu_time\n"
    write_text(results / "benchmarks/train/kernel/en-en/seed1.tsv", f"{header}62.5\t0:01:02\t812.4\t1\t60\n")
    write_text(results / "benchmarks/train/kernel/en-en/seed2.tsv", f"{header}60.0\t0:01:00\t799.0\t1\t60\n")
    write_text(results / "benchmarks/corpus.tsv", f"{header}0.4\t0:00:00\tNA\tNA\t0\n")


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results") / "tiny"
    build(folder)
    add_stages(folder)
    return folder


@pytest.fixture(scope="module")
def page(results):
    report.write(results, CONFIG, results / "report.html")
    return (results / "report.html").read_text(encoding="utf-8")


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
        if self.open and self.open[-1] != "style":
            self.texts[self.section] = f"{self.texts.get(self.section, '')} {data}"


def text_of(page, section):
    return re.sub(r"\s+", " ", Outline(page).texts[section])


def change(levels):
    return {**LEVELS, **levels}


def summary_of(tmp_path, levels):
    build(tmp_path, levels=change(levels))
    report.write(tmp_path, CONFIG, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    return re.findall(r'<li class="(\w+)">(.*)</li>', page)


def test_the_page_is_whole_and_asks_for_nothing_from_outside(page):
    outline = Outline(page)
    assert outline.open == []
    assert all(reference.startswith(("#", "data:,")) for reference in outline.references)
    assert not re.search(r"url\((?!#)|@import|<script|<img|<iframe", page)
    assert set(re.findall(r"https?://[^\"]*", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert {reference[1:] for reference in outline.references if reference.startswith("#")} <= set(
        outline.ids
    )
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_the_sections_come_in_order(page):
    found = re.findall(r'<section id="(\w+)">', page)
    assert found == [
        "done",
        "averages",
        "matrix",
        "differences",
        "tables",
        "curves",
        "costs",
        "rebuild",
        "provenance",
    ]


def test_every_figure_has_a_text_alternative(page):
    drawn = re.findall(r"<svg[^>]*>", page)
    assert len(drawn) == 1 + 4 + 1 + 2  # scale, one heat map per system, forest, two curves
    assert all(re.search(r'role="img" aria-label="[^"]{20,}"', svg) for svg in drawn)


def test_the_same_results_give_the_same_bytes(results, page, tmp_path):
    report.write(results, CONFIG, tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == page


def test_the_summary_says_what_is_better(page):
    sentences = re.findall(r'<li class="above">(.*)</li>', page)
    assert len(sentences) == 3
    for said in ("On the CLIR average, ml-cs beats zero-shot: ", "(95\u00a0% interval +", "p &lt; 0.001"):
        assert said in sentences[0]
    assert re.search(r"[\d.]+ ± [\d.]+ against [\d.]+ ± [\d.]+ MRR@10 × 100", sentences[0])
    assert "highest" not in sentences[0]
    assert "On the MoIR average, ml-cs beats zero-shot: " in sentences[1]
    assert "ml-cs beats the frozen cosine" in sentences[2]


def test_the_summary_says_as_plainly_what_is_not(tmp_path):
    (clir, said), (moir, _), (frozen, worse) = summary_of(tmp_path, {"ml-cs": 0.38, "cosine": 0.6})
    assert (clir, moir, frozen) == ("level", "level", "below")
    assert "ml-cs does not differ measurably from zero-shot: " in said
    assert "ml-cs falls behind the frozen cosine: " in worse
    assert "a difference of −" in worse
    assert "; the highest average is that of cosine, " in worse


def test_the_summary_says_what_was_not_compared(tmp_path):
    config = {**CONFIG, "systems": {name: CONFIG["systems"][name] for name in ("zero-shot", "cosine")}}
    build(tmp_path, config)
    report.write(tmp_path, config, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "ml-cs is not compared with zero-shot on the CLIR average." in page
    assert 'id="differences"' not in page


def test_averages_come_with_intervals_and_without_shared_names(page, results):
    told = text_of(page, "averages")
    cell = report.read_json(results / "cells/ml-cs/clir.json")
    low, high = cell["interval"]
    assert f"{100 * cell['mean']:.1f} {100 * low:.1f} to {100 * high:.1f} ±" in told
    assert f"{100 * cell['distinct']['mean']:.1f}" in told


def test_tables_have_best_marks_family_and_ceiling(page):
    tables = page.split('<section id="tables">')[1].split("</section>")[0]
    clir = tables.split("<h3>CLIR</h3>")[1].split("<h3>")[0]
    assert "Family of 2 tests against zero-shot: 2 significant after Bonferroni" in re.sub(r"\s+", " ", clir)
    best = re.findall(r'<tr><th scope="row">ml-cs</th>(.*)</tr>', clir)[0]
    assert best.count('class="best"') == 4
    assert best.count("‡") == 2
    assert "bm25" not in clir
    assert re.search(r"<tfoot>.*ceiling</th><td>90.0<", clir)


def test_stats_show_keys_known_and_unknown(page):
    told = text_of(page, "done")
    for said in (
        "1,641 symbols, split into 1,000 train, 141 dev, 500 test.",
        "34 symbols in 12 groups",
        "a key of the future 0.25",
        "precision@1 before mean precision@1 after mean de yes 0.31 0.42",
        "clwe/en-de 0.87 0.456",
        "nominal ratio 0.5",
        "query 100 0.4321",
        "passage, ru 0.2",
        "the frozen <encoder>",
        "ml-cs 100",
        "Seeds: 1, 2.",
    ):
        assert said in told


def test_costs_are_summed_by_stage(page):
    told = text_of(page, "costs")
    assert "train 2 122.5 62.5 812 corpus 1 0.4 0.4 all 3 122.9" in told


def test_rebuilding_and_provenance(page):
    assert "snakemake results/tiny/cells/ml-cs/en-de.json" in text_of(page, "rebuild")
    told = text_of(page, "provenance")
    assert "versions numpy 2.4.6" in told
    assert "ml-cs digest-of-ml-cs" in told
    assert "method: fused" in told
    assert "/somewhere" not in page


def test_stats_logs_and_benchmarks_may_be_missing(tmp_path):
    build(tmp_path)
    report.write(tmp_path, CONFIG, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert Outline(page).open == []
    assert 'id="curves"' not in page
    assert 'id="costs"' not in page


def test_groups_without_pairs_are_left_out(tmp_path):
    config = {**CONFIG, "pairs": {"moir": ["en-en"], "clir": ["en-de"], "mlir": [], "unseen": []}}
    build(tmp_path, {**config, "pairs": {"moir": ["en-en"], "clir": ["en-de"]}})
    report.write(tmp_path, config, tmp_path / "report.html")
    assert "MLIR" not in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("lost", ["tables/mlir.csv", "cells/ml-cs/en-ru.json", "cells/bm25/moir.json"])
def test_what_is_missing_is_named_and_nothing_is_written(tmp_path, lost):
    build(tmp_path)
    (tmp_path / lost).unlink()
    with pytest.raises(UserError, match=re.escape(lost)):
        report.write(tmp_path, CONFIG, tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_tables_of_another_config_are_refused(tmp_path):
    build(tmp_path)
    more = {**CONFIG, "pairs": {**CONFIG["pairs"], "clir": ["en-de", "en-ru", "de-ru"]}}
    with pytest.raises(UserError, match=r"clir.csv: found no column de-ru"):
        report.write(tmp_path, more, tmp_path / "report.html")
    fewer = {**CONFIG, "systems": {"zero-shot": CONFIG["systems"]["zero-shot"]}}
    with pytest.raises(UserError, match=r"moir.csv: found row bm25, cosine, ml-cs, expected"):
        report.write(tmp_path, fewer, tmp_path / "report.html")
