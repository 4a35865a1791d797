"""Verdicts: what per-query differences, in points, say of a threshold, or of two.

A test supports its statement at p < .05 and contradicts it at p < `against`, which may be less, as a claim of
several tests is contradicted if one of them is; see `combined`. `effect` is the true value of the power.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import stats

from switchrank.statistics.numbers import brief, number, ratio
from switchrank.statistics.significance import (
    ALPHA,
    bootstrap_interval,
    bootstrap_ratios,
    corrected,
    detectable,
    error_of_mean,
    paired_t_test,
    power,
    spread,
)

SUPPORTED, CONTRADICTED, UNDECIDED = "supported", "contradicted", "undecided"
NOT_TESTABLE = "not testable here"


@dataclass(frozen=True)
class Verdict:
    """What a test came to."""

    verdict: str  # one of the four above
    text: str  # the figures behind it, or what it would take
    # those there are of estimate, low, high, confidence (of the interval), p, power, detectable
    figures: Mapping[str, float] = field(default_factory=dict)


def above(
    difference: np.ndarray, threshold: float, effect: float, unit: str = "points", against: float = ALPHA
) -> Verdict:
    """Whether the mean of the differences [queries] is above a threshold (two-sided paired t-test)."""
    figures = _figures(difference)
    p = float(paired_t_test(difference - threshold))
    higher = figures["estimate"] > threshold
    verdict = UNDECIDED
    if p < (ALPHA if higher else against):
        verdict = SUPPORTED if higher else CONTRADICTED
    reach = threshold + np.copysign(detectable(difference), effect - threshold)
    figures |= {"p": p, "power": power(difference, effect - threshold), "detectable": float(reach)}
    strength = f"power {_hundredths(figures['power'])} if the truth is {brief(effect)}"
    text = f"{_estimate(figures)} {unit}, p = {brief(p, 3)} against {brief(threshold)}; {strength}"
    text += f", .80 if it is {number(reach, _digits(figures), sign=True)}"
    return Verdict(verdict, text, figures)


def within(difference: np.ndarray, low: float, high: float, against: float = ALPHA) -> Verdict:
    """Whether the mean of the differences [queries] is between two bounds (two one-sided t-tests, TOST).

    Supported where it is above the lower and below the upper bound, each at p < .05; contradicted where it is
    outside of one of them at p < `against` (two-sided). The interval is the one of such a test, of 90 %.
    """
    figures = _figures(difference, confidence=1 - 2 * ALPHA)
    inside = float(max(paired_t_test(difference - low, "greater"), paired_t_test(difference - high, "less")))
    outside = min(paired_t_test(difference - low, "less"), paired_t_test(difference - high, "greater"))
    verdict = SUPPORTED if inside < ALPHA else CONTRADICTED if outside < against / 2 else UNDECIDED
    figures |= {"p": inside, "power": _power_within(difference, (high - low) / 2)}
    tested = f"p = {brief(inside, 3)} for within {brief(low)} to {brief(high)}"
    middle = f"power {_hundredths(figures['power'])} if the truth lies in the middle"
    return Verdict(verdict, f"{_estimate(figures)} points, {tested}; {middle}", figures)


def each_above(
    difference: np.ndarray,
    pairs: Mapping[str, np.ndarray],
    threshold: float,
    effect: float,
    asked: int,
    against: float = ALPHA,
) -> Verdict:
    """Whether the mean is above a threshold on average over pairs, and on each of the pairs.

    Contradicted where the average is, or where some pair is below the threshold after Holm's correction for
    the number of pairs; supported where the average is, and every pair asked for was measured and its mean is
    above; else undecided.
    """
    average = above(difference, threshold, effect, against=against)
    p_values = corrected([paired_t_test(values - threshold) for values in pairs.values()], "holm")
    below = [pair for pair, values in pairs.items() if values.mean() <= threshold]
    surely = [pair for pair, p in zip(pairs, p_values, strict=True) if pair in below and p < against]
    verdict = CONTRADICTED if surely else average.verdict
    if verdict == SUPPORTED and (below or len(pairs) < asked):
        verdict = UNDECIDED
    text = f"on {len(pairs) - len(below)} of {len(pairs)} pairs above {brief(threshold)}"
    if below:
        text += f", not on {', '.join(below)}"
    if surely:
        text += f" (below at p < {brief(against, 2)} after Holm on {', '.join(surely)})"
    chance = min(_chance_above(values, threshold, effect) for values in pairs.values())
    text += f"; chance {_hundredths(chance)} on the least certain pair if the truth is {brief(effect)}"
    return Verdict(verdict, f"{average.text}; {text}", average.figures)


def ratio_above(
    ours: np.ndarray,
    theirs: np.ndarray,
    threshold: float,
    effect: float,
    ceiling: float,
    against: float = ALPHA,
) -> Verdict:
    """Whether the ratio of the means of two systems [queries] is above a threshold.

    Supported where its 95 % bootstrap interval over queries is above the threshold, contradicted where that
    of 1 − `against` is below; not testable where the highest mean that any ranker can have on the candidates
    (their ceiling) leaves no room for such a ratio.
    """
    if not theirs.any():
        return Verdict(NOT_TESTABLE, "it would take a score above 0 to begin with")
    if threshold * theirs.mean() >= ceiling:
        why = f"{brief(threshold)} times {number(theirs.mean())} is above the candidates' ceiling of "
        why += number(ceiling)
        return Verdict(NOT_TESTABLE, f"it would take a lower score to begin with: {why}")
    ratios = bootstrap_ratios(ours, theirs)
    low, high, surely = map(float, np.quantile(ratios, [ALPHA / 2, 1 - ALPHA / 2, 1 - against / 2]))
    # The spread of the resampled ratios is taken for the standard error, and the ratio for normal.
    distance = abs(effect - threshold) / max(spread(ratios), 1e-12)
    figures = {"estimate": float(ours.mean() / theirs.mean()), "low": low, "high": high}
    figures |= {"confidence": 1 - ALPHA, "power": float(stats.norm.sf(stats.norm.isf(ALPHA / 2) - distance))}
    verdict = SUPPORTED if low > threshold else CONTRADICTED if surely < threshold else UNDECIDED
    shown = f"{ratio(figures['estimate'])} ({ratio(low)} to {ratio(high)})"
    strength = f"power {_hundredths(figures['power'])} if the truth is {brief(effect)}"
    means = f"{number(ours.mean())} to {number(theirs.mean())}"
    text = f"{means}, a ratio of {shown} against {brief(threshold)}; {strength}"
    return Verdict(verdict, text, figures)


def combined(verdicts: Sequence[str]) -> str:
    """The verdict on a claim from those of its tests.

    Contradicted if any test is (each is then asked for more, so that the chance of contradicting a true claim
    stays .05); supported if all are (which needs no correction); not testable if none was; else undecided.
    """
    if CONTRADICTED in verdicts:
        return CONTRADICTED
    if all(verdict == SUPPORTED for verdict in verdicts):
        return SUPPORTED
    return NOT_TESTABLE if all(verdict == NOT_TESTABLE for verdict in verdicts) else UNDECIDED


def _figures(difference: np.ndarray, confidence: float = 1 - ALPHA) -> dict[str, float]:
    low, high = map(float, bootstrap_interval(difference, confidence=confidence))
    return {"estimate": float(np.mean(difference)), "low": low, "high": high, "confidence": confidence}


def _chance_above(difference: np.ndarray, threshold: float, effect: float) -> float:
    """The probability that the estimate is above the threshold."""
    return float(stats.norm.cdf((effect - threshold) / max(error_of_mean(difference), 1e-12)))


def _power_within(difference: np.ndarray, margin: float) -> float:
    """The power of the two one-sided tests if the truth is in the middle."""
    error, freedom = error_of_mean(difference), len(difference) - 1
    if error == 0:
        return 1.0
    reach = margin / error - stats.t.ppf(1 - ALPHA, freedom)
    return float(max(0.0, 2 * stats.t.cdf(reach, freedom) - 1))


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
