"""Tiny models in folders as Hugging Face lays them out, made on the spot."""

import torch
import transformers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

WORDS = ("water", "cold", "house", "is", "the", "red", "wasser", "kalt")
SPECIAL = {"unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]"}
PIECES = [*SPECIAL.values(), *WORDS]
SMALL = {
    "vocab_size": len(PIECES),
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 24,
    "max_position_embeddings": 40,
    "pad_token_id": 3,
}
CONFIGS = {
    "bert": lambda **more: transformers.BertConfig(**SMALL, **more),
    "xlm-r": lambda **more: transformers.XLMRobertaConfig(**SMALL, **more),
    "modernbert": lambda **more: transformers.ModernBertConfig(
        **SMALL, cls_token_id=1, sep_token_id=2, bos_token_id=1, eos_token_id=2, **more
    ),
}
TEXTS = ["the water is cold", "red house", "wasser kalt kalt kalt"]


def tokenizer():
    """A tokenizer of whole words, with the template of BERT."""
    backend = Tokenizer(models.WordLevel({piece: number for number, piece in enumerate(PIECES)}, "[UNK]"))
    backend.normalizer = normalizers.Lowercase()
    backend.pre_tokenizer = pre_tokenizers.Whitespace()
    backend.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    return transformers.PreTrainedTokenizerFast(tokenizer_object=backend, model_max_length=32, **SPECIAL)


def write_model(folder, architecture, cls="AutoModel", seed=1, **config):
    """Write a model with random weights, as `cls` writes it, and its tokenizer; give the folder."""
    torch.manual_seed(seed)
    made = getattr(transformers, cls).from_config(CONFIGS[architecture](**config))
    made.save_pretrained(folder)
    tokenizer().save_pretrained(folder)
    return folder


def outputs(folder, cls="AutoModel"):
    """What the model in a folder gives for some texts: hidden states, or scores."""
    read = transformers.AutoTokenizer.from_pretrained(folder)
    batch = read(TEXTS, padding=True, return_tensors="pt")
    with torch.inference_mode():
        made = getattr(transformers, cls).from_pretrained(folder).eval()(**batch)
    return made.logits if hasattr(made, "logits") else made.last_hidden_state
