"""Counts of what switching did to training texts: their ratios, and those of several draws as one."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any


def with_ratios(counts: Mapping[str, Any]) -> dict[str, Any]:
    """The counts of a side with realised_ratio and, of each of its languages, share.

    Both are what was switched to all words or, where whole texts were switched, to all texts.
    """
    every = max(1, counts["words"] if "words" in counts else counts["texts"])
    languages = {
        language: {**own, "share": own["switched"] / every} for language, own in counts["languages"].items()
    }
    return {**counts, "realised_ratio": counts["switched"] / every, "languages": languages}


def pooled(drawn: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    """The figures of training data that were drawn with several seeds, as those of one draw.

    `drawn` has the figures by seed, see data.make_training_data. The counts of `sides` are added up, ratios
    are of these sums; any other figure is the mean over seeds. `seeds` is how many seeds there are.
    """
    every = list(drawn.values())
    stats = {key: _mean([one[key] for one in every]) for key in every[0] if key != "sides"}
    if "sides" in every[0]:
        sides = _added([one["sides"] for one in every])
        stats["sides"] = {side: with_ratios(counts) for side, counts in sides.items()}
    return stats | {"seeds": len(every)}


def _mean(values: Sequence[Any]) -> Any:
    """Of what is the same for all seeds, such as settings, that."""
    return values[0] if values.count(values[0]) == len(values) else fmean(values)


def _added(counts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Nested counts, added up; one that is not there is 0."""
    total = {}
    for key in dict.fromkeys(key for one in counts for key in one):
        values = [one[key] for one in counts if key in one]
        total[key] = _added(values) if isinstance(values[0], Mapping) else sum(values)
    return total
