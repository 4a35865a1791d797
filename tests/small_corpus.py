"""A collection of 24 records in six languages, its candidates and toy encodings."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from switchrank.collections.base import Contents, Corpus
from switchrank.encoders.encodings import Encodings, write_encodings
from switchrank.languages import Pair, parse_pair, sides

LANGUAGES = ("en", "de", "it", "nl", "ru", "ar")
SIDES = sides(LANGUAGES, {"xx6": LANGUAGES})
SPLITS = ["train"] * 16 + ["dev"] * 4 + ["test"] * 4
IDS = [f"{number:02}" for number in range(len(SPLITS))]
TEST = IDS[-4:]
PIECES = 50


def pair(name: str) -> Pair:
    return parse_pair(name, SIDES)


def query(i: str, language: str) -> str:
    return f"red name{i} {language}"


def passage(i: str, language: str) -> str:
    return f"red, words{i} {language}"


def write_corpus(
    folder: Path, candidates: pd.DataFrame | None = None, lacking: Mapping[str, Sequence[str]] = {}
) -> Corpus:
    """Write the collection and open it; query i's one relevant passage is passage i.

    Args:
        folder: to write into.
        candidates: that it comes with.
        lacking: language → ids that it does not have.
    """
    ids = {own: [i for i in IDS if i not in lacking.get(own, ())] for own in LANGUAGES}
    splits = [(kind, i, split) for kind in ("query", "passage") for i, split in zip(IDS, SPLITS, strict=True)]
    Contents(
        queries={own: pd.Series({i: query(i, own) for i in ids[own]}) for own in LANGUAGES},
        passages={own: pd.Series({i: passage(i, own) for i in ids[own]}) for own in LANGUAGES},
        qrels=pd.DataFrame({"query_id": IDS, "passage_id": IDS, "relevance": 1}),
        splits=pd.DataFrame(splits, columns=["side", "id", "split"]),
        candidates=candidates,
    ).write(folder)
    return Corpus.read(folder)


def candidates() -> pd.DataFrame:
    """Each query's candidates: all passages but the first two, in the order of their ids."""
    rows = [(query, p, rank + 1, 1 / (rank + 1)) for query in IDS for rank, p in enumerate(IDS[2:])]
    return pd.DataFrame(rows, columns=["query_id", "passage_id", "rank", "score"])


class ToyEncoder:
    """Two tokens a text; a vector depends on the record's number, and a little on the text's length."""

    vocabulary, unknown = PIECES, PIECES - 1

    def encode(self, texts):
        return np.stack([_vector(text) for text in texts])

    def encode_tokens(self, texts):
        sentences = self.encode(texts)
        pieces = np.arange(2 * len(texts), dtype=np.int32) % PIECES
        return pieces, np.arange(len(texts) + 1) * 2, sentences.repeat(2, axis=0), sentences


def write_toy_encodings(corpus: Corpus, folder: Path, languages=LANGUAGES) -> dict[str, Path]:
    """Encode the collection: language → file."""
    paths = {language: folder / f"{language}.safetensors" for language in languages}
    for language, path in paths.items():
        write_encodings(path, corpus.queries(language), corpus.passages(language), ToyEncoder())
    return paths


def toy_encodings(corpus: Corpus, folder: Path, languages=LANGUAGES) -> Encodings:
    """Encode the collection, as the view "collection"."""
    return Encodings({"collection": write_toy_encodings(corpus, folder, languages)})


def _vector(text: str) -> np.ndarray:
    number = "".join(filter(str.isdigit, text))
    vector = np.random.default_rng(int(number or 0)).normal(size=8)
    vector += np.random.default_rng(len(text)).normal(size=8) / 9
    return (vector / np.linalg.norm(vector)).astype(np.float32)
