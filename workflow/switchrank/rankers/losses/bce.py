"""Binary cross-entropy, passage by passage: the paper's loss (Nogueira & Cho 2019's, with one logit)."""

import torch
import torch.nn.functional as F
from torch import Tensor

from switchrank.rankers.losses.base import Loss, Twins


class BinaryCrossEntropy(Loss):
    """Of each passage by itself: relevant or not."""

    def __call__(self, scores: Tensor, twins: Twins | None = None) -> Tensor:
        """See Loss."""
        labels = torch.zeros_like(scores)
        labels[:, 0] = 1
        return F.binary_cross_entropy_with_logits(scores, labels)
