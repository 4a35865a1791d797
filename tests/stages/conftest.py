import numpy as np
import pandas as pd
import pytest

from switchrank.collections.base import Corpus
from switchrank.encoders.encodings import Encodings
from switchrank.files import write_parquet

LANGUAGES = ("en", "de", "it", "nl", "ru", "ar")
SPLITS = ["train"] * 16 + ["dev"] * 4 + ["test"] * 4
IDS = [f"{number:02}" for number in range(len(SPLITS))]


def frame(side, texts):
    return pd.DataFrame({f"{side}_id": IDS, "text": texts})


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    """The folder of a collection of 24 records in six languages."""
    folder = tmp_path_factory.mktemp("corpus")
    splits = [(side, i, own) for side in ("query", "passage") for i, own in zip(IDS, SPLITS, strict=True)]
    Corpus(
        queries={own: frame("query", [f"red name{i} {own}" for i in IDS]) for own in LANGUAGES},
        passages={own: frame("passage", [f"red, words{i} {own}" for i in IDS]) for own in LANGUAGES},
        qrels=pd.DataFrame({"query_id": IDS, "passage_id": IDS, "relevance": 1}),
        splits=pd.DataFrame(splits, columns=["side", "id", "split"]),
    ).write(folder)
    return folder


@pytest.fixture(scope="session")
def candidates(tmp_path_factory):
    """Each query's candidates: all passages but the first two, in the order of their ids."""
    rows = [(query, p, rank + 1, 1 / (rank + 1)) for query in IDS for rank, p in enumerate(IDS[2:])]
    path = tmp_path_factory.mktemp("candidates") / "candidates.parquet"
    write_parquet(path, pd.DataFrame(rows, columns=["query_id", "passage_id", "rank", "score"]))
    return path


def vector(text):
    """A unit vector that depends on the record's number alone, nearly: translations lie close together."""
    number = "".join(filter(str.isdigit, text))
    own = (
        np.random.default_rng(int(number)).normal(size=8)
        + np.random.default_rng(len(text)).normal(size=8) / 9
    )
    return (own / np.linalg.norm(own)).astype(np.float32)


def encode(texts):
    """Encodings of texts of two tokens each; see `vector`."""
    texts = sorted(set(texts))
    sentences = np.stack([vector(text) for text in texts])
    return Encodings(
        texts,
        np.arange(2 * len(texts), dtype=np.int32) % 50,
        np.arange(len(texts) + 1) * 2,
        sentences.repeat(2, axis=0).astype(np.float16),
        sentences,
    )


@pytest.fixture(scope="session")
def encoded(corpus, tmp_path_factory):
    """Language → encodings of its side of the collection."""
    folder, paths = tmp_path_factory.mktemp("encoded"), {}
    for own in LANGUAGES:
        names = (f"{corpus}/{own}/queries.parquet", f"{corpus}/{own}/passages.parquet")
        paths[own] = folder / f"{own}.safetensors"
        encode([text for name in names for text in pd.read_parquet(name)["text"]]).save(paths[own])
    return paths


@pytest.fixture(scope="session")
def toy_encode():
    """What encodes texts without an encoder."""
    return encode
