"""What every ranker gives: fit, score, save, load."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
import pandas as pd


class Ranker(Protocol):
    """A model that scores a passage for a query, both given as text."""

    def fit(
        self, pairs: pd.DataFrame, seed: int, checkpoint: Path, evaluate: Callable[[], float]
    ) -> pd.DataFrame:
        """Train on pairs; go on from `checkpoint` where that file exists.

        Args:
            pairs: columns instance (one positive and its negatives share it), label (1 or 0), query, passage
                (texts).
            seed: of the order of the instances, and of what is initialised by chance.
            checkpoint: a file written now and then outside the results; a training that goes on from it ends
                with the same weights. The caller removes it once the model is saved.
            evaluate: gives MRR@10 on dev with the weights as they are; called now and then.

        Returns:
            the learning curve: columns step, loss, dev_mrr (NaN where it was not evaluated).
        """
        ...

    def score(self, pairs: pd.DataFrame) -> np.ndarray:
        """Score pairs.

        Args:
            pairs: columns query, passage (texts), n rows.

        Returns:
            float32 [n], higher is more relevant.
        """
        ...

    def save(self, folder: Path) -> None:
        """Write model.safetensors and config.json into `folder`."""
        ...

    @classmethod
    def load(cls, folder: Path, *resources: Any) -> Self:
        """Read what `save` wrote; it scores exactly as what was saved.

        Raises:
            UserError: a file is missing or is not what is expected.
        """
        ...
