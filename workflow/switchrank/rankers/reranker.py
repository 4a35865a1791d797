"""A whole model in a folder, as CrossEncoder.export writes it, to score any texts with."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from switchrank.files import read_json, reading
from switchrank.rankers import device
from switchrank.rankers.scoring import score
from switchrank.rankers.tokens import Tokens
from switchrank.rankers.transformer import CONFIG, Transformer


class Ranked(NamedTuple):
    """A passage in a ranking."""

    place: int  # in the passages that were given, from 0
    score: float  # a logit; higher is more relevant


class Reranker:
    """Scores passages for queries; equal to the workflow's own scores of the model."""

    def __init__(self, folder: str | Path):
        """Read a model; UserError if a file is missing or damaged."""
        folder = Path(folder)
        self._network = Transformer(folder)
        with reading(folder / CONFIG):
            about = read_json(folder / CONFIG).get("switchrank", {})
        longest = min(about.get("max_tokens", self._network.max_tokens), self._network.max_tokens)
        self._tokens = Tokens(folder, self._network.padding, longest)
        self._precision = device.precision(about.get("precision", "auto"))

    def score(self, queries: Sequence[str], passages: Sequence[str]) -> np.ndarray:
        """The score of each passage for the query at the same place → float32 [n]; ValueError if uneven."""
        if len(queries) != len(passages):
            raise ValueError(f"found {len(queries)} queries and {len(passages)} passages, expected as many")
        rows = self._tokens.rows(queries), self._tokens.rows(passages)
        return score(self._network, self._tokens, *rows, self._precision)

    def rank(self, query: str, passages: Sequence[str]) -> list[Ranked]:
        """The passages from the best down, ties as they came."""
        scores = self.score([query] * len(passages), passages)
        order = np.argsort(-scores, kind="stable")
        return [Ranked(int(place), float(scores[place])) for place in order]
