"""Scores of many queries and passages by a transformer, in batches that fill a budget of tokens."""

import logging
from copy import deepcopy

import numpy as np
import torch

from switchrank.errors import UserError
from switchrank.rankers import device
from switchrank.rankers.device import Precision
from switchrank.rankers.tokens import Tokens, batches
from switchrank.rankers.transformer import Transformer

_BUDGET = {"cpu": 2048, "cuda": 1 << 17}  # tokens at once: what the caches of a processor hold


@torch.inference_mode()
def score(
    network: Transformer, tokens: Tokens, queries: np.ndarray, passages: np.ndarray, precision: Precision
) -> np.ndarray:
    """Scores of passages for queries, rows of `tokens` → float32 [n]; the network stays as it is.

    Where memory is short, batches are made smaller.

    Raises:
        UserError: memory does not suffice for a single query and passage.
    """
    different, place = np.unique(np.stack([queries, passages]), axis=1, return_inverse=True)
    own = deepcopy(network)
    own.use(tokens.pieces(different))
    own.to(device.device()).eval()
    if precision == "bf16":
        for weight in own.parameters():  # not buffers: what turns by positions needs more digits
            weight.data = weight.data.to(torch.bfloat16)
    budget, lengths = _BUDGET[device.device().type], tokens.lengths(*different)
    scores, scored = np.empty(len(lengths), np.float32), np.zeros(len(lengths), bool)
    while not scored.all():
        left = np.flatnonzero(~scored)
        try:
            for batch in batches(lengths[left], budget):
                rows = left[batch]
                scores[rows] = own(tokens.joined(*different[:, rows])).float().cpu().numpy()
                scored[rows] = True
        except (MemoryError, RuntimeError) as error:
            if not device.is_out_of_memory(error):
                raise
            if len(rows) == 1:
                raise UserError("ranking: found too little memory for one query and passage") from error
            budget //= 2
            logging.info("memory is short: batches have %d tokens", budget)
            torch.cuda.empty_cache()
    return scores[place]
