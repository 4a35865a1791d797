"""`switchrank warm`: compile the metrics' code once, so that no job has to."""

from argparse import ArgumentParser, Namespace

NAME = "warm"
HELP = "compile what is compiled at first use"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments: there are none."""


def run(arguments: Namespace) -> int:
    """Measure a tiny run by the usual metrics."""
    from switchrank.experiment.load import DEFAULTS
    from switchrank.tasks.ranking import warm

    warm(DEFAULTS["metrics"])
    return 0
