"""A pretrained model of any kind, laid out, brought into the one form, and there as a whole or not at all."""

import hashlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from switchrank.assets.manifest import write_manifest
from switchrank.assets.scratch import locked, put_in_place, scratch
from switchrank.files import sha256, write_json, writing
from switchrank.pretrained.base import PRETRAINED, Inputs
from switchrank.pretrained.normal_form import EMBEDDINGS, OTHERS, TOKENIZER, write_normal_form
from switchrank.registry import make

ORIGIN = "origin.json"
_log = logging.getLogger(__name__)


def write_pretrained(
    entry: Mapping[str, Any],
    destination: str | Path,
    asset: str | Path | None = None,
    mirror: Path | None = None,
) -> None:
    """Make the folder `destination` hold a pretrained model; it appears, or is replaced, by one rename.

    `entry` is what the config says of it, `asset` the folder of the download that its kind names, `mirror`
    where downloads are looked for first. Beside the folder, its parent keeps what must not be fetched twice.
    The folder holds, for AutoModelForSequenceClassification with one label and for AutoTokenizer,

    - config.json, tokenizer.json, tokenizer_config.json, model.safetensors.index.json,
    - model-00001-of-00002.safetensors: the input embeddings alone, model-00002-of-00002.safetensors: all
      other tensors; both float32; without a classification head, unless the model has one with one label,
    - origin.json: kind, source, licence if it is known, and sha256 of weights and tokenizer.

    Raises:
        UserError: the model cannot be fetched or read; one line.
    """
    destination = Path(destination)
    kind, settings = make(PRETRAINED, entry)
    inputs = Inputs(kept=destination.parent, asset=Path(asset) if asset else None, mirror=mirror)
    lock, making = (destination.with_name(f".{destination.name}.{use}") for use in ("lock", "making"))
    with locked(lock), scratch(making) as folder:
        source, new = folder / "source", folder / "new"
        with writing(folder):
            source.mkdir()
            new.mkdir()
        origin = kind(settings).lay_out(source, inputs)
        write_normal_form(source, new, origin["source"])
        digests = {name: sha256(new / name) for name in (EMBEDDINGS, OTHERS, TOKENIZER)}
        write_json(new / ORIGIN, {"kind": entry["kind"], **origin, "sha256": digests})
        together = hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()
        pinned = {"sha256": together, "licence": origin.get("licence", "not known")}
        write_manifest(new, destination.name, pinned, digests)
        put_in_place(new, destination)
    _log.info("%s: %s, from %s", destination, entry["kind"], origin["source"])
