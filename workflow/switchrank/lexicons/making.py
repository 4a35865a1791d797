"""The making of a lexicon, of whatever kind, and its figures."""

from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.lexicons.base import LEXICONS, Inputs
from switchrank.lexicons.dictionaries import has_names, seed_dictionary
from switchrank.lexicons.tsv import to_mapping
from switchrank.lexicons.vocabulary import training_words
from switchrank.registry import make
from switchrank.text.normalisation import phrase


def make_lexicon(entry: Mapping[str, Any], inputs: Inputs) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Make the lexicon of a config entry; also its languages, method and figures, ready for JSON.

    Its quality is left out where measuring it would be unfair or the tagging schema lacks a language.
    """
    cls, settings = make(LEXICONS, entry)
    kind = cls(settings)
    lexicon = kind.make(inputs)
    sources = lexicon["source"].unique()
    stats = {
        "source": inputs.source,
        "target": inputs.target,
        "method": kind.method,
        "words": len(sources),
        "of_several_words": sum(" " in source for source in sources),
        "translations_per_word": len(lexicon) / max(1, len(sources)),
    }
    pairs = unseen_pairs(inputs.names, inputs.source, inputs.target, inputs.source_language)
    if cls.measured and pairs is not None:
        stats |= quality(lexicon, pairs, kind.target_words(inputs, lexicon), inputs.target)
    return lexicon, stats | coverage(lexicon, training_words(inputs.corpus, inputs.source))


def unseen_pairs(folder: str | Path, source: str, target: str, source_language: str) -> pd.DataFrame | None:
    """The test part of the seed dictionary in a lexicon's direction; None if the schema lacks a language."""
    if not (has_names(folder, source) and has_names(folder, target)):
        return None
    forth = source == source_language
    pairs = seed_dictionary(folder, source_language, target if forth else source)[0].query("part == 'test'")
    return pairs if forth else pairs.rename(columns={"source": "target", "target": "source"})


def quality(
    lexicon: pd.DataFrame, pairs: pd.DataFrame, target_words: Collection[str], language: str
) -> dict[str, Any]:
    """Measure a lexicon against pairs of a dictionary that it has not seen; a share of nothing is None.

    Sources and the dictionary are normalised; the lexicon's targets, in `language`, may be of any casing.
    Entries are the source words of the dictionary, each of whose targets is right; n those that the lexicon
    has; reachable those of the n with a right translation among the words that it was chosen from.
    """
    right = pairs.groupby("source")["target"].agg(set).to_dict()
    translations = {source: phrase(target, language) for source, target in to_mapping(lexicon).items()}
    vocabulary = {phrase(word, language) for word in target_words}
    covered = [source for source in right if source in translations]
    reachable = [source for source in covered if right[source] & vocabulary]
    hits = sum(translations[source] in right[source] for source in covered)
    return {
        "entries": len(right),
        "n": len(covered),
        "coverage": len(covered) / len(right) if right else None,
        "precision_at_1": hits / len(covered) if covered else None,
        "reachable": len(reachable),
        "precision_at_1_reachable": hits / len(reachable) if reachable else None,
    }


def coverage(lexicon: pd.DataFrame, training_words: Counter[str]) -> dict[str, float]:
    """The shares of the training words, the different ones and all, that are sources by themselves."""
    sources = set(lexicon["source"])
    covered = {word: count for word, count in training_words.items() if word in sources}
    return {
        "coverage_of_training_words": len(covered) / max(1, len(training_words)),
        "coverage_of_training_tokens": sum(covered.values()) / max(1, training_words.total()),
    }
