"""Stats of any kind, whatever their keys."""

from switchrank.report import facts

SIDES = ("en", "de", "xx6")


def test_scalars_and_lists_are_facts():
    stats = {"pairs_drawn": 12345, "share": 0.123456, "kept": True, "shrinkage": None, "tried": [1, 2]}
    said = {"pairs drawn": "12,345", "share": "0.1235", "kept": "yes", "shrinkage": "–", "tried": "1, 2"}
    stats, said = stats | {"name": "x"}, said | {"name": "x"}
    assert facts.facts(stats, SIDES) == {"facts": said, "tables": []}
    assert facts.facts({}, SIDES) == {"facts": {}, "tables": []}


def test_what_is_given_by_language_becomes_one_table():
    stats = {"symbols": {"en": 5, "xx6": 7}, "words": {"en": 2.5, "de": 3}, "splits": {"train": 6, "dev": 1}}
    shown = facts.facts(stats, SIDES)
    assert shown["facts"] == {"splits": "train 6, dev 1"}
    assert shown["tables"] == [
        {
            "title": "by language",
            "columns": ["symbols", "words"],
            "rows": [("en", ["5", "2.5"]), ("xx6", ["7", ""]), ("de", ["", "3"])],
        }
    ]


def test_mappings_of_mappings_become_tables_level_by_level():
    side = {"words": 10, "languages": {"de": {"share": 0.1}, "ru": {"share": 0.2}}}
    shown = facts.facts({"sides": {"query": side, "passage": side}}, SIDES)
    rows = [
        ("query, de", ["0.1"]),
        ("query, ru", ["0.2"]),
        ("passage, de", ["0.1"]),
        ("passage, ru", ["0.2"]),
    ]
    assert shown["tables"] == [
        {"title": "sides", "columns": ["words"], "rows": [("query", ["10"]), ("passage", ["10"])]},
        {"title": "sides: languages", "columns": ["share"], "rows": rows},
    ]


def test_stats_of_a_kind_share_a_table_and_wide_parts_have_their_own():
    precision = {"before": {"mean": 0.25}, "after": {"mean": 0.5}, "tried": [{"mean": 0.5}]}
    wide = dict.fromkeys("abcde", 1)
    stats = {
        "clwe/en-de": {"precision_at_1": precision},
        "clwe/en-ru": {"precision_at_1": precision, "counts": wide},
    }
    assert facts.rows(stats)["tables"] == [
        {
            "title": "",
            "columns": ["precision@1 before mean", "precision@1 after mean"],
            "rows": [("clwe/en-de", ["0.25", "0.5"]), ("clwe/en-ru", ["0.25", "0.5"])],
        },
        {"title": "counts", "columns": list("abcde"), "rows": [("clwe/en-ru", ["1"] * 5)]},
    ]
    assert facts.rows({})["tables"] == []


def test_systems_say_once_what_all_agree_on():
    stats = {
        "a": {"code": {"deep": {"x": 1}}, "digest": "1f"},
        "b": {"code": {"deep": {"x": 1}}, "digest": "2e"},
    }
    shown = facts.shared(stats)
    assert shown["facts"] == {"code deep x": "1"}
    assert shown["tables"] == [
        {"title": "by system", "columns": ["digest"], "rows": [("a", ["1f"]), ("b", ["2e"])]}
    ]
