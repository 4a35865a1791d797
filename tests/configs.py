"""The configs that users run, and what they ask for."""

from pathlib import Path

from switchrank.experiment.checks import check
from switchrank.experiment.experiment import Experiment
from switchrank.experiment.load import merged, resolve
from switchrank.experiment.schema import config_schema
from switchrank.settings import validate

CONFIG = Path(__file__).parents[1] / "config"


def pocket():
    """config/pocket.yaml."""
    return merged([CONFIG / "pocket.yaml"])


def full():
    """config/pocket.yaml with config/full.yaml laid over it."""
    return merged([CONFIG / "pocket.yaml", CONFIG / "full.yaml"])


def checked(config, source="my.yaml"):
    """The experiment that a config asks for, or the mistake in it."""
    validate(config, config_schema(), source)
    experiment = Experiment(resolve(config, source))
    check(experiment, source)
    return experiment
