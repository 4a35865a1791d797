"""Trainings of tiny transformers, of some instances with words that tiny transformers know."""

from dataclasses import replace

import numpy as np
import torch
from tiny_transformers import WORDS

from switchrank.rankers.cross_encoder import Settings
from switchrank.rankers.cross_encoder_training import train
from switchrank.rankers.tokens import Tokens
from switchrank.rankers.transformer import Transformer

INSTANCES = 8
CONFIG = Settings(
    model="tiny", steps=10, batch=4, negatives=2, learning_rate=0.01, warm_up=2, dropout=0.2, max_tokens=32
)
STILL = replace(CONFIG, dropout=0.0)


def texts(tokens, seed=0, epochs=1):
    """Rows of queries, passages (a positive, which has the query's word, and four negatives), and sources."""
    chance, shape = np.random.default_rng(seed), (epochs, INSTANCES)
    words = np.array(WORDS[: 5 * INSTANCES])
    queries, sources = (
        [f"{chance.choice(words)} {words[n]}" for _ in range(epochs) for n in range(INSTANCES)] for _ in "qs"
    )
    passages = [
        f"{words[n]} {' '.join(chance.choice(words, n % 3))}"
        for _ in range(epochs)
        for own in range(INSTANCES)
        for n in [own, *chance.choice(np.delete(np.arange(len(words)), own), 4, replace=False)]
    ]
    rows = tokens.rows(queries), tokens.rows(passages), tokens.rows(sources)
    return rows[0].reshape(shape), rows[1].reshape(*shape, 5), rows[2].reshape(shape)


def trained(folder, checkpoint, config=CONFIG, seed=1, evaluate=None, precision="fp32", drawn=0, epochs=1):
    """A trained transformer and its learning curve."""
    network = Transformer(folder, config.layers, config.dropout, seed)
    tokens = Tokens(folder, network.padding, config.max_tokens)
    rows = texts(tokens, drawn, epochs)
    network.use(tokens.pieces(np.concatenate([of.ravel() for of in rows])))
    network.freeze(config.frozen_embeddings, config.frozen_layers)
    evaluate = evaluate or (lambda: {"dev_mrr": 0.5})
    log = train(network, tokens, config, *rows, seed, precision, checkpoint, evaluate)
    return network, log


def weights(network):
    return torch.cat([value.detach().flatten() for _, value in sorted(network.named_parameters())])
