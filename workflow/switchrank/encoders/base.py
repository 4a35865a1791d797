"""What an encoder of texts gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np


@dataclass(frozen=True)
class Tokens:
    """Texts as flat arrays: text i has rows offsets[i] to offsets[i + 1] of `pieces`."""

    pieces: np.ndarray  # int32 [tokens], ids of the vocabulary, without sentence marks
    offsets: np.ndarray  # int64 [texts + 1]


class TextEncoder(Protocol):
    """A frozen model that turns texts into vectors.

    Attributes:
        vocabulary: how many different pieces its tokens may be.
    """

    vocabulary: int

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Sentence vectors: float32 [texts, dim], rows of unit length."""
        ...

    def encode_tokens(self, texts: Sequence[str]) -> tuple[Tokens, np.ndarray, np.ndarray]:
        """Tokens, their contextual vectors, and the sentence vectors.

        Returns:
            the tokens of the texts; float32 [tokens, dim], rows of unit length; float32 [texts, dim], rows of
            unit length.
        """
        ...
