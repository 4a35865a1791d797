"""Stats, logs and benchmarks of the stages, whatever their keys."""

import pytest

from switchrank import report_stages
from switchrank.files import write_json, write_text

SYSTEMS = {
    "cosine": {"ranker": "cosine"},
    "zero-shot": {"ranker": "kernel", "data": "en-en"},
    "twin": {"ranker": "kernel", "data": "en-en"},
    "ml-cs": {"ranker": "kernel", "data": "ml-cs.clwe.p0.50"},
}


def test_scalars_and_lists_are_facts():
    stats = {
        "pairs_drawn": 12345,
        "share": 0.123456,
        "kept": True,
        "shrinkage": None,
        "tried": [1, 2],
        "name": "x",
    }
    assert report_stages.section(stats) == {
        "facts": {
            "pairs drawn": "12,345",
            "share": "0.1235",
            "kept": "yes",
            "shrinkage": "–",
            "tried": "1, 2",
            "name": "x",
        },
        "tables": [],
    }


def test_what_is_told_by_language_becomes_one_table():
    stats = {"symbols": {"en": 5, "xx6": 7}, "words": {"en": 2.5, "de": 3}, "splits": {"train": 6, "dev": 1}}
    section = report_stages.section(stats)
    assert section["facts"] == {"splits": "train 6, dev 1"}
    assert section["tables"] == [
        {
            "title": "by language",
            "columns": ["symbols", "words"],
            "rows": [("en", ["5", "2.5"]), ("xx6", ["7", ""]), ("de", ["", "3"])],
        }
    ]


def test_mappings_of_mappings_become_tables_level_by_level():
    side = {"words": 10, "languages": {"de": {"share": 0.1}, "ru": {"share": 0.2}}}
    section = report_stages.section({"sides": {"query": side, "passage": side}})
    rows = [
        ("query, de", ["0.1"]),
        ("query, ru", ["0.2"]),
        ("passage, de", ["0.1"]),
        ("passage, ru", ["0.2"]),
    ]
    assert section["tables"] == [
        {"title": "sides", "columns": ["words"], "rows": [("query", ["10"]), ("passage", ["10"])]},
        {"title": "sides: languages", "columns": ["share"], "rows": rows},
    ]


def test_files_of_a_kind_share_a_table_and_wide_parts_have_their_own(tmp_path):
    precision = {"before": {"mean": 0.25}, "after": {"mean": 0.5}, "tried": [{"mean": 0.5}]}
    wide = dict.fromkeys("abcde", 1)
    write_json(tmp_path / "clwe/en-ru.stats.json", {"precision_at_1": precision, "to_english": wide})
    write_json(tmp_path / "clwe/en-de.stats.json", {"precision_at_1": precision})
    assert report_stages.files(tmp_path, "*/*.stats.json")["tables"] == [
        {
            "title": "",
            "columns": ["precision@1 before mean", "precision@1 after mean"],
            "rows": [("clwe/en-de", ["0.25", "0.5"]), ("clwe/en-ru", ["0.25", "0.5"])],
        },
        {"title": "to english", "columns": list("abcde"), "rows": [("clwe/en-ru", ["1"] * 5)]},
    ]


def test_systems_tell_once_what_all_agree_on():
    told = {
        "a": {"code": {"deep": {"x": 1}}, "digest": "1f"},
        "b": {"code": {"deep": {"x": 1}}, "digest": "2e"},
    }
    section = report_stages.by_system(told)
    assert section["facts"] == {"code deep x": "1"}
    assert section["tables"] == [
        {"title": "by system", "columns": ["digest"], "rows": [("a", ["1f"]), ("b", ["2e"])]}
    ]


def test_logs_are_named_by_the_systems_that_use_the_model(tmp_path):
    for seed in (1, 2):
        write_text(tmp_path / f"kernel/en-en/seed{seed}/log.csv", "step,loss,dev_mrr\n0,2.5,0.25\n50,1.5,\n")
    write_text(tmp_path / "kernel/ml-cs.clwe.p0.50/seed1/log.csv", "step,loss,dev_mrr\n")
    write_text(tmp_path / "kernel/of-another-config/seed1/log.csv", "step,loss,dev_mrr\n0,1,1\n")
    logs = report_stages.logs(tmp_path, SYSTEMS)
    assert list(logs) == ["zero-shot, twin"]
    assert list(logs["zero-shot, twin"]) == ["1", "2"]
    assert logs["zero-shot, twin"]["1"]["loss"].to_dict() == {0: 2.5, 50: 1.5}
    assert logs["zero-shot, twin"]["1"]["dev_mrr"].dropna().to_dict() == {0: 0.25}


def test_costs_are_summed_by_stage_and_unmeasured_memory_is_nothing(tmp_path):
    write_text(tmp_path / "corpus.tsv", "s\th:m:s\tmax_rss\n0.5\t0:00:00\tNA\n")
    write_text(tmp_path / "train/kernel/seed1.tsv", "s\th:m:s\tmax_rss\n20.0\t0:00:20\t512.5\n")
    write_text(tmp_path / "train/kernel/seed2.tsv", "s\th:m:s\tmax_rss\n22.0\t0:00:22\t-\n")
    train, corpus = report_stages.costs(tmp_path)
    assert train == {"stage": "train", "jobs": 2, "seconds": 42.0, "longest": 22.0, "rss": 512.5}
    assert (corpus["stage"], corpus["seconds"]) == ("corpus", 0.5)
    assert corpus["rss"] != corpus["rss"]


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_nothing_there_is_nothing_told(tmp_path, folder):
    assert report_stages.files(tmp_path / folder, "*.stats.json")["tables"] == []
    assert report_stages.costs(tmp_path / folder) == []
    assert report_stages.logs(tmp_path / folder, SYSTEMS) == {}
    assert report_stages.section({}) == {"facts": {}, "tables": []}
