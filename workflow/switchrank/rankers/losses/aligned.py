"""Binary cross-entropy, and a term that draws a switched query to what it was before it was switched.

Code-mixed training aligns languages but can hamper the matching of queries and passages; ContrastiveMix
(Do et al., NAACL 2024) adds a contrastive loss on the side of the query: of the queries of a batch, a
switched one shall be nearest to its own source. Here both are the mean vectors that the cross-encoder gives
to the query alone.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from switchrank.rankers.losses.base import Loss, Twins
from switchrank.rankers.losses.bce import BinaryCrossEntropy

_TEMPERATURE = 0.05


class Aligned(Loss):
    """Both in equal parts."""

    needs_twins = True

    def __call__(self, scores: Tensor, twins: Twins | None = None) -> Tensor:
        """See Loss; of a single instance, there is nothing that its query could be nearer to."""
        switched, source = (F.normalize(vectors.float(), dim=-1) for vectors in twins)
        similarities = switched @ source.T / _TEMPERATURE
        own = torch.arange(len(similarities), device=similarities.device)
        return BinaryCrossEntropy()(scores) + F.cross_entropy(similarities, own)
