"""The command `switchrank`.

A subcommand is a module of this package with NAME, HELP, add_arguments(parser) and run(arguments), which
gives the exit status and raises UserError on a user's mistake.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from switchrank.errors import UserError

COMMANDS = ("switch", "verify", "list", "clean", "warm", "docs")


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; a user's mistake is one line on standard error.

    Args:
        words: what follows the program's name; None: as the shell gave it.

    Returns:
        the exit status: 0, what the subcommand says, 1 for a mistake, 130 after Ctrl-C.
    """
    words = sys.argv[1:] if words is None else words
    try:
        arguments = _parser(words).parse_args(words)
        return arguments.run(arguments)
    except UserError as error:
        print(f"switchrank: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # who reads has had enough; Python would complain once more at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UserError(f"{message} (see {self.prog} --help)")


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(prog="switchrank", description="Train a reranker on one language, read any language.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    # The command that is asked for is enough: what others import takes a second.
    wanted = words[:1] if words and words[0] in COMMANDS else COMMANDS
    for module in (import_module(f"switchrank.cli.{name}") for name in wanted):
        command = commands.add_parser(module.NAME, help=module.HELP, description=module.HELP)
        command.set_defaults(run=module.run)
        module.add_arguments(command)
    return parser
