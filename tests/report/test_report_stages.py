"""Stats and logs of the stages, whatever their keys."""

import pytest

from switchrank.files import write_json, write_text
from switchrank.report import stages

SYSTEMS = {
    "cosine": {"ranker": "cosine"},
    "zero-shot": {"ranker": "kernel", "data": "en-en"},
    "twin": {"ranker": "kernel", "data": "en-en"},
    "ml-cs": {"ranker": "kernel", "data": "ml-cs.clwe.p0.50"},
    "bl-cs": {
        "ranker": "kernel",
        "data_by_pair": {pair: f"bl-cs.clwe.p0.50.{pair}" for pair in ("en-de", "ar-it")},
    },
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
    assert stages.section(stats) == {
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
    section = stages.section(stats)
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
    section = stages.section({"sides": {"query": side, "passage": side}})
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
    assert stages.files(tmp_path, "*/*.stats.json")["tables"] == [
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
    section = stages.by_system(told)
    assert section["facts"] == {"code deep x": "1"}
    assert section["tables"] == [
        {"title": "by system", "columns": ["digest"], "rows": [("a", ["1f"]), ("b", ["2e"])]}
    ]


def test_logs_are_named_by_the_systems_that_use_the_model(tmp_path):
    log = "step,loss,dev_mrr\n0,2.5,0.25\n50,1.5,\n"
    for seed in (1, 2, 3):
        write_text(tmp_path / f"kernel/en-en/seed{seed}/log.csv", log)
    write_text(tmp_path / "kernel/ml-cs.clwe.p0.50/seed1/log.csv", "step,loss,dev_mrr\n")
    for pair in ("en-de", "ar-it"):
        write_text(tmp_path / f"kernel/bl-cs.clwe.p0.50.{pair}/seed1/log.csv", log)
    write_text(tmp_path / "kernel/of-another-config/seed1/log.csv", "step,loss,dev_mrr\n0,1,1\n")
    logs = stages.logs(tmp_path, SYSTEMS, [1, 2])
    assert list(logs) == ["zero-shot, twin", "bl-cs"]
    assert list(logs["zero-shot, twin"]) == ["seed 1", "seed 2"]
    assert logs["zero-shot, twin"]["seed 1"]["loss"].to_dict() == {0: 2.5, 50: 1.5}
    assert list(logs["bl-cs"]) == ["bl-cs.clwe.p0.50.en-de, seed 1", "bl-cs.clwe.p0.50.ar-it, seed 1"]


def test_training_data_have_a_row_each_whoever_shares_them(tmp_path):
    write_json(tmp_path / "en-en/stats.json", {"instances": 10})
    side = {"texts": 10, "words": 50, "realised_ratio": 0.4, "not_in_lexicon": 5, "texts_short": 2}
    switched = {"nominal_ratio": 0.5, "mode": "coverage", "sides": {"query": side, "passage": side}}
    write_json(tmp_path / "ml-cs.clwe.p0.50/stats.json", switched)
    made = stages.training(tmp_path, SYSTEMS)
    plain, mixed = ([entry.text for entry in row] for row in made["rows"])
    assert plain == ["en-en", "zero-shot, twin", "10", "", "", "", "", "", "", ""]
    assert mixed == [
        "ml-cs.clwe.p0.50",
        "ml-cs",
        "",
        "coverage",
        "0.50",
        "0.400",
        "0.400",
        "",  # words that the lexicon lacks are passed over
        "0.0",
        "20.0",
    ]
    assert list(made["sections"]) == ["en-en", "ml-cs.clwe.p0.50"]


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_nothing_there_is_nothing_told(tmp_path, folder):
    assert stages.files(tmp_path / folder, "*.stats.json")["tables"] == []
    assert stages.logs(tmp_path / folder, SYSTEMS, [1]) == {}
    assert stages.training(tmp_path / folder, SYSTEMS) is None
    assert stages.section({}) == {"facts": {}, "tables": []}
