"""A pretrained transformer with one logit, in memory with only the pieces and layers that are needed.

A folder of such a model, pretrained or trained, is Hugging Face's, with the embeddings of the pieces in a
file of their own; see pretrained.base. Of 250,000 pieces a collection uses a few thousand: the embeddings of
the others are neither read nor trained, and are as they were when the model is saved.
"""

import json
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import torch
from huggingface_hub.errors import StrictDataclassError
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import AutoConfig, AutoModelForSequenceClassification, PreTrainedConfig

from switchrank.errors import UserError
from switchrank.files import atomic, copy, reading, write_json
from switchrank.pretrained.normal_form import EMBEDDINGS, INDEX, OTHERS
from switchrank.rankers.tokens import Inputs

CONFIG = "config.json"

_LOW_PIECES = 16  # a padding piece below this keeps its number, which positions may depend on (XLM-R)


class Transformer(nn.Module):
    """A model that gives one score to a query and its passage, joined.

    Attributes:
        model: Hugging Face's, over the pieces in use.
        pieces: those in use, sorted; the model has them under their place here.
        trains_embeddings: whether their embeddings are trained, too.
    """

    def __init__(
        self,
        folder: Path,
        layers: Sequence[int] | None = None,
        dropout: float | None = None,
        seed: int = 0,
    ):
        """Read a model's folder; without a head, one is drawn by the seed.

        Args:
            folder: see pretrained.base.
            layers: those to keep, from 0 and in this order; None for all.
            dropout: the share that is dropped in training, everywhere; None for the model's own.
            seed: of the head's first weights.

        Raises:
            UserError: a file is missing or damaged; there is no such layer, or it does not fit its place.
        """
        super().__init__()
        self._source = folder
        config = _config(folder / CONFIG)
        kept = list(range(config.num_hidden_layers)) if layers is None else list(layers)
        if problem := [layer for layer in kept if layer >= config.num_hidden_layers]:
            raise UserError(f"layers: found {problem[0]}, expected less than {config.num_hidden_layers}")
        self.config = _of_layers(config, kept)
        small = deepcopy(self.config)
        small.vocab_size, small.pad_token_id = _LOW_PIECES, self.padding if self.padding < _LOW_PIECES else 0
        if dropout is not None:
            _set_dropout(small, dropout)
        with reading(folder / CONFIG):
            self.model = AutoModelForSequenceClassification.from_config(small)
        self._layers, self._embeddings = _name_of_layers(self.model, small), _name_of_embeddings(self.model)
        with reading(folder / OTHERS):
            weights = load_file(folder / OTHERS)
        self._load(_renumbered(weights, self._layers, kept), seed)
        self.pieces = np.empty(0, np.int64)
        self.trains_embeddings = False
        self.eval()

    @property
    def padding(self) -> int:
        """The piece that fills batches up."""
        return self.config.pad_token_id or 0

    @property
    def max_tokens(self) -> int:
        """How many tokens it can read at most; XLM-R and its kind count positions from behind the padding."""
        skipped = [
            module.padding_idx + 1
            for name, module in self.model.named_modules()
            if name.endswith("position_embeddings") and module.padding_idx is not None
        ]
        return self.config.max_position_embeddings - sum(skipped)

    def use(self, pieces: np.ndarray) -> None:
        """Have the embeddings of these pieces, too."""
        pieces = np.union1d(pieces, self.pieces).astype(np.int64)
        if self.padding < _LOW_PIECES:
            pieces = np.union1d(pieces, np.arange(self.padding + 1))
        path, name = self._source / EMBEDDINGS, f"{self._embeddings}.weight"
        before = self.model.get_input_embeddings().weight
        with reading(path), safe_open(path, framework="pt") as archive:
            table = archive.get_tensor(name)  # memory-mapped
            if table.shape[1] != before.shape[1]:
                raise ValueError(f"vectors of {table.shape[1]} numbers, not of {before.shape[1]}")
            rows = table[torch.from_numpy(pieces)].to(before)
        if len(self.pieces):
            rows[np.searchsorted(pieces, self.pieces)] = before.detach()
        embedding = nn.Embedding.from_pretrained(rows, freeze=not self.trains_embeddings)
        self.model.set_input_embeddings(embedding)
        self.pieces = pieces

    def freeze(self, embeddings: bool, layers: int) -> None:
        """Leave the embeddings of pieces, the first so many layers, or both, as they are in training."""
        self.trains_embeddings = not embeddings
        self.model.get_input_embeddings().weight.requires_grad_(self.trains_embeddings)
        for layer in self.model.get_submodule(self._layers)[:layers]:
            layer.requires_grad_(False)

    def forward(self, inputs: Inputs) -> Tensor:
        """The scores of a batch: [rows], of the type of the weights."""
        return self.model(**self._tensors(inputs)).logits.squeeze(-1)

    def pooled(self, inputs: Inputs) -> Tensor:
        """The mean of the last layer's vectors over the tokens of each text: [rows, width]."""
        tensors = self._tensors(inputs)
        vectors = self.model.base_model(**tensors).last_hidden_state
        if "attention_mask" not in tensors:
            return vectors.mean(1)
        mask = tensors["attention_mask"][..., None].to(vectors)
        return (vectors * mask).sum(1) / mask.sum(1)

    def weights(self) -> dict[str, Tensor]:
        """All weights but the embeddings and, if these are trained, those in use with their `pieces`."""
        weights = {name: value.cpu().contiguous() for name, value in self.model.state_dict().items()}
        if self.trains_embeddings:
            return weights | {"pieces": torch.from_numpy(self.pieces)}
        del weights[f"{self._embeddings}.weight"]
        return weights

    def restore(self, weights: Mapping[str, Tensor]) -> None:
        """Take what `weights` gave; ValueError or RuntimeError if they do not fit."""
        own = dict(weights)
        if "pieces" in own:
            self.pieces = np.empty(0, np.int64)
            self.use(own.pop("pieces").numpy())
            self.freeze(embeddings=False, layers=0)
        missing, unexpected = self.model.load_state_dict(own, strict=False)
        if wrong := [*unexpected, *({*missing} - {f"{self._embeddings}.weight"})]:
            raise ValueError(f"the weight {wrong[0]} is missing, or one too many")

    def save(self, folder: Path, about: Mapping[str, Any] = MappingProxyType({})) -> None:
        """Write the whole model as Hugging Face's folder, which from_pretrained loads.

        `about` goes into config.json, too. Embeddings that were not trained are a link to the file that they
        were read from.
        """
        name = f"{self._embeddings}.weight"
        others = {key: value.cpu().contiguous() for key, value in self.model.state_dict().items()}
        used = others.pop(name)
        with atomic(folder / OTHERS) as aside:
            save_file(others, aside, metadata={"format": "pt"})
        with atomic(folder / EMBEDDINGS) as aside:
            if self.trains_embeddings:
                with reading(self._source / EMBEDDINGS):
                    table = load_file(self._source / EMBEDDINGS)[name]
                table[torch.from_numpy(self.pieces)] = used
                save_file({name: table}, aside, metadata={"format": "pt"})
            else:
                _link(self._source / EMBEDDINGS, aside)
        sizes = sum(path.stat().st_size for path in (folder / EMBEDDINGS, folder / OTHERS))
        files = {name: EMBEDDINGS} | dict.fromkeys(sorted(others), OTHERS)
        write_json(folder / INDEX, {"metadata": {"total_size": sizes}, "weight_map": files})
        config = json.loads(self.config.to_json_string(use_diff=False))
        config["architectures"] = [type(self.model).__name__]
        # Scores are logits, in sentence-transformers too.
        config["sentence_transformers"] = {"activation_fn": "torch.nn.modules.linear.Identity"}
        write_json(folder / CONFIG, config | dict(about))

    def _tensors(self, inputs: Inputs) -> dict[str, Tensor]:
        """A batch as the model takes it, with a mask only where something is padded."""
        device = self.model.device
        tensors = {"input_ids": torch.from_numpy(np.searchsorted(self.pieces, inputs.pieces)).to(device)}
        if getattr(self.config, "type_vocab_size", 0) > 1:
            tensors["token_type_ids"] = torch.from_numpy(inputs.types).to(device)
        if not inputs.mask.all():
            tensors["attention_mask"] = torch.from_numpy(inputs.mask).to(device)
        return tensors

    def _load(self, weights: Mapping[str, Tensor], seed: int) -> None:
        """Take weights; of a head that is missing draw matrices, let biases be 0 and scales 1."""
        body = f"{self.model.base_model_prefix}."
        with reading(self._source / OTHERS):
            missing, unexpected = self.model.load_state_dict(weights, strict=False)
            if unexpected:
                raise ValueError(f"{unexpected[0]} is no weight of a {type(self.model).__name__}")
            missing = {*missing} - {f"{self._embeddings}.weight"}
            head = {name for name in missing if not name.startswith(body) or ".pooler." in name}
            if lacking := sorted(missing - head):
                raise ValueError(f"the weight {lacking[0]} is missing")
        generator = torch.Generator().manual_seed(seed)
        with torch.no_grad():
            for name in sorted(head):
                weight = self.model.get_parameter(name)
                if weight.dim() > 1:
                    deviation = getattr(self.config, "initializer_range", 0.02)
                    weight.copy_(torch.empty_like(weight).normal_(0, deviation, generator=generator))
                else:
                    weight.fill_(float(not name.endswith("bias")))


