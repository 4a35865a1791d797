"""The cross-encoder: a pretrained transformer that reads query and passage together (Nogueira & Cho 2019).

Any encoder that Hugging Face's AutoModelForSequenceClassification knows, with one logit. The defaults are the
paper's (Litschko et al. 2023, section 4), but for the steps, which are the config's to say.

Torch and transformers, which take seconds to load, are imported where they are used.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, Self

import numpy as np
import pandas as pd

from switchrank.collections.base import KINDS
from switchrank.errors import UserError
from switchrank.files import atomic, copy, read_json, reading, write_json
from switchrank.rankers.base import Ranker, Resources
from switchrank.rankers.instances import arranged
from switchrank.registry import settings_of
from switchrank.settings import setting
from switchrank.training.draws import source_of


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the config may say of the ranker."""

    model: str = setting("the pretrained transformer that it starts from, one of `pretrained`")
    layers: tuple[int, ...] | None = setting(
        "which of its layers are kept, counted from 0; all of them if left out",
        None,
        minItems=1,
        items={"type": "integer", "minimum": 0},
    )
    frozen_embeddings: bool = setting("whether the embeddings of its pieces stay as they are", False)
    frozen_layers: int = setting(
        "how many of the layers kept, from the first, stay as they are", 0, minimum=0
    )
    loss: Literal["bce", "softmax", "aligned"] = setting(
        "`bce`: binary cross-entropy of each passage, as in the paper; `softmax`: cross-entropy over a "
        "positive and its negatives; `aligned`: `bce`, and a term that draws a switched query to its source",
        "bce",
    )
    steps: int = setting(
        "steps of the optimiser; the last one is the model, 0 leaves it untrained", minimum=0
    )
    batch: int = setting("instances (one positive and its negatives) in a step", 13, minimum=1)
    negatives: int = setting("negatives of each positive that are read", 4, minimum=1, maximum=4)
    learning_rate: float = setting("its peak", 0.00002, exclusiveMinimum=0)
    warm_up: int | None = setting(
        "steps until the peak; if left out, one in forty as in the paper", None, minimum=0
    )
    variant: Literal["paper", "released"] = setting(
        "of the schedule: `paper` comes down to 0 at the last step, `released` to .37 of the peak, as in the "
        "paper's released code",
        "paper",
    )
    weight_decay: float = setting("not on biases and norms", 0.01, minimum=0)
    dropout: float | None = setting(
        "in training; the model's own if left out", None, minimum=0, exclusiveMaximum=1
    )
    max_tokens: int = setting("of a query and a passage together; the longer is cut first", 512, minimum=8)
    accumulate: int = setting("parts of a step's batch whose gradients are added up", 1, minimum=1)
    precision: Literal["auto", "fp32", "bf16"] = setting(
        "`auto`: bf16 where processor or GPU have it, else fp32", "auto"
    )


