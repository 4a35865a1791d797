"""Cross-entropy over a positive and its negatives (localised contrastive estimation, Gao et al. 2021)."""

import torch
import torch.nn.functional as F
from torch import Tensor

from switchrank.rankers.losses.base import Loss, Twins


class Softmax(Loss):
    """Of the positive among all passages of its instance."""

    def __call__(self, scores: Tensor, twins: Twins | None = None) -> Tensor:
        """See Loss."""
        return F.cross_entropy(scores, torch.zeros(len(scores), dtype=torch.long, device=scores.device))
