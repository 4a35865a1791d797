"""The making of a lexicon, of whatever kind, and its figures."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from switchrank.lexicons.base import LEXICONS, Inputs
from switchrank.lexicons.quality import counts, coverage, quality, unseen_pairs
from switchrank.lexicons.vocabulary import training_words
from switchrank.registry import make


def make_lexicon(entry: Mapping[str, Any], inputs: Inputs) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Make and measure a lexicon from one language into another.

    Args:
        entry: of the config, with its kind.
        inputs: what the kind needs.

    Returns:
        what Lexicon.make gives; and, ready for JSON, source, target, method, and the figures of
        quality.counts, quality.quality (unless it would be unfair or the schema lacks a language) and
        quality.coverage.
    """
    cls, settings = make(LEXICONS, entry)
    kind = cls(settings)
    lexicon = kind.make(inputs)
    stats = {"source": inputs.source, "target": inputs.target, "method": kind.method} | counts(lexicon)
    pairs = unseen_pairs(inputs.names, inputs.source, inputs.target, inputs.source_language)
    if cls.measured and pairs is not None:
        stats |= quality(lexicon, pairs, kind.target_words(inputs, lexicon))
    return lexicon, stats | coverage(lexicon, training_words(inputs.corpus, inputs.source))
