"""What is told of a lexicon, of whatever kind."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.lexicons.dictionaries import seed_dictionary
from switchrank.lexicons.induction import quality
from switchrank.stages.training_words import training_word_counts

FROM_ENGLISH, TO_ENGLISH = "from_english", "to_english"


def lexicon_stats(
    language: str,
    method: str,
    lexicons: Mapping[str, pd.DataFrame],
    corpus: Path,
    dictionaries: Path | None,
    vocabularies: Mapping[str, Collection[str]] | None = None,
) -> dict[str, Any]:
    """Give the figures of the lexicons of a language.

    Args:
        language: ISO 639-1.
        method: how they were made.
        lexicons: FROM_ENGLISH, and TO_ENGLISH where there is one → source, target, score or share.
        corpus: folder of the collection, for the coverage of its training words.
        dictionaries: folder of the tagging schema's translations, whose test part measures; None where it
            would be no fair measure.
        vocabularies: what the targets of each were chosen from; without it, the targets.

    Returns:
        ready for JSON; of each lexicon its counts and what lexicon.quality gives; coverage_of_training_words
        is the share of the different words that are entries by themselves, ..._tokens that of all words.
    """
    counts, known = training_word_counts(corpus, "en"), set(lexicons[FROM_ENGLISH]["source"])
    tested = seed_dictionary(dictionaries, language)[0].query("part == 'test'") if dictionaries else None
    told = {}
    for name, lexicon in lexicons.items():
        told[name] = _counts(lexicon)
        if tested is not None:
            pairs = tested if name == FROM_ENGLISH else _swapped(tested)
            told[name] |= quality(lexicon, pairs, (vocabularies or {}).get(name, set(lexicon["target"])))
    covered = sum(n for word, n in counts.items() if word in known)
    return {
        "language": language,
        "method": method,
        **told,
        "coverage_of_training_words": sum(word in known for word in counts) / max(1, len(counts)),
        "coverage_of_training_tokens": covered / max(1, counts.total()),
    }


def _swapped(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs.rename(columns={"source": "target", "target": "source"})


def _counts(lexicon: pd.DataFrame) -> dict[str, Any]:
    sources = lexicon["source"].unique()
    return {
        "words": len(sources),
        "of_several_words": sum(" " in source for source in sources),
        "translations_per_word": len(lexicon) / max(1, len(sources)),
    }
