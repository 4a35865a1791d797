"""The one form of all pretrained models: Hugging Face's, with the input embeddings in a file of their own.

Most of a multilingual encoder's weights are the vectors of its pieces, of which a collection uses few: what
reads these alone need not read the rest.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
import transformers
from safetensors.torch import save_file
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from switchrank.errors import UserError
from switchrank.files import atomic, reason_of, write_json, write_text

EMBEDDINGS = "model-00001-of-00002.safetensors"
OTHERS = "model-00002-of-00002.safetensors"
INDEX = "model.safetensors.index.json"
TOKENIZER = "tokenizer.json"
# Only files at hand are read, and no code that a model brings is run.
_SAFELY = {"local_files_only": True, "trust_remote_code": False}


def write_normal_form(source: Path, folder: Path, named: str) -> None:
    """Write the model and the tokenizer in the folder `source` into the empty `folder`.

    It is a model that gives one number for a text, in float32; a classification head that gives as many is
    kept, if there is one, and any other left out. `named` stands for `source` in messages.

    Raises:
        UserError: `source` holds no such model, or no fast tokenizer.
    """
    with _quietly(), _loading(source, named):
        tokenizer = AutoTokenizer.from_pretrained(source, **_SAFELY)
        model, loaded = AutoModelForSequenceClassification.from_pretrained(
            source,
            num_labels=1,
            dtype=torch.float32,
            use_safetensors=True,
            ignore_mismatched_sizes=True,
            output_loading_info=True,
            **_SAFELY,
        )
        vectors = model.get_input_embeddings().weight
    _write_tokenizer(tokenizer, folder, named)
    _write_weights(model, vectors, _not_loaded(model, loaded, named), folder)
    model.config.architectures = [type(model).__name__]
    write_text(folder / "config.json", model.config.to_json_string())


@contextmanager
def _quietly() -> Iterator[None]:
    """Without reports on what was loaded: what matters of it is an error here."""
    logging = transformers.logging
    verbosity, progress = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)
        if progress:
            logging.enable_progress_bar()


@contextmanager
def _loading(source: Path, named: str) -> Iterator[None]:
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:  # tokenizers raises nothing narrower, transformers whatever it came across
        reason = reason_of(error).replace(str(source), named)
        expected = f"expected weights and a tokenizer that transformers {transformers.__version__} reads"
        raise UserError(f"{named}: cannot be loaded ({reason}), {expected}") from error


def _not_loaded(model: Any, loaded: Mapping[str, Any], named: str) -> set[str]:
    """The tensors of a model to be left out: the source has none of the kind, or of another shape."""
    body = f"{model.base_model_prefix}."
    misshaped = {name for name, *_ in loaded["mismatched_keys"]}
    lacking = misshaped | set(loaded["missing_keys"])
    for name in sorted(lacking):
        if name.startswith(body) and ".pooler." not in name:
            raise UserError(f"{named}: found no weights called {name}, or of another shape, expected them")
    names = model.state_dict().keys()
    of_heads = {name for name in names if not name.startswith(body)}
    if misshaped:  # the head for another number of labels
        return lacking | of_heads
    parts = {name.partition(".")[0] for name in lacking & of_heads}
    return lacking | {name for name in of_heads if name.partition(".")[0] in parts}


def _write_weights(model: Any, vectors: torch.Tensor, left_out: set[str], folder: Path) -> None:
    weights = {name: tensor for name, tensor in model.state_dict().items() if name not in left_out}
    # A tensor that has several names is written under its first, as Hugging Face does it.
    names = {tensor.data_ptr(): name for name, tensor in reversed(weights.items())}
    first = names.pop(vectors.data_ptr())
    files = {EMBEDDINGS: [first], OTHERS: sorted(names.values())}
    for file, contents in files.items():
        tensors = {name: weights[name].contiguous() for name in contents}
        with atomic(folder / file) as aside:
            save_file(tensors, aside, {"format": "pt"})
    places = {name: file for file, contents in files.items() for name in contents}
    size = sum(weights[name].nbytes for name in places)
    index = {"metadata": {"total_size": size}, "weight_map": dict(sorted(places.items()))}
    write_json(folder / INDEX, index)


def _write_tokenizer(tokenizer: Any, folder: Path, named: str) -> None:
    """Write a tokenizer so that it is read as it is, and not made anew by a class of its model's."""
    if not tokenizer.is_fast:
        raise UserError(f"{named}: found {type(tokenizer).__name__}, expected a fast tokenizer")
    backend = tokenizer.backend_tokenizer
    backend.no_truncation()
    backend.no_padding()
    write_text(folder / TOKENIZER, backend.to_str(pretty=True))
    keys = ("model_max_length", "model_input_names", "padding_side", "truncation_side")
    about = {key: getattr(tokenizer, key) for key in keys} | tokenizer.special_tokens_map
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "PreTrainedTokenizerFast", **about})
