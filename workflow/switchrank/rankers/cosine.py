"""The frozen encoder alone as a ranker, without any training."""

import numpy as np
import pandas as pd

from switchrank.rankers.base import Ranker


class Cosine(Ranker):
    """Scores by the cosine of the encoder's sentence vectors."""

    kind = "cosine"
    needs = frozenset({"encodings"})

    def score(self, candidates: pd.DataFrame, view: str = "collection") -> np.ndarray:
        """See Ranker.score."""
        queries, passages = self.resources.encodings.candidate_rows(candidates, view)
        sentences = self.resources.encodings.sentences
        return np.einsum("ij,ij->i", sentences[queries], sentences[passages])
