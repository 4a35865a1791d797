"""The words of the training texts, which a language's vocabulary has whatever their frequency."""

from collections import Counter
from pathlib import Path

from switchrank.files import read_parquet
from switchrank.text.terms import term_spans
from switchrank.text.words import normalize


def training_words(corpus: Path, language: str) -> list[str]:
    """The different words of a language's training queries and passages."""
    return sorted(training_word_counts(corpus, language))


def training_word_counts(corpus: Path, language: str) -> Counter[str]:
    """How often each word stands in a language's training queries and passages."""
    splits = read_parquet(corpus / "splits.parquet").query("split == 'train'")
    found: Counter[str] = Counter()
    for side, name in (("query", "queries"), ("passage", "passages")):
        frame = read_parquet(corpus / language / f"{name}.parquet")
        kept = frame[frame[f"{side}_id"].isin(splits.loc[splits["side"] == side, "id"])]
        for text in kept["text"]:
            found.update(normalize(text[start:end]) for start, end in term_spans(text, language))
    return found
