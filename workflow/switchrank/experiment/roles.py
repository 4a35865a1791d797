"""The paper's two systems, and those that stand for a system with another ranker: ml-cs-ce for ml-cs."""

from switchrank.experiment.endings import MAIN, REFERENCE, with_ending
from switchrank.experiment.experiment import Experiment

# The system that stands for each; none: each stands for itself.
Substitutes = dict[str, str] | None


def endings(experiment: Experiment) -> list[str]:
    """The endings that the paper's two systems both have, where these rank texts as they are."""
    named = {system: system.removeprefix(f"{REFERENCE}-") for system in experiment.systems}
    return [
        ending
        for system, ending in named.items()
        if ending != system
        and with_ending(MAIN, ending) in named
        and not experiment.ranks_other_texts(system)
    ]


class Roles:
    """Which systems the report is about, and which ones claims are judged with.

    Attributes:
        headline: the ending of the systems that both are about first, where the config names one.
        as_named: with a headline, what the systems are called that claims themselves name: by their ranker.
        treatment, reference: the paper's two systems with this ending; None where there is none.
    """

    def __init__(self, experiment: Experiment):
        self._experiment, self.headline = experiment, experiment.config.get("headline")
        known = self.headline is not None and REFERENCE in experiment.systems
        self.as_named = experiment.entry(REFERENCE)["ranker"] if known else None
        self.treatment, self.reference = (
            system if system in experiment.systems else None
            for system in (with_ending(name, self.headline) for name in (MAIN, REFERENCE))
        )

    def substitutes(self, ending: str) -> dict[str, str]:
        """System → the one that stands for it, of all that have one: ml-cs → ml-cs-ce."""
        systems = self._experiment.systems
        named = {system: with_ending(system, ending) for system in systems}
        return {system: other for system, other in named.items() if other in systems}

    def judged_again(self) -> dict[str, Substitutes]:
        """Name → the systems that claims are judged with again.

        With a headline these are first the systems as claims name them; then come those with the endings that
        the config names, or with all that there are.
        """
        named = self._experiment.config.get("judged_again")
        again: dict[str, Substitutes] = {} if self.as_named is None else {self.as_named: None}
        for ending in endings(self._experiment):
            if ending != self.headline and (named is None or ending in named):
                again[ending] = self.substitutes(ending)
        return again

    def other_rankers(self) -> list[dict[str, str]]:
        """Of each of these, the two that stand for treatment and reference."""
        roles = {"treatment": MAIN, "reference": REFERENCE}
        return [
            {role: with_ending(system, None if standing is None else name) for role, system in roles.items()}
            for name, standing in self.judged_again().items()
        ]
