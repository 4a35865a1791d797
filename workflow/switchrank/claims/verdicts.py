"""Verdicts: what per-query differences, in points, say of a threshold, or of two.

Differences are [queries, seeds], both taken as drawn at random; see statistics.crossed, also for how well
levels hold with few seeds. A test supports its statement at p < .05 and contradicts it at p < `against`,
which may be less, as a claim of several tests is contradicted if one of them is; see `combined`. `effect` is
the true value that the power is given for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from switchrank.statistics.crossed import POWER, Crossed, crossed
from switchrank.statistics.numbers import brief, number, ratio
from switchrank.statistics.shares import share
from switchrank.statistics.significance import ALPHA, corrected

SUPPORTED, CONTRADICTED, UNDECIDED = "supported", "contradicted", "undecided"
EXCLUDED = "excluded at the published size"
NOT_TESTABLE = "not testable here"
VERDICTS = (SUPPORTED, CONTRADICTED, EXCLUDED, UNDECIDED, NOT_TESTABLE)
NONE = 1.0  # points: less than this, either way, is no effect


@dataclass(frozen=True)
class Verdict:
    """What a test came to."""

    verdict: str  # one of VERDICTS
    text: str  # the figures behind it, or what it would take
    # those there are of estimate, low, high, confidence (of the interval), p, power, detectable, published
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Size:
    """What the paper found, in proportion: at least a share of a gap, such as that from MoIR to CLIR."""

    share: float
    gap: np.ndarray  # points here, [queries, seeds]


def above(
    difference: np.ndarray,
    threshold: float,
    effect: float,
    unit: str = "points",
    against: float = ALPHA,
    size: Size | None = None,
    none: float = NONE,
) -> Verdict:
    """Whether the mean of the differences is above a threshold (two-sided t-test).

    Where that is undecided, it may be excluded at the published size: the mean is smaller than `size`
    (one-sided), or equivalent to none, which is less than `none` points either way, and less than `size` (two
    one-sided tests); each at p < `against`. Power is given for that size, or for `effect` without one.
    """
    measured = crossed(difference)
    figures, p = _figures(measured), float(measured.p(threshold))
    higher = figures["estimate"] > threshold
    verdict = UNDECIDED
    if p < (ALPHA if higher else against):
        verdict = SUPPORTED if higher else CONTRADICTED
    published, smaller = _published(difference, measured, size)
    effect = effect if published is None else published
    reach = threshold + np.copysign(measured.detectable(), effect - threshold)
    figures |= {"p": p, "power": measured.power(effect, threshold), "detectable": float(reach)}
    strength = f"power {_hundredths(figures['power'])} if the truth is {brief(effect, 3)}"
    text = f"{_estimate(figures)} {unit}, p = {brief(p, 3)} against {brief(threshold)}; {strength}"
    text += f", .80 if it is {number(reach, _digits(figures), sign=True)}"
    reasons = []
    if published is not None:
        figures |= {"published": published}
        if smaller < against:
            reasons.append(
                f"below {number(published)}, the published size in proportion (p = {brief(smaller, 3)})"
            )
        none = min(none, published)
        if (same := _equivalent(measured, -none, none)) < against:
            least = f"less than {brief(none, 3)} either way"
            reasons.append(f"equivalent to none, {least} (p = {brief(same, 3)})")
    if reasons and verdict == UNDECIDED:
        verdict = EXCLUDED
    return Verdict(verdict, "; ".join([text, *reasons]), figures)


def within(difference: np.ndarray, low: float, high: float, against: float = ALPHA) -> Verdict:
    """Whether the mean of the differences is between two bounds (two one-sided t-tests, TOST).

    Supported where it is above the lower and below the upper bound, each at p < .05; contradicted where it is
    outside of one of them at p < `against` (two-sided). The interval is that of such a test, of 90 %. Else,
    where it would not be supported in four of five cases even if the truth lay in the middle, the bounds are
    too narrow for these data: it is not testable.
    """
    measured = crossed(difference)
    figures = _figures(measured, confidence=1 - 2 * ALPHA)
    inside = _equivalent(measured, low, high)
    outside = float(min(measured.p(low, "less"), measured.p(high, "greater")))
    resolved, margin = _resolved(measured), (high - low) / 2
    figures |= {"p": inside, "power": _power_within(measured, margin), "detectable": resolved}
    text = f"{_estimate(figures)} points, p = {brief(inside, 3)} for within {brief(low)} to {brief(high)}"
    verdict = CONTRADICTED if outside < against / 2 else SUPPORTED if inside < ALPHA else UNDECIDED
    if verdict == UNDECIDED and margin < resolved:
        least = f"it would take more queries or seeds, or a margin of {number(resolved)} instead of"
        return Verdict(NOT_TESTABLE, f"{least} {brief(margin)}: {text}", figures)
    middle = f"power {_hundredths(figures['power'])} if the truth lies in the middle"
    return Verdict(verdict, f"{text}; {middle}", figures)


def each_above(
    difference: np.ndarray,
    pairs: Mapping[str, np.ndarray],
    threshold: float,
    effect: float,
    against: float = ALPHA,
    size: Size | None = None,
    none: float = NONE,
) -> Verdict:
    """Whether the mean is above a threshold on average over pairs, and on each of the pairs.

    Contradicted where the average is, or where some pair is below the threshold after Holm's correction for
    the number of pairs; supported where the average is, and the mean of every pair is above; else as the
    average says; see above.
    """
    average = above(difference, threshold, effect, against=against, size=size, none=none)
    by_pair = {pair: crossed(values) for pair, values in pairs.items()}
    p_values = corrected([measured.p(threshold) for measured in by_pair.values()], "holm")
    below = [pair for pair, measured in by_pair.items() if measured.mean <= threshold]
    surely = [pair for pair, p in zip(by_pair, p_values, strict=True) if pair in below and p < against]
    verdict = CONTRADICTED if surely else average.verdict
    if verdict == SUPPORTED and below:
        verdict = UNDECIDED
    text = f"on {len(pairs) - len(below)} of {len(pairs)} pairs above {brief(threshold)}"
    if below:
        text += f", not on {', '.join(below)}"
    if surely:
        text += f" (below at p < {brief(against, 2)} after Holm on {', '.join(surely)})"
    return Verdict(verdict, f"{average.text}; {text}", average.figures | {"pairs_below": len(surely)})


def share_above(
    gain: np.ndarray, gap: np.ndarray, threshold: float, effect: float, against: float = ALPHA
) -> Verdict:
    """Whether a gain is more than a share of a gap, both [queries, seeds] in points.

    The gain minus that share of the gap is tested against 0 (two-sided); the interval is that of
    statistics.shares. Not testable where there is no gap: it is not above 0.
    """
    there, found = crossed(gap), share(gain, gap)
    if found is None:
        below = _estimate(_figures(there))
        return Verdict(NOT_TESTABLE, f"it would take a gap: {below} points, p = {brief(there.p(), 3)}")
    measured = crossed(gain - threshold * gap)
    p = float(measured.p())
    figures = {**found._asdict(), "confidence": 1 - ALPHA, "p": p}
    figures["power"] = measured.power((effect - threshold) * float(there.mean))
    higher = measured.mean > 0
    verdict = UNDECIDED
    if p < (ALPHA if higher else against):
        verdict = SUPPORTED if higher else CONTRADICTED
    shown = f"{ratio(found.estimate)} ({ratio(found.low)} to {ratio(found.high)})"
    means = f"{number(np.mean(gain), sign=True)} of a gap of {number(there.mean)} points"
    strength = f"power {_hundredths(figures['power'])} if the truth is {brief(effect)}"
    text = f"{means}, a share of {shown}, p = {brief(p, 3)} against {brief(threshold)}; {strength}"
    return Verdict(verdict, text, figures)


def of_part(verdict: Verdict, text: str) -> Verdict:
    """A verdict on some pairs of a group, which cannot speak for the group: at most undecided.

    One pair that is below what was asked of each pair contradicts it all the same. `text` says what is
    missing.
    """
    stands = verdict.verdict == NOT_TESTABLE or verdict.figures.get("pairs_below")
    return replace(verdict, verdict=verdict.verdict if stands else UNDECIDED, text=f"{verdict.text}; {text}")


def combined(verdicts: Sequence[str]) -> str:
    """The verdict on a claim from those of its tests.

    Contradicted if any test is (each is then asked for more, so that the chance of contradicting a true claim
    stays .05), else excluded if any test is; supported if all are (which needs no correction); not testable
    if none was; else undecided.
    """
    for any_of in (CONTRADICTED, EXCLUDED):
        if any_of in verdicts:
            return any_of
    for all_of in (SUPPORTED, NOT_TESTABLE):
        if all(verdict == all_of for verdict in verdicts):
            return all_of
    return UNDECIDED


def _published(difference: np.ndarray, measured: Crossed, size: Size | None) -> tuple[float | None, float]:
    """The published size here, in points, and the p value of being below it; None and 1 without a gap."""
    if size is None or not (np.mean(size.gap) > 0 and crossed(size.gap).p() < ALPHA):
        return None, 1.0
    smaller = crossed(difference - size.share * size.gap).p(0, "less")
    return size.share * float(np.mean(size.gap)), float(smaller)


def _equivalent(measured: Crossed, low: float, high: float) -> float:
    return float(max(measured.p(low, "greater"), measured.p(high, "less")))


def _figures(measured: Crossed, confidence: float = 1 - ALPHA) -> dict[str, float]:
    low, high = map(float, measured.interval(confidence))
    return {"estimate": float(measured.mean), "low": low, "high": high, "confidence": confidence}


def _power_within(measured: Crossed, margin: float) -> float:
    """The power of the two one-sided tests if the truth is in the middle."""
    from scipy import special

    if measured.error == 0:
        return 1.0
    reach = margin / measured.error - special.stdtrit(measured.freedom, 1 - ALPHA)
    return float(max(0.0, 2 * special.stdtr(measured.freedom, reach) - 1))


def _resolved(measured: Crossed) -> float:
    """The margin, either way, within which these tests put a mean in the middle with a power of .8."""
    from scipy import special

    reach = special.stdtrit(measured.freedom, 1 - ALPHA)
    reach += special.stdtrit(measured.freedom, (1 + POWER) / 2)
    return float(reach * measured.error)


def _estimate(figures: Mapping[str, float]) -> str:
    digits = _digits(figures)
    estimate, low, high = (number(figures[key], digits, sign=True) for key in ("estimate", "low", "high"))
    wide = "" if figures["confidence"] == 1 - ALPHA else f"{number(100 * figures['confidence'], 0)} %: "
    return f"{estimate} ({wide}{low} to {high})"


def _digits(figures: Mapping[str, float]) -> int:
    largest = max(abs(figures["low"]), abs(figures["high"]))
    return 1 if largest >= 1 else 2 if largest >= 0.1 else 3


def _hundredths(share: float) -> str:
    hundredths = round(100 * share)
    return f".{hundredths:02d}" if hundredths < 100 else "> .99"
