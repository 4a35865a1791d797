"""Runs of the kernel ranker."""

from collections.abc import Mapping
from pathlib import Path

from switchrank.encoders import encodings
from switchrank.rankers.kernel import KernelRanker
from switchrank.stages.ranking import pairs_to_score, write_run


def rank_kernel(
    model: Path,
    encoded: Mapping[str, Path],
    corpus: Path,
    texts: Path,
    candidates: Path,
    runs: Mapping[str, Path],
) -> None:
    """Score the candidates of the test queries on every pair with a trained kernel ranker.

    Args:
        model: folder of the model.
        encoded: language → encodings of its texts.
        corpus, candidates: what is ranked.
        texts: folder of its texts: the collection itself, or, for Translate Test, its texts in English.
        runs: pair → run to write.
    """
    ranker = KernelRanker.load(model, encodings.load(list(encoded.values())))
    for pair, asked in pairs_to_score(corpus, texts, candidates, encoded, runs):
        write_run(runs[pair], asked, ranker.score(asked))
