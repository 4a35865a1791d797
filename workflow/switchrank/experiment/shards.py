"""Which pairs are ranked, measured and made into cells by one job.

A job takes seconds to start, so a cheap ranker does all pairs of a system in one. Pairs that come to the
config later make a shard of their own: what was there is not done again. What was once done together is
written down in the experiment's folder.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from switchrank.files import read_json, reading

SINGLE = "{pair}"  # name, and pair, of the shard of any single pair
Recorded = Mapping[str, Mapping[str, Sequence[str]]]  # system → name of a shard → its pairs, as they came


@dataclass(frozen=True)
class Shard:
    """Systems, and the pairs (or groups, whose averages are made) that one job does for each of them.

    The name is for logs and benchmarks; it stays, whatever pairs go.
    """

    name: str
    systems: tuple[str, ...]
    pairs: tuple[str, ...]


def read_recorded(path: Path) -> Recorded:
    """Read what was written down; nothing where there is no file. A damaged one is a UserError."""
    recorded = read_json(path) if path.exists() else {}
    with reading(path):
        for shards in recorded.values():
            for pairs in shards.values():
                list(map(str.strip, pairs))
    return recorded


def with_new_pairs(recorded: Recorded, pairs: Mapping[str, Sequence[str]]) -> dict[str, dict[str, list[str]]]:
    """The shards of every system: those recorded, without pairs that are gone, and one of all new pairs.

    `pairs` (system → its pairs) has the systems whose pairs are done together.
    """
    shards = {}
    for system, wanted in pairs.items():
        before = recorded.get(system, {})
        known = {pair for shard in before.values() for pair in shard}
        new = [pair for pair in wanted if pair not in known]
        name = f"{new[0]}+{len(new) - 1}" if len(new) > 1 else "".join(new)
        while name in before:  # another shard that began with this pair
            name += "+"
        kept = {shard: [pair for pair in members if pair in wanted] for shard, members in before.items()}
        shards[system] = {shard: members for shard, members in (kept | {name: new}).items() if members}
    return shards


def shards(of_systems: Recorded) -> dict[str, Shard]:
    """Shards by number ("_0"), systems that have the same one together; none without pairs."""
    systems: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for system, parts in of_systems.items():
        for name, pairs in parts.items():
            if pairs:
                systems.setdefault((name, tuple(pairs)), []).append(system)
    numbered = enumerate(systems.items())
    return {f"_{number}": Shard(name, tuple(names), pairs) for number, ((name, pairs), names) in numbered}


def one_by_one(targets: Iterable[str], single: Iterable[str]) -> bool:
    """Whether all that is asked for are files of single pairs, so that each pair is a job of its own."""
    targets = set(targets)
    return bool(targets) and targets.issubset(single)
