"""Training of a ranker, with its learning curve on dev."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from safetensors.numpy import load_file

from switchrank.collections.base import ids_of
from switchrank.encoders import encodings
from switchrank.files import read_parquet, write_text
from switchrank.rankers.kernel import KernelConfig, KernelRanker
from switchrank.stages.sides import texts_of, to_score
from switchrank.tasks.ranking import reciprocal_ranks


def train_kernel(
    pairs: Path,
    encoded: Sequence[Path],
    idf: Path,
    corpus: Path,
    candidates: Path,
    config: Mapping[str, Any],
    seed: int,
    checkpoint: Path,
    folder: Path,
) -> None:
    """Train a kernel ranker and write model, config and learning curve (MRR@10 on dev, English–English).

    Args:
        pairs: training data.
        encoded: encodings of the training texts and of the English side.
        idf: weights of the pieces.
        corpus, candidates: for dev.
        config: hyperparameters; see KernelConfig.
        seed: of the training.
        checkpoint: file that a killed training goes on from; removed when the model is written.
        folder: to write model.safetensors, config.json and log.csv into.
    """
    ranker = KernelRanker(KernelConfig(**config), encodings.load(encoded), load_file(idf)["idf"])
    splits, qrels = read_parquet(corpus / "splits.parquet"), read_parquet(corpus / "qrels.parquet")
    dev = ids_of(splits, "query", "dev")
    asked = to_score(
        read_parquet(candidates), dev, *(texts_of(corpus, "en", s) for s in ("query", "passage"))
    )

    def evaluate() -> float:
        return float(reciprocal_ranks(asked.assign(score=ranker.score(asked)), qrels, dev).mean())

    log = ranker.fit(read_parquet(pairs), seed, checkpoint, evaluate)
    write_text(folder / "log.csv", log.to_csv(index=False, lineterminator="\n"))
    ranker.save(folder)
    checkpoint.unlink(missing_ok=True)
