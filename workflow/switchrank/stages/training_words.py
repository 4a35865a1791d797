"""The words of the training texts, which the English vocabulary has whatever their frequency."""

from collections import Counter
from pathlib import Path

from switchrank.files import read_parquet
from switchrank.words import normalize, words


def training_words(corpus: Path) -> list[str]:
    """The different English words of training queries and passages."""
    return sorted(training_word_counts(corpus))


def training_word_counts(corpus: Path) -> Counter[str]:
    """How often each English word stands in the training queries and passages."""
    splits = read_parquet(corpus / "splits.parquet").query("split == 'train'")
    found: Counter[str] = Counter()
    for side, name in (("query", "queries"), ("passage", "passages")):
        frame = read_parquet(corpus / "en" / f"{name}.parquet")
        kept = frame[frame[f"{side}_id"].isin(splits.loc[splits["side"] == side, "id"])]
        found.update(normalize(word) for text in kept["text"] for word in words(text))
    return found