def _config(path: Path) -> PreTrainedConfig:
    """A model's config; Unreadable if it is missing or damaged."""
    with reading(path):
        path.stat()
        try:
            return AutoConfig.from_pretrained(path.parent, local_files_only=True, trust_remote_code=False)
        except StrictDataclassError as error:  # a value of another type
            raise ValueError(str(error)) from error


def _set_dropout(config: PreTrainedConfig, dropout: float) -> None:
    """Set all shares that are dropped in training; what is None follows another one."""
    for name, value in vars(config).items():
        if "dropout" in name and isinstance(value, int | float):
            setattr(config, name, dropout)


def _of_layers(config: PreTrainedConfig, kept: Sequence[int]) -> PreTrainedConfig:
    """A config with one logit and these layers alone."""
    config = deepcopy(config)
    config.num_labels = 1
    config.num_hidden_layers = len(kept)
    if getattr(config, "layer_types", None):
        config.layer_types = [config.layer_types[layer] for layer in kept]
    return config


def _name_of_layers(model: nn.Module, config: PreTrainedConfig) -> str:
    """Where a model has its layers: the one list that is as long as there are layers."""
    lists = [
        name
        for name, module in model.named_modules()
        if isinstance(module, nn.ModuleList) and len(module) == config.num_hidden_layers
    ]
    if not lists:
        raise UserError(f"{type(model).__name__}: found no list of layers, expected an encoder with one")
    return min(lists, key=len)


