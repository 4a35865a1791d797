"""Tiny transformers with random weights, in the form that pretrained models have: see pretrained.base."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers
from tokenizers.processors import TemplateProcessing
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer, PreTrainedModel

from switchrank.pretrained.normal_form import EMBEDDINGS, INDEX, OTHERS
from switchrank.rankers.tokens import Inputs, Tokens
from switchrank.rankers.transformer import Transformer

KINDS = ("bert", "xlm-roberta", "modernbert")
LAYERS, POSITIONS = 3, 48

# Words of several scripts, long and short, that the tokenizers know; the longer ones by their letters.
WORDS = [
    *("a", "I", "the", "red", "yellow", "house", "mouse", "children's", "umbrella", "butterfly", "7,5"),
    *("der", "Straße", "Häuser", "Schmetterling", "Regenschirm", "città", "più", "ragazza", "vlinder"),
    *(
        "дом",
        "бабочка",
        "зонтик",
        "ёж",
        "ярко-жёлтый",
        "بيت",
        "فراشة",
        "مظلة",
        "猫",
        "蝶々",
        "한국",
        "0123456789",
    ),
]

# Queries and passages, from single words to more than can be read.
TEXTS = [(" ".join(WORDS[n : n + 1 + n // 3]), " ".join(WORDS[: n + 1])) for n in range(0, 14, 2)]

_BERT = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
_BERT |= {"mask_token": "[MASK]"}
_XLMR = {"cls_token": "<s>", "pad_token": "<pad>", "sep_token": "</s>", "unk_token": "<unk>"}
_XLMR |= {"mask_token": "<mask>"}
_SIZES = {"hidden_size": 32, "num_attention_heads": 4, "intermediate_size": 40, "num_hidden_layers": LAYERS}


def write_tiny(folder: Path, kind: str, head: bool = True, positions: int = POSITIONS, seed: int = 0) -> Path:
    """Write a model of a kind into a folder → the folder.

    Args:
        folder: which is made.
        kind: one of KINDS.
        head: whether it has a classification head, of one label.
        positions: how many tokens it can read.
        seed: of the weights.
    """
    folder.mkdir(parents=True)
    tokenizer, special = _TOKENIZERS[kind]()
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    names = ["input_ids", "attention_mask", *(["token_type_ids"] if kind == "bert" else [])]
    about = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": positions}
    _write_json(folder / "tokenizer_config.json", about | {"model_input_names": names} | special)
    model = _model(kind, tokenizer, special["pad_token"], positions, seed)
    (folder / "config.json").write_text(model.config.to_json_string())
    write_weights(folder, model, head)
    return folder


def write_weights(folder: Path, model: PreTrainedModel, head: bool = True) -> None:
    """Write a model's weights, with or without those of its head, and their index."""
    weights = {name: weight.contiguous() for name, weight in model.state_dict().items()}
    if not head:
        body = f"{model.base_model_prefix}."
        weights = {
            name: weight
            for name, weight in weights.items()
            if name.startswith(body) and ".pooler." not in name
        }
    embeddings = model.get_input_embeddings().weight
    first = next(name for name, weight in model.named_parameters() if weight is embeddings)
    files = {EMBEDDINGS: [first], OTHERS: sorted(weights.keys() - {first})}
    for file, names in files.items():
        save_file({name: weights[name] for name in names}, folder / file, {"format": "pt"})
    places = {name: file for file, names in files.items() for name in names}
    size = sum(weight.nbytes for weight in weights.values())
    _write_json(folder / INDEX, {"metadata": {"total_size": size}, "weight_map": places})


def read(folder: Path, texts=TEXTS, most: int = POSITIONS, **options) -> tuple[Transformer, Inputs]:
    """A transformer with the pieces of some texts alone, and these texts as a batch."""
    network = Transformer(folder, **options)
    tokens = Tokens(folder, network.padding, most)
    rows = [tokens.rows(list(side)) for side in zip(*texts, strict=True)]
    network.use(tokens.pieces(np.concatenate(rows)))
    return network, tokens.joined(*rows)


@torch.inference_mode()
def scores(network: Transformer, inputs: Inputs) -> np.ndarray:
    """What the network gives."""
    return network(inputs).numpy()


def whole(folder: Path) -> PreTrainedModel:
    """The model in a folder as Hugging Face loads it."""
    return AutoModelForSequenceClassification.from_pretrained(folder, local_files_only=True).eval()


