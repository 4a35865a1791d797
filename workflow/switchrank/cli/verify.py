"""switchrank verify: which results no longer match what is here."""

import argparse
from pathlib import Path

from switchrank.experiment.load import load, merged
from switchrank.experiment.paths import Paths
from switchrank.experiment.verify import verify

NAME = "verify"
HELP = "Check that results still match the sources, packages, processor, downloads and files here."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the subcommand takes."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="cells, or folders of them, such as results/pocket",
    )
    parser.add_argument(
        "--config", nargs="+", help="config files to compare with, later ones laid over earlier"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what differs, a line each; status 1 if anything does."""
    configured = None
    if arguments.config:
        digests = Paths(load(merged(arguments.config), arguments.config))
        configured = {system: digests.config_digest(system) for system in digests.experiment.systems}
    count, differences = verify(arguments.paths, configured)
    print(*(differences or [f"{count:,} results match"]), sep="\n")
    return 1 if differences else 0
