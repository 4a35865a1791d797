"""Verdicts: what per-query differences say of a threshold, or of two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import stats

from switchrank.significance import (
    ALPHA,
    bootstrap_interval,
    corrected,
    detectable,
    paired_t_test,
    power,
)

SUPPORTED, CONTRADICTED, UNDECIDED = "supported", "contradicted", "undecided"
NOT_TESTABLE = "not testable here"
_SEED, _RESAMPLES = 20230509, 2000


@dataclass(frozen=True)
class Verdict:
    """What a test came to.

    Attributes:
        verdict: one of the four above.
        text: the figures behind it, or what it would take.
        figures: estimate, low, high (95 % interval), p, power, detectable; those that there are.
    """

    verdict: str
    text: str
    figures: Mapping[str, float] = field(default_factory=dict)


def above(difference: np.ndarray, threshold: float, effect: float, unit: str = "points") -> Verdict:
    """Whether a mean lies above a threshold (two-sided paired t-test).

    Supported or contradicted where it differs from the threshold at p < .05, else undecided.

    Args:
        difference: [queries].
        threshold: in the same unit.
        effect: the distance from the threshold that the power is told for.
        unit: what to call the unit.
    """
    figures = _figures(difference)
    p = float(paired_t_test(difference - threshold))
    certain = p < ALPHA
    verdict = UNDECIDED if not certain else SUPPORTED if figures["estimate"] > threshold else CONTRADICTED
    figures |= {"p": p, "power": power(difference, effect), "detectable": detectable(difference)}
    text = f"{_estimate(figures)} {unit}, p = {p:.3g} against {threshold:g}; {_power(figures, effect)}"
    return Verdict(verdict, text, figures)


def within(difference: np.ndarray, low: float, high: float, unit: str = "points") -> Verdict:
    """Whether a mean lies between two bounds (two one-sided paired t-tests, TOST).

    Supported where it lies above the lower and below the upper bound, each at p < .05; contradicted where it
    lies below the one or above the other at p < .05; else undecided.

    Args:
        difference: [queries].
        low, high: in the same unit.
        unit: what to call the unit.
    """
    figures = _figures(difference)
    inside = float(max(paired_t_test(difference - low, "greater"), paired_t_test(difference - high, "less")))
    outside = min(paired_t_test(difference - low, "less"), paired_t_test(difference - high, "greater"))
    verdict = SUPPORTED if inside < ALPHA else CONTRADICTED if outside < ALPHA else UNDECIDED
    figures |= {"p": inside, "power": _power_within(difference, (high - low) / 2)}
    tested = f"p = {inside:.3g} for within {low:g} to {high:g}"
    middle = f"power {_hundredths(figures)} if the truth lies in the middle"
    text = f"{_estimate(figures)} {unit}, {tested}; {middle}"
    return Verdict(verdict, text, figures)


def each_above(
    difference: np.ndarray, pairs: Mapping[str, np.ndarray], threshold: float, effect: float
) -> Verdict:
    """Whether a mean lies above a threshold on average and on every pair.

    Contradicted where the average is, or where some pair lies below the threshold at p < .05 after Holm's
    correction for the number of pairs; supported where the average is and every pair's mean lies above; else
    undecided.

    Args:
        difference: [queries], averaged over the pairs.
        pairs: the same of each pair.
        threshold, effect: see `above`.
    """
    average = above(difference, threshold, effect)
    p_values = corrected([paired_t_test(own - threshold) for own in pairs.values()], "holm")
    means = {pair: float(own.mean()) for pair, own in pairs.items()}
    below = [pair for pair in pairs if means[pair] <= threshold]
    surely = [pair for pair, p in zip(pairs, p_values, strict=True) if p < ALPHA and means[pair] < threshold]
    if average.verdict == CONTRADICTED or surely:
        verdict = CONTRADICTED
    elif average.verdict == SUPPORTED and not below:
        verdict = SUPPORTED
    else:
        verdict = UNDECIDED
    told = f"on {len(pairs) - len(below)} of {len(pairs)} pairs above {threshold:g}"
    if below:
        told += f", not on {', '.join(below)}"
    if surely:
        told += f" (below at p < {ALPHA} after Holm on {', '.join(surely)})"
    return Verdict(verdict, f"{average.text}; {told}", average.figures)


def ratio_above(ours: np.ndarray, theirs: np.ndarray, threshold: float) -> Verdict:
    """Whether the ratio of two means lies above a threshold, by its bootstrap interval over queries.

    Supported where the 95 % interval lies above the threshold, contradicted where below, else undecided.
    """
    draws = np.random.default_rng(_SEED).integers(len(ours), size=(_RESAMPLES, len(ours)))
    ratios = ours[draws].mean(axis=1) / np.maximum(theirs[draws].mean(axis=1), 1e-12)
    low, high = np.quantile(ratios, [0.025, 0.975])
    figures = {"estimate": float(ours.mean() / theirs.mean()), "low": float(low), "high": float(high)}
    verdict = SUPPORTED if low > threshold else CONTRADICTED if high < threshold else UNDECIDED
    found = f"{figures['estimate']:.2f} ({low:.2f} to {high:.2f})"
    text = f"{ours.mean():.1f} to {theirs.mean():.1f}, a ratio of {found} against {threshold:g}"
    return Verdict(verdict, text, figures)


def combined(verdicts: Sequence[str]) -> str:
    """The verdict on a claim from those of its tests.

    Contradicted if any test is; supported if all are; not testable if none was; else undecided.
    """
    if CONTRADICTED in verdicts:
        return CONTRADICTED
    if all(verdict == SUPPORTED for verdict in verdicts):
        return SUPPORTED
    return NOT_TESTABLE if all(verdict == NOT_TESTABLE for verdict in verdicts) else UNDECIDED


def _figures(difference: np.ndarray) -> dict[str, float]:
    low, high = bootstrap_interval(difference)
    return {"estimate": float(np.mean(difference)), "low": float(low), "high": float(high)}


def _power_within(difference: np.ndarray, margin: float) -> float:
    """The power of the two one-sided tests if the truth lies in the middle."""
    n, error = len(difference), difference.std(ddof=1) / np.sqrt(len(difference))
    if error == 0:
        return 1.0
    reach = margin / error - stats.t.ppf(1 - ALPHA, n - 1)
    return float(max(0.0, 2 * stats.t.cdf(reach, n - 1) - 1))


def _estimate(figures: Mapping[str, float]) -> str:
    digits = 1 if max(abs(figures["low"]), abs(figures["high"])) >= 1 else 2
    estimate, low, high = (
        f"{figures[key]:+.{digits}f}".replace("-", "−") for key in ("estimate", "low", "high")
    )
    return f"{estimate} ({low} to {high})"


def _power(figures: Mapping[str, float], effect: float) -> str:
    return f"power {_hundredths(figures)} to find {effect:g}, .80 to find {figures['detectable']:.2g}"


def _hundredths(figures: Mapping[str, float]) -> str:
    hundredths = round(100 * figures["power"])
    return f".{hundredths:02d}" if hundredths < 100 else "> .99"
