"""Runs of the kernel ranker."""

from collections.abc import Mapping
from pathlib import Path

from switchrank import encodings
from switchrank.rankers.kernel import KernelRanker
from switchrank.stages.ranking import pairs_to_score, write_run


def rank_kernel(
    model: Path, encoded: Mapping[str, Path], corpus: Path, candidates: Path, runs: Mapping[str, Path]
) -> None:
    """Score the candidates of the test queries on every pair with a trained kernel ranker.

    Args:
        model: folder of the model.
        encoded: language → encodings of its side of the collection.
        corpus, candidates: what is ranked.
        runs: pair → run to write.
    """
    ranker = KernelRanker.load(model, encodings.load(list(encoded.values())))
    for pair, asked in pairs_to_score(corpus, candidates, encoded, runs):
        write_run(runs[pair], asked, ranker.score(asked))
