"""`switchrank docs`: make the tables of config/README.md anew."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from switchrank.experiment.documentation import with_tables
from switchrank.files import write_text

NAME = "docs"
HELP = "make the tables of kinds in config/README.md anew, from the settings of every kind"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("page", nargs="?", default="config/README.md", help="a page of Markdown")


def run(arguments: Namespace) -> int:
    """Rewrite the page."""
    page = Path(arguments.page)
    write_text(page, with_tables(page.read_text(encoding="utf-8")))
    return 0