@torch.inference_mode()
def whole_scores(folder: Path, model: PreTrainedModel | None = None, texts=TEXTS, most: int = POSITIONS):
    """What Hugging Face's model gives, by default the one in the folder."""
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    options = {"truncation": "longest_first", "max_length": most, "padding": True, "return_tensors": "pt"}
    encoded = tokenizer(*map(list, zip(*texts, strict=True)), **options)
    return (model or whole(folder))(**encoded).logits[:, 0].numpy()


def close(found: np.ndarray, expected: np.ndarray) -> None:
    """Assert that scores are the same, and tell texts apart."""
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert np.std(expected) > 0.05


def _model(kind: str, tokenizer: Tokenizer, padding: str, positions: int, seed: int) -> PreTrainedModel:
    """A model with weights so large that every one of them matters to its scores."""
    settings = _SIZES | {"vocab_size": tokenizer.get_vocab_size(), "num_labels": 1}
    settings |= {"pad_token_id": tokenizer.token_to_id(padding), "max_position_embeddings": positions}
    if kind == "bert":
        settings["type_vocab_size"] = 2
    elif kind == "xlm-roberta":  # the position of the first token is that behind the padding's
        settings |= {"type_vocab_size": 1, "max_position_embeddings": positions + 2}
    else:
        settings |= {"global_attn_every_n_layers": 2, "local_attention": 16}
        ends = {"bos": "[CLS]", "cls": "[CLS]", "eos": "[SEP]", "sep": "[SEP]"}
        settings |= {f"{name}_token_id": tokenizer.token_to_id(token) for name, token in ends.items()}
    model = AutoModelForSequenceClassification.from_config(AutoConfig.for_model(kind, **settings))
    model.config.architectures = [type(model).__name__]
    chance = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in sorted(model.named_parameters()):
            noise = torch.randn(weight.shape, generator=chance)
            is_scale = weight.dim() == 1 and name.endswith("weight")
            weight.copy_(1 + noise / 10 if is_scale else noise / 4)
    return model.eval()


def _wordpiece() -> tuple[Tokenizer, dict[str, str]]:
    """BERT's, uncased: [CLS] A [SEP] B [SEP], of which B and what follows have the type 1."""
    normalizer = normalizers.BertNormalizer(lowercase=True)
    words, letters = _words_and_letters([normalizer.normalize_str(word) for word in WORDS])
    pieces = [*_BERT.values(), *letters, *(f"##{letter}" for letter in letters), *words]
    vocabulary = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens([*_BERT.values()])
    tokenizer.post_processor = _in_brackets(tokenizer)
    return tokenizer, _BERT


def _unigram() -> tuple[Tokenizer, dict[str, str]]:
    """XLM-R's: <s> A </s></s> B </s>, all of type 0."""
    words, letters = _words_and_letters(WORDS)
    special = [_XLMR[name] for name in ("cls_token", "pad_token", "sep_token", "unk_token")]
    scores = [(piece, 0.0) for piece in special] + [(letter, -9.0) for letter in ["▁", *letters]]
    scores += [(f"▁{word}", -10.0) for word in words] + [("<mask>", 0.0)]
    tokenizer = Tokenizer(models.Unigram(scores, special.index("<unk>"), False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC()])
    metaspace = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), metaspace])
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.add_special_tokens([*_XLMR.values()])
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B:0 </s>",
        special_tokens=[(token, tokenizer.token_to_id(token)) for token in ("<s>", "</s>")],
    )
    return tokenizer, _XLMR


def _bytes() -> tuple[Tokenizer, dict[str, str]]:
    """ModernBERT's, of bytes; the special pieces, padding among them, come last."""
    bytes_ = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {piece: number for number, piece in enumerate([*bytes_, "th", "the", "Ġr", "Ġre"])}
    merges = [("t", "h"), ("th", "e"), ("Ġ", "r"), ("Ġr", "e")]
    tokenizer = Tokenizer(models.BPE(vocabulary, merges))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([*_BERT.values()])
    tokenizer.post_processor = _in_brackets(tokenizer)
    return tokenizer, _BERT


def _words_and_letters(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """Those words that are to be pieces, and all letters."""
    return sorted({word for word in words if 1 < len(word) < 7}), sorted(set("".join(words)))


def _in_brackets(tokenizer: Tokenizer) -> TemplateProcessing:
    return TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(token, tokenizer.token_to_id(token)) for token in ("[CLS]", "[SEP]")],
    )


_TOKENIZERS = {"bert": _wordpiece, "xlm-roberta": _unigram, "modernbert": _bytes}


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2), encoding="utf-8")