class CrossEncoder(Ranker):
    """A pretrained transformer that reads query and passage together."""

    kind = "cross-encoder"
    Settings = Settings
    trained = True
    needs = frozenset({"pretrained"})
    exports = True
    shard = "pair"

    def __init__(self, settings: Settings, resources: Resources):
        super().__init__(settings, resources)
        self._read()

    @classmethod
    def varies(cls, settings: Settings) -> bool:
        """Whether there is anything to train."""
        return settings.steps > 0

    def fit(
        self,
        instances: pd.DataFrame,
        seed: int,
        checkpoint: Path,
        evaluate: Callable[[], Mapping[str, float]],
    ) -> pd.DataFrame:
        """Train by one of the losses; see Ranker.fit."""
        from switchrank.rankers import device
        from switchrank.rankers.cross_encoder_training import train
        from switchrank.rankers.losses.base import LOSSES

        settings, view = self.settings, self.resources.training_view
        self._read(seed)
        ordered, shape = arranged(instances)
        queries, passages = (self._rows(kind, ordered, view).reshape(shape) for kind in KINDS)
        sources = queries
        if view == "training" and LOSSES[settings.loss].needs_twins:
            sources = self._rows("query", _sources(ordered), "collection").reshape(shape)
        network = self._network
        network.use(self._tokens.pieces(np.concatenate([queries.ravel(), passages.ravel(), sources.ravel()])))
        network.freeze(settings.frozen_embeddings, settings.frozen_layers)
        network.to(device.device())
        rows = queries[..., 0], passages, sources[..., 0]
        precision = device.precision(settings.precision)
        return train(network, self._tokens, settings, *rows, seed, precision, checkpoint, evaluate)

    def score(self, candidates: pd.DataFrame, view: str = "collection") -> np.ndarray:
        """See Ranker.score; logits, float32.

        Equal texts are scored once. A score depends on what it is scored together with: in single precision
        by no more than 1e-4 (a test holds it to that), in half precision by more, which was not measured.
        """
        from switchrank.rankers import device
        from switchrank.rankers.scoring import score

        rows = [self._rows(kind, candidates, view) for kind in KINDS]
        if longer := self._tokens.longer(*rows):
            said = "%d of %d queries and their passages have more than %d tokens; the rest is not read"
            logging.info(said, longer, len(candidates), self._tokens.max_tokens)
        return score(self._network, self._tokens, *rows, device.precision(self.settings.precision))

    def save(self, folder: Path) -> None:
        """See Ranker.save; what the pretrained model has as it is, is not written.

        The precision is what it was trained in, and will be ranked with.
        """
        from safetensors.torch import save_file

        from switchrank.rankers import device

        with atomic(folder / "model.safetensors") as aside:
            save_file(self._network.weights(), aside)
        settings = replace(self.settings, precision=device.precision(self.settings.precision))
        write_json(folder / "config.json", {"kind": self.kind, **asdict(settings)})

    @classmethod
    def load(cls, folder: Path, resources: Resources) -> Self:
        """See Ranker.load; `resources` have the pretrained model that it was trained from."""
        from safetensors.torch import load_file

        with reading(folder / "config.json"):
            settings = settings_of(cls, read_json(folder / "config.json"))
        ranker, path = cls(settings, resources), folder / "model.safetensors"
        with reading(path):
            ranker._network.restore(load_file(path))
        return ranker

    def export(self, folder: Path) -> None:
        """Write the whole model as Hugging Face's folder, tokenizer included; see reranker."""
        from switchrank.rankers import device

        precision = device.precision(self.settings.precision)
        about = asdict(self.settings) | {"kind": self.kind, "precision": precision}
        self._network.save(folder, {"switchrank": about})
        for path in sorted(self.resources.pretrained.glob("*token*.json")):
            with atomic(folder / path.name) as aside:
                copy(path, aside)
        path = folder / "tokenizer_config.json"
        write_json(path, read_json(path) | {"model_max_length": self.settings.max_tokens})

    def _read(self, seed: int = 0) -> None:
        from switchrank.rankers.tokens import Tokens
        from switchrank.rankers.transformer import Transformer

        folder, settings = self.resources.pretrained, self.settings
        self._network = Transformer(folder, settings.layers, settings.dropout, seed)
        if self.settings.max_tokens > self._network.max_tokens:
            longest = f"at most {self._network.max_tokens}, which {self.settings.model} can read"
            raise UserError(f"max_tokens: found {self.settings.max_tokens}, expected {longest}")
        self._tokens = Tokens(folder, self._network.padding, self.settings.max_tokens)

    def _rows(self, kind: str, items: pd.DataFrame, view: str) -> np.ndarray:
        """The rows in the tokens of the items of a kind, in a view → int64 [n]."""
        corpus, rows = self.resources.texts(view), np.empty(len(items), np.int64)
        for language, ids in items.groupby(f"{kind}_language", sort=False)[f"{kind}_id"]:
            of_language = (items[f"{kind}_language"] == language).to_numpy()
            rows[of_language] = self._tokens.rows(list(corpus.texts(kind, language, ids)))
        return rows


def _sources(instances: pd.DataFrame) -> pd.DataFrame:
    """The queries that switched ones were made of, by their records; see training.draws.record_of."""
    ids = [source_of(*item) for item in zip(instances["query_id"], instances["epoch"], strict=True)]
    return instances.assign(query_id=ids)
