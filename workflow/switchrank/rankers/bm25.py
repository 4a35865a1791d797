"""The first stage's BM25 as a ranker: in one language, with that language's analyzer."""

import numpy as np
import pandas as pd

from switchrank.languages import Pair
from switchrank.rankers.base import Ranker


class BM25(Ranker):
    """Scores by the BM25 run of the language; what it did not retrieve gets 0."""

    kind = "bm25"
    needs = frozenset({"bm25"})

    @classmethod
    def can_rank(cls, pair: Pair) -> bool:
        """Whether both sides are one and the same language."""
        return pair.setting == "moir"

    def score(self, candidates: pd.DataFrame, view: str = "collection") -> np.ndarray:
        """See Ranker.score; all items are of one language."""
        if candidates.empty:  # and so of no language
            return np.empty(0)
        (language,) = candidates["query_language"].unique()
        run = self.resources.bm25[language]
        scored = candidates.merge(run, how="left", on=["query_id", "passage_id"])
        return scored["score"].fillna(0).to_numpy()
