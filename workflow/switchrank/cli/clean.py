"""`switchrank clean`: remove what an experiment computed; what is shared stays."""

import shutil
from argparse import ArgumentParser, Namespace
from pathlib import Path

from switchrank.cli.list import add_config
from switchrank.experiment.experiment import Experiment
from switchrank.experiment.load import merged, resolve
from switchrank.experiment.paths import Paths

NAME = "clean"
HELP = "remove the results of an experiment; downloads and what other experiments share stay"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    add_config(parser)


def run(arguments: Namespace) -> int:
    """Remove the experiment's folder."""
    config = resolve(merged(arguments.config), " + ".join(arguments.config))
    folder = Path(Paths(Experiment(config)).results)  # unchecked: what it names may be gone by now
    if not folder.exists():
        print(f"{folder}: nothing is there")
        return 0
    shutil.rmtree(folder)
    print(f"{folder} is removed; what experiments share, and downloads, are still there")
    return 0
