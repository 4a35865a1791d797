"""The files of a model as Hugging Face lays them out: which are taken, and that none of them brings code."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from switchrank.files import reading, write_text, writing

# Weights as safetensors alone: other formats are pickles, which can run code when they are read.
TAKEN = r"^(?:[A-Za-z0-9][A-Za-z0-9._-]*\.(?:safetensors|json|model)|(?:vocab|merges)\.txt)\Z"
TAKEN_ARE = "*.safetensors, *.json, *.model, vocab.txt, merges.txt: other files can hold code"
_CONFIG = "config.json"
_CAN_NAME_CODE = (_CONFIG, "tokenizer_config.json")
# By these keys: a model's own code, and kernels that are fetched from a hub.
_CODE = ("auto_map", "attn_implementation", "_attn_implementation", "use_kernels")
_VOCABULARIES = ("tokenizer.json", "vocab.json", "vocab.txt")


def lacking(names: Collection[str]) -> str | None:
    """What is not among the names of a model's files, but must be: "found no …, expected …"; or None."""
    if _CONFIG not in names:
        return f"found no {_CONFIG}, expected one"
    if not any(name.endswith(".safetensors") for name in names):
        return "found no *.safetensors, expected weights in this format"
    if not any(name in _VOCABULARIES or name.endswith(".model") for name in names):
        return f"found no tokenizer, expected {', '.join(_VOCABULARIES)} or *.model"
    return None


def link_files(files: Mapping[str, Path], folder: Path) -> None:
    """Link a model's files, given by name, into the empty `folder`; of configs a copy that asks for no code.

    Raises:
        UserError: a config is no JSON.
    """
    for name, path in files.items():
        if name in _CAN_NAME_CODE:
            with reading(path, "expected a mapping in JSON"):
                content = dict(json.loads(path.read_text(encoding="utf-8")))
            write_text(folder / name, json.dumps(_without_code(content)))
        else:
            with writing(folder):
                (folder / name).symlink_to(path.resolve())


def _without_code(content: Any) -> Any:
    if not isinstance(content, dict):
        return content
    return {key: _without_code(value) for key, value in content.items() if key not in _CODE}
