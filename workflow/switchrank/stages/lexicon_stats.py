"""What is told of a lexicon, of whatever kind."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.stages.training_words import training_word_counts


def lexicon_stats(
    language: str,
    method: str,
    from_english: pd.DataFrame,
    to_english: pd.DataFrame | None,
    qualities: Mapping[str, Mapping[str, Any]],
    corpus: Path,
) -> dict[str, Any]:
    """Give the figures of the lexicons of a language.

    Args:
        language: ISO 639-1.
        method: how they were made.
        from_english, to_english: source, target, score.
        qualities: "from_english", "to_english" → what lexicon.quality gives; empty where there is no
            dictionary that it could fairly be measured against.
        corpus: folder of the collection, for the coverage of its training words.

    Returns:
        ready for JSON; coverage_of_training_words is the share of the different words, ..._tokens of all
        words.
    """
    counts, known = training_word_counts(corpus), set(from_english["source"])
    both = {"from_english": from_english, "to_english": to_english}
    return {
        "language": language,
        "method": method,
        **{
            name: _counts(own) | dict(qualities.get(name, {}))
            for name, own in both.items()
            if own is not None
        },
        "coverage_of_training_words": sum(word in known for word in counts) / max(1, len(counts)),
        "coverage_of_training_tokens": sum(n for word, n in counts.items() if word in known)
        / max(1, counts.total()),
    }


def _counts(lexicon: pd.DataFrame) -> dict[str, Any]:
    sources = lexicon["source"].unique()
    return {
        "words": len(sources),
        "of_several_words": sum(" " in source for source in sources),
        "translations_per_word": len(lexicon) / max(1, len(sources)),
    }