def _name_of_embeddings(model: nn.Module) -> str:
    embeddings = model.get_input_embeddings()
    return next(name for name, module in model.named_modules() if module is embeddings)


def _renumbered(weights: Mapping[str, Tensor], layers: str, kept: Sequence[int]) -> dict[str, Tensor]:
    """The weights without those of layers that are not kept, the others numbered anew.

    Raises:
        UserError: a layer is built otherwise than the one whose place it takes.
    """
    others, of_layers = {}, defaultdict(dict)
    for name, weight in weights.items():
        if name.startswith(f"{layers}."):
            number, _, part = name.removeprefix(f"{layers}.").partition(".")
            of_layers[int(number)][part] = weight
        else:
            others[name] = weight
    for place, layer in enumerate(kept):
        if of_layers[layer].keys() != of_layers[place].keys():
            unlike = f"which is not built as layer {place} is"
            raise UserError(f"layers: found {layer} in place of {place}, {unlike}, expected one that is")
        others |= {f"{layers}.{place}.{part}": weight for part, weight in of_layers[layer].items()}
    return others


def _link(source: Path, target: Path) -> None:
    """Let a file be the same as another, by a link where the file system has one, else by a copy."""
    try:
        target.unlink()
        os.link(source, target)
    except OSError:
        copy(source, target)
