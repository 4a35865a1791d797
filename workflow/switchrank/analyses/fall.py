"""How far a system falls from the source language to pairs of two languages, and what another gives back."""

from collections.abc import Sequence
from typing import Any

from switchrank.statistics.comparison import Measured, averages, compare
from switchrank.statistics.shares import share


def fall(reference: Measured, treatment: Measured, source: str, across: Sequence[str]) -> dict[str, Any]:
    """What a system loses from the pair `source` to the average of the pairs `across`.

    Given are the leading metric of the two systems on these pairs, the treatment's on `across` alone.

    Returns:
        plain numbers: difference (0 to 1; a fall is above 0) and its 95 % interval by queries and seeds, both
        None where the pairs have queries of their own; share and its interval share_interval: what the
        treatment gains across, as a share of that fall, also None where there is none or the two have no seed
        in common; see statistics.shares.
    """
    start, (before, after) = reference[source], (_average(of, across) for of in (reference, treatment))
    found = dict.fromkeys(("difference", "interval", "share", "share_interval"))
    if not (start.index.equals(before.index) and start.index.equals(after.index)):
        return found
    compared = compare({source: start}, {source: before}, briefly=True)[source]
    found |= {key: compared[key] for key in ("difference", "interval")}
    seeds = [seed for seed in before.columns if seed in after.columns]
    gain, gap = ((one - before)[seeds].to_numpy() for one in (after, start))
    if seeds and (part := share(gain, gap)):
        found |= {"share": part.estimate, "share_interval": [part.low, part.high]}
    return found


def _average(measured: Measured, pairs: Sequence[str]) -> Any:
    return averages(measured, {"across": pairs})["across"]
