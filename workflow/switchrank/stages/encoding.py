"""Texts encoded once: the collection's, and those of training data."""

from collections.abc import Mapping
from pathlib import Path

from safetensors.numpy import save_file

from switchrank.encoders.encodings import encode
from switchrank.encoders.idf import piece_idf
from switchrank.encoders.use import Encoder
from switchrank.files import atomic, read_parquet


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


def encode_translated(encoder: Path, folder: Path, encoded: Mapping[str, Path]) -> None:
    """Encode queries and passages that were brought to English.

    Args:
        encoder: folder of the frozen encoder.
        folder: with {language}/{queries,passages}.parquet.
        encoded: language → file to write; see encodings.
    """
    frozen = Encoder(encoder)
    for language, path in encoded.items():
        sides = [
            read_parquet(folder / language / f"{name}.parquet")["text"] for name in ("queries", "passages")
        ]
        encode([text for side in sides for text in side], frozen).save(path)


def encode_training(encoder: Path, pairs: Path, encoded: Path) -> None:
    """Encode the texts of training data; see encodings."""
    texts = read_parquet(pairs)
    encode([*texts["query"], *texts["passage"]], Encoder(encoder)).save(encoded)
