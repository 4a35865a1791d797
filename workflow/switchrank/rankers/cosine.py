"""The frozen encoder alone as a ranker, without any training."""

import numpy as np
import pandas as pd

from switchrank.rankers.base import Ranker


class Cosine(Ranker):
    """Scores by the cosine of the encoder's sentence vectors."""

    kind = "cosine"
    needs = frozenset({"encodings"})

    def score(self, asked: pd.DataFrame, view: str = "collection") -> np.ndarray:
        """See Ranker.score."""
        encodings = self.resources.encodings
        queries, passages = (
            encodings.sentences[encodings.rows(kind, view, asked[f"{kind}_language"], asked[f"{kind}_id"])]
            for kind in ("query", "passage")
        )
        return np.einsum("ij,ij->i", queries, passages)
