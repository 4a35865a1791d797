"""The first stage: texts encoded once, BM25, and the candidates."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from safetensors.numpy import save_file

from switchrank.candidates import dense, fuse
from switchrank.encoder import Encoder
from switchrank.encodings import Encodings, encode, load
from switchrank.files import atomic, read_parquet, write_parquet
from switchrank.rankers.kernel import piece_idf


def encode_corpus(encoder: Path, corpus: Path, encoded: Mapping[str, Path], idf: Path) -> None:
    """Encode queries and passages of each language, and weigh the pieces by the passages of all.

    Args:
        encoder: folder of the frozen encoder.
        corpus: folder of the collection.
        encoded: language → file to write; see encodings.
        idf: file to write; a safetensors tensor "idf", float32 [pieces].
    """
    frozen = Encoder(encoder)
    passages = {}
    for language, path in encoded.items():
        queries = read_parquet(corpus / language / "queries.parquet")["text"]
        own = read_parquet(corpus / language / "passages.parquet")["text"]
        encode([*queries, *own], frozen).save(path)
        passages[language] = frozen.tokenize(own)
    with atomic(idf) as aside:
        save_file({"idf": piece_idf(passages.values(), frozen.sentencepiece.get_piece_size())}, aside)


def encode_training(encoder: Path, pairs: Path, encoded: Path) -> None:
    """Encode the texts of training data; see encodings."""
    texts = read_parquet(pairs)
    encode([*texts["query"], *texts["passage"]], Encoder(encoder)).save(encoded)


def choose_candidates(
    bm25: Path, encoded: Sequence[Path], corpus: Path, settings: Mapping[str, Any], output: Path
) -> None:
    """Write the candidates of every query.

    Args:
        bm25: run of the English side.
        encoded: the encoded English side; not needed for method "bm25".
        corpus: folder of the collection.
        settings: method ("fused" or "bm25") and depth, the passages that each method gives to a query.
        output: file to write; columns query_id, passage_id, rank, score.
    """
    runs = [read_parquet(bm25)]
    if settings["method"] == "fused":
        encodings = load(encoded)
        queries = read_parquet(corpus / "en" / "queries.parquet")
        passages = read_parquet(corpus / "en" / "passages.parquet")
        vectors = [sentence_vectors(encodings, frame["text"]) for frame in (queries, passages)]
        ids = queries["query_id"].tolist(), passages["passage_id"].tolist()
        runs.append(dense(ids[0], vectors[0], ids[1], vectors[1], settings["depth"]))
    write_parquet(output, fuse(runs, settings["depth"]))


def sentence_vectors(encodings: Encodings, texts: pd.Series) -> np.ndarray:
    """The sentence vectors of texts [n] → float32 [n, dim]."""
    row = {text: place for place, text in enumerate(encodings.texts)}
    return encodings.sentences[[row[text] for text in texts]]
