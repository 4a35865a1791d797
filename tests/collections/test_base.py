"""A corpus on disk, and the ids of its splits."""

import pandas as pd

from switchrank.collections.base import SPLITS, Corpus, ids_of
from switchrank.files import read_json, read_parquet

LANGUAGES = ["en", "zh"]
CORPUS = Corpus(
    queries={own: pd.DataFrame({"query_id": ["a", "b"], "text": [f"{own} 1", "犬"]}) for own in LANGUAGES},
    passages={own: pd.DataFrame({"passage_id": ["a", "b"], "text": ["", f"{own} 2"]}) for own in LANGUAGES},
    qrels=pd.DataFrame({"query_id": ["a", "b"], "passage_id": ["a", "b"], "relevance": [1, 2]}),
    splits=pd.DataFrame(
        [
            ("query", "b", "train"),
            ("query", "a", "train"),
            ("passage", "a", "train"),
            ("passage", "b", "test"),
        ],
        columns=["side", "id", "split"],
    ),
    stats={"symbols": 2},
)


def test_a_corpus_is_written_file_by_file(tmp_path):
    CORPUS.write(tmp_path)
    for language in LANGUAGES:
        for name, frames in (("queries", CORPUS.queries), ("passages", CORPUS.passages)):
            read = read_parquet(tmp_path / language / f"{name}.parquet")
            assert read.columns.tolist() == frames[language].columns.tolist()
            assert read.values.tolist() == frames[language].values.tolist()
    assert read_parquet(tmp_path / "qrels.parquet").values.tolist() == CORPUS.qrels.values.tolist()
    assert read_parquet(tmp_path / "splits.parquet").values.tolist() == CORPUS.splits.values.tolist()
    assert read_json(tmp_path / "stats.json") == {"symbols": 2}
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2 * len(LANGUAGES) + 3


def test_the_same_corpus_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        CORPUS.write(tmp_path / name)
    for path in (tmp_path / "one").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_ids_of_a_side_in_a_split_are_sorted():
    assert ids_of(CORPUS.splits, "query", "train") == ["a", "b"]
    assert ids_of(CORPUS.splits, "passage", "test") == ["b"]
    assert ids_of(CORPUS.splits, "query", "dev") == []
    assert SPLITS == ("train", "dev", "test")
