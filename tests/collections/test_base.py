"""A collection on disk: texts by id, qrels, splits."""

from dataclasses import replace

import pandas as pd
import pytest

from switchrank.collections.base import SPLITS, Contents, Corpus, read_texts, write_texts
from switchrank.errors import UserError
from switchrank.files import read_json
from switchrank.languages import Side

LANGUAGES = ["en", "zh-Hans"]
SPLIT = [
    ("query", "b", "train"),
    ("query", "a", "train"),
    ("passage", "a", "train"),
    ("passage", "b", "test"),
]
CONTENTS = Contents(
    queries={language: pd.Series([f"{language} 1", "犬"], index=["a", "b"]) for language in LANGUAGES},
    passages={language: pd.Series(["…", f"{language} 2"], index=["a", "b"]) for language in LANGUAGES},
    qrels=pd.DataFrame({"query_id": ["a", "b", "b"], "passage_id": ["a", "b", "a"], "relevance": [1, 2, 0]}),
    splits=pd.DataFrame(SPLIT, columns=["side", "id", "split"]),
    stats={"symbols": 2},
)


@pytest.fixture
def folder(tmp_path):
    CONTENTS.write(tmp_path)
    return tmp_path


def test_what_is_written_is_read(folder):
    corpus = Corpus.read(folder)
    for language in LANGUAGES:
        assert corpus.queries(language).to_dict() == CONTENTS.queries[language].to_dict()
        assert corpus.passages(language).to_dict() == CONTENTS.passages[language].to_dict()
    assert corpus.qrels.values.tolist() == CONTENTS.qrels.values.tolist()
    assert corpus.relevant.values.tolist() == [["a", "a", 1], ["b", "b", 2]]
    assert read_json(folder / "stats.json") == {"symbols": 2}
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2 * len(LANGUAGES) + 3


def test_the_same_contents_give_the_same_bytes(tmp_path):
    for name in ("first", "second"):
        CONTENTS.write(tmp_path / name)
    for path in (tmp_path / "first").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "second" / path.relative_to(tmp_path / "first")).read_bytes()


def test_ids_of_a_kind_in_a_split_are_sorted(folder):
    corpus = Corpus.read(folder)
    assert corpus.ids("query", "train") == ["a", "b"]
    assert corpus.ids("passage", "test") == ["b"]
    assert corpus.ids("query", "dev") == []
    assert SPLITS == ("train", "dev", "test")


def test_passages_are_given_in_the_order_asked_for(folder):
    corpus = Corpus.read(folder)
    assert corpus.passages("en", ["b", "a", "b"]).tolist() == ["en 2", "…", "en 2"]
    with pytest.raises(UserError, match="found no passage 'c', expected its text"):
        corpus.passages("en", ["a", "c"])


def test_a_view_has_other_texts_for_the_same_ids(folder, tmp_path):
    view = tmp_path / "view"
    write_texts(view, "zh-Hans", pd.Series(["one", "dog"], ["a", "b"]), pd.Series(["", "two"], ["a", "b"]))
    corpus = Corpus.read(folder, view)
    assert corpus.queries("zh-Hans").tolist() == ["one", "dog"]
    assert read_texts(view, "zh-Hans", "passage").tolist() == ["", "two"]
    assert corpus.ids("query", "train") == ["a", "b"]
    assert corpus.queries("en").to_dict() == CONTENTS.queries["en"].to_dict()  # which the view lacks


def test_a_mixed_side_gives_each_text_with_its_language(folder):
    corpus, side = Corpus.read(folder), Side("xx2", tuple(LANGUAGES))
    items = corpus.side("query", side)
    assert items.index.tolist() == ["a", "b"]
    for i, (language, text) in items.iterrows():
        assert text == corpus.queries(language)[i]


def texts(*values, ids=("a", "b"), language="zh-Hans"):
    """The queries of CONTENTS with others in one language."""
    return dict(CONTENTS.queries) | {language: pd.Series(values, index=list(ids), dtype=object)}


def frame(like, *rows):
    return pd.DataFrame(rows, columns=like.columns)


ONE = ("b", "b", 1)
BROKEN = {
    "empty query": ({"queries": texts("犬", "")}, "language zh-Hans: found '' as query 'b', expected a text"),
    "blank passage": ({"passages": texts(" \n", "犬")}, "found ' \\n' as passage 'a', expected a text"),
    "no text": ({"queries": texts("犬", None)}, "found None as query 'b', expected a text"),
    "number": ({"queries": texts(float("nan"), "x")}, "found nan as query 'a', expected a text"),
    "direction alone": ({"queries": texts("\u200f", "x")}, r"found '\u200f' as query 'a', expected a text"),
    "signs alone": ({"passages": texts("x", "\ufeff\u00ad" * 30)}, "ad' as passage 'b', expected a text"),
    "vowel alone": ({"queries": texts("x", "\u064e", language="ar")}, "as query 'b', expected a text"),
    "half a character": (
        {"queries": texts("x", "犬\ud83d")},
        r"found '犬\ud83d' as query 'b', expected a text",
    ),
    "repeated id": (
        {"queries": texts("x", "y", ids="aa")},
        "zh-Hans: found two query texts of 'a', expected one",
    ),
    "empty id": (
        {"passages": texts("x", "y", ids=["", "b"])},
        "found '' as the id of a passage, expected a text",
    ),
    "number as id": (
        {"queries": texts("x", "y", ids=["a", 7])},
        "found 7 as the id of a query, expected a text",
    ),
    "query in qrels": (
        {"qrels": frame(CONTENTS.qrels, ONE, ("c", "a", 1))},
        "qrels, column query_id: found 'c', expected the id of a query",
    ),
    "passage in qrels": (
        {"qrels": frame(CONTENTS.qrels, ("a", "犬", 0))},
        "qrels, column passage_id: found '犬', expected the id of a passage",
    ),
    "judged twice": (
        {"qrels": frame(CONTENTS.qrels, ONE, ONE)},
        "qrels: found 'b b' twice, expected it once",
    ),
    "split of nothing": (
        {"splits": frame(CONTENTS.splits, *SPLIT, ("passage", "c", "dev"))},
        "splits: found 'c', expected the id of a passage",
    ),
    "in two splits": (
        {"splits": frame(CONTENTS.splits, *SPLIT, ("query", "a", "dev"))},
        "splits: found 'query a' twice, expected it once",
    ),
    "candidate": (
        {"candidates": pd.DataFrame({"query_id": ["a"], "passage_id": ["z"], "rank": 1, "score": 1.0})},
        "candidates, column passage_id: found 'z', expected the id of a passage",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_makes_no_collection_is_named_in_one_line_and_nothing_is_written(tmp_path, case):
    changes, message = BROKEN[case]
    with pytest.raises(UserError) as error:
        replace(CONTENTS, **changes).write(tmp_path)
    assert str(error.value).endswith(message) and "\n" not in str(error.value)
    assert not list(tmp_path.iterdir())


def test_texts_of_signs_and_of_marks_within_words_are_texts(tmp_path):
    replace(CONTENTS, queries=texts("×", "❤\ufe0f"), passages=texts("!?", "ك\u064e")).write(tmp_path)
    assert Corpus.read(tmp_path).queries("zh-Hans").tolist() == ["×", "❤\ufe0f"]


def test_an_item_may_be_lacking_in_some_languages(tmp_path):
    replace(CONTENTS, queries=texts("x", ids=["a"])).write(tmp_path)
    assert Corpus.read(tmp_path).queries("zh-Hans").index.tolist() == ["a"]
