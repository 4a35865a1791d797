"""What every loss takes and gives; a kind of loss is a class in a file of its own, named in LOSSES."""

from abc import ABC, abstractmethod
from typing import ClassVar, NamedTuple

from torch import Tensor

from switchrank.registry import Registry

LOSSES = Registry(
    "loss",
    "switchrank.losses",
    {
        "bce": "switchrank.rankers.losses.bce:BinaryCrossEntropy",
        "softmax": "switchrank.rankers.losses.softmax:Softmax",
        "aligned": "switchrank.rankers.losses.aligned:Aligned",
    },
)


class Twins(NamedTuple):
    """What the model makes of queries alone, and of what they were before they were switched."""

    switched: Tensor  # [instances, width]
    source: Tensor  # likewise


class Loss(ABC):
    """A loss of some instances, each a positive and its negatives: their mean."""

    needs_twins: ClassVar[bool] = False

    @abstractmethod
    def __call__(self, scores: Tensor, twins: Twins | None = None) -> Tensor:
        """The loss of scores, float32 [instances, 1 + negatives], the positive's first; a scalar."""
