"""The figures of a lexicon: its counts, its precision on a dictionary not seen, what it covers."""

from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.lexicons.dictionaries import has_names, seed_dictionary
from switchrank.lexicons.tsv import to_mapping


def counts(lexicon: pd.DataFrame) -> dict[str, Any]:
    """Count a lexicon's sources: words, of_several_words; and translations_per_word."""
    sources = lexicon["source"].unique()
    return {
        "words": len(sources),
        "of_several_words": sum(" " in source for source in sources),
        "translations_per_word": len(lexicon) / max(1, len(sources)),
    }


def unseen_pairs(folder: str | Path, source: str, target: str, source_language: str) -> pd.DataFrame | None:
    """The test part of the seed dictionary, source and target as a lexicon between these languages has them.

    Which part a pair is in, its word of the source language decides; see dictionaries. None if the schema has
    not got both languages.
    """
    if not (has_names(folder, source) and has_names(folder, target)):
        return None
    language = target if source == source_language else source
    pairs = seed_dictionary(folder, source_language, language)[0].query("part == 'test'")
    if source == source_language:
        return pairs
    return pairs.rename(columns={"source": "target", "target": "source"})


def quality(lexicon: pd.DataFrame, pairs: pd.DataFrame, target_words: Collection[str]) -> dict[str, Any]:
    """Measure a lexicon against a dictionary that it has not seen.

    Args:
        lexicon: source, target.
        pairs: source, target; a source may have several targets, each of which is right.
        target_words: the vocabulary that the lexicon's targets were chosen from.

    Returns:
        entries: source words of the dictionary; n: those that the lexicon has; coverage: n / entries;
        precision_at_1: share of the n whose translation is a right one; reachable: those of the n of which a
        right translation is in the target vocabulary at all; precision_at_1_reachable: share of them that are
        right. A share of nothing is None.
    """
    right = pairs.groupby("source")["target"].agg(set).to_dict()
    translations = to_mapping(lexicon)
    covered = [source for source in right if source in translations]
    vocabulary = set(target_words)
    reachable = [source for source in covered if right[source] & vocabulary]
    hits = sum(translations[source] in right[source] for source in covered)
    return {
        "entries": len(right),
        "n": len(covered),
        "coverage": _share(len(covered), len(right)),
        "precision_at_1": _share(hits, len(covered)),
        "reachable": len(reachable),
        "precision_at_1_reachable": _share(hits, len(reachable)),
    }


def coverage(lexicon: pd.DataFrame, training_words: Counter[str]) -> dict[str, float]:
    """The shares of the training words, the different ones and all, that are sources by themselves."""
    sources = set(lexicon["source"])
    covered = {word: count for word, count in training_words.items() if word in sources}
    return {
        "coverage_of_training_words": len(covered) / max(1, len(training_words)),
        "coverage_of_training_tokens": sum(covered.values()) / max(1, training_words.total()),
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
