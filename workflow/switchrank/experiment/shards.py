"""Which pairs are ranked, measured and made into cells by one job.

A job takes seconds to start, so a cheap ranker does all pairs of a system in one. Pairs that come to the
config later make a shard of their own: what was there is not done again. What was once done together is
written down in the experiment's folder.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Recorded = Mapping[str, Sequence[Sequence[str]]]  # system → its shards, in the order in which they came


@dataclass(frozen=True)
class Shard:
    """Systems and the pairs that one job does for each of them.

    Attributes:
        systems: their names.
        pairs: the names of the pairs; of a shard of any single pair, the wildcard "{pair}".
    """

    systems: tuple[str, ...]
    pairs: tuple[str, ...]

    @property
    def name(self) -> str:
        """For names of logs: "en-en", or "en-en+35" for that pair and 35 more."""
        return self.pairs[0] if len(self.pairs) == 1 else f"{self.pairs[0]}+{len(self.pairs) - 1}"


def with_new_pairs(recorded: Recorded, pairs: Mapping[str, Sequence[str]]) -> dict[str, list[list[str]]]:
    """The shards of every system: those recorded, without pairs that are gone, and one of new pairs.

    Args:
        recorded: as it was written down; may be empty.
        pairs: system → its pairs, for systems whose pairs are done together.
    """
    shards = {}
    for system, wanted in pairs.items():
        kept = [[pair for pair in shard if pair in wanted] for shard in recorded.get(system, [])]
        known = {pair for shard in kept for pair in shard}
        new = [pair for pair in wanted if pair not in known]
        shards[system] = [shard for shard in [*kept, new] if shard]
    return shards


def shards(of_systems: Recorded) -> list[Shard]:
    """Systems with the same shard put together."""
    systems: dict[tuple[str, ...], list[str]] = {}
    for system, parts in of_systems.items():
        for pairs in parts:
            systems.setdefault(tuple(pairs), []).append(system)
    return [Shard(tuple(names), pairs) for pairs, names in systems.items()]


def one_by_one(targets: Iterable[str], single: Iterable[str]) -> bool:
    """Whether all that is asked for are files of single pairs, so that each pair is a job of its own."""
    targets, single = set(targets), set(single)
    return bool(targets) and targets <= single
