"""A collection on disk: texts by id, qrels, splits."""

import dataclasses

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
    passages={language: pd.Series(["", f"{language} 2"], index=["a", "b"]) for language in LANGUAGES},
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
    assert corpus.passages("en", ["b", "a", "b"]).tolist() == ["en 2", "", "en 2"]
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


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"qrels": CONTENTS.qrels.assign(query_id=[1, 2, 3])}, "qrels: query_id: found 1, expected a text"),
        (
            {"qrels": CONTENTS.qrels.assign(passage_id=["x", "y", "z"])},
            "qrels: passage_id: found 'x'",
        ),
        ({"splits": CONTENTS.splits.assign(id=[7, 8, 9, 10])}, "splits: id: found 7, expected a text"),
        ({"splits": CONTENTS.splits.assign(id="q")}, "splits, query: id: found 'q' and others, none of them"),
        (
            {"queries": {"en": pd.Series(["x", "y"], index=[1, 2])}},
            "query texts, en: id: found 1, expected a text",
        ),
        (
            {"candidates": pd.DataFrame({"query_id": ["a"], "passage_id": [3], "rank": [1], "score": [0.5]})},
            "candidates: passage_id: found 3, expected a text",
        ),
    ],
)
def test_ids_that_match_nothing_are_told(tmp_path, change, told):
    with pytest.raises(UserError) as error:
        dataclasses.replace(CONTENTS, **change).write(tmp_path)
    assert str(error.value).startswith(told) and "\n" not in str(error.value)
    assert not list(tmp_path.iterdir())
