"""The command `switchrank`: what its subcommands take, and where each is."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pkgutil import resolve_name
from typing import NoReturn

from switchrank.errors import UserError

# Functions of the parsed arguments that give the exit status; imported when asked for, which takes a second.
COMMANDS = {
    "switch": "switchrank.cli.switch:run",
    "train": "switchrank.cli.train:run",
    "rerank": "switchrank.cli.rerank:run",
    "verify": "switchrank.cli.experiments:check",
    "list": "switchrank.cli.experiments:show",
    "clean": "switchrank.cli.experiments:clean",
    "warm": "switchrank.cli.experiments:compile_metrics",
    "docs": "switchrank.cli.docs:document",
}


def main(words: Sequence[str] | None = None) -> int:
    """Run the command with `words`, by default those that the shell gave; give its exit status.

    A user's mistake, and what the system refuses, is one line on standard error and status 1; Ctrl-C is 130.
    """
    try:
        arguments = _parser().parse_args(words)
        status = resolve_name(COMMANDS[arguments.command])(arguments)
        sys.stdout.flush()  # what cannot be written is to be known here
        return status
    except UserError as error:
        print(f"switchrank: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # who reads has had enough
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        print(f"switchrank: {error.filename or 'standard output'}: {error.strerror}", file=sys.stderr)
        return 1


def _drop_output() -> None:
    """Let what is not written yet go nowhere: Python would try, and complain, once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UserError(f"{message} (see {self.prog} --help)")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="switchrank", description="Train a reranker on one language, read any language.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, description: str) -> Callable[..., argparse.Action]:
        return commands.add_parser(name, help=description, description=description).add_argument

    def lexicon(add: Callable[..., argparse.Action]) -> None:
        add("--lexicon", action="append", default=[], metavar="LANGUAGE=FILE", help="a language to switch "
            "into, and its lexicon: TSV with source, target, score or share; may be given several "
            "times")  # fmt: skip
        add("--lexicons", metavar="FOLDER", help="a folder of lexicons en-de.tsv, en-ar.tsv, …")

    add = command("switch", "code-switch texts: JSONL or TSV in, the same out, counts on standard error")
    add("file", nargs="?", default="-", help="the texts, .jsonl or .tsv; without one, standard input")
    add("-o", "--output", metavar="FILE", help="where to write to; without it, standard output")
    add("--format", choices=("jsonl", "tsv"), help="of the texts; without it, by the file's name, else jsonl")
    add("--field", default="text", metavar="NAME", help="key or column of the text; a number is the column "
        "of a TSV without a header (default: text)")  # fmt: skip
    add("--id", metavar="NAME", help="key or column of a text's id, on which its draws depend; without it, "
        "its line's number")  # fmt: skip
    lexicon(add)
    add("--source-language", default="en", metavar="LANGUAGE", help="of the texts, in those files' names "
        "(default: en)")  # fmt: skip
    add("--ratio", type=float, default=0.5, help="probability that a word is switched (default: 0.5)")
    add("--mode", choices=("static", "coverage"), default="static", help="static: a word that its language's "
        "lexicon lacks stays; coverage: until the ratio is met (default: static)")  # fmt: skip
    add("--seed", type=int, default=1, help="of all draws (default: 1)")
    add("--side", choices=("query", "passage"), default="passage", help="what the texts are: queries and "
        "passages are drawn for independently (default: passage)")  # fmt: skip

    texts = "TSV of an id and a text in each line, without a header"
    add = command("train", "train a cross-encoder on your own texts, plain or code-switched")
    add(
        "--pretrained",
        required=True,
        metavar="FOLDER",
        help="the model to start from, in Hugging Face's form",
    )
    add("--queries", required=True, metavar="FILE", help=texts)
    add("--passages", required=True, metavar="FILE", help="the same")
    add("--qrels", required=True, metavar="FILE", help="which passages are relevant, in TREC's format")
    add("--run", metavar="FILE", help="candidates, from which negatives are drawn, in TREC's format; without "
        "it, of all passages")  # fmt: skip
    add("-o", "--output", required=True, metavar="FOLDER", help="where the model goes; must not exist")
    lexicon(add)
    add("--source-language", default="en", metavar="LANGUAGE", help="of the texts (default: en)")
    add("--ratio", type=float, default=0.5, help="probability that a word is switched (default: 0.5)")
    add("--rounds", type=int, default=8, help="how often a query comes, each time with other negatives and "
        "switches (default: 8)")  # fmt: skip
    add("--set", action="append", default=[], metavar="KEY=VALUE", help="a setting of the cross-encoder (see "
        "config/README.md), such as steps=900; may be given several times")  # fmt: skip
    add("--seed", type=int, default=1, help="of all draws (default: 1)")
    add("--threads", type=int, default=1, help="of the processor; another number may change the last digits "
        "of weights (default: 1)")  # fmt: skip
    add = command("rerank", "rank a run anew with a trained model, to standard output")
    add("--model", required=True, metavar="FOLDER", help="a model that switchrank wrote")
    add("--queries", required=True, metavar="FILE", help=texts)
    add("--passages", required=True, metavar="FILE", help="the same")
    add("--run", required=True, metavar="FILE", help="what to rank, in TREC's format")
    add("--tag", help="name of the run in its last column; without it, the model's folder")

    configs = "config files, later ones laid over earlier"
    add = command("verify", "check that results match the sources, packages, processor, downloads and files")
    add("paths", nargs="+", metavar="PATH", help="cells, or folders of them, such as results/pocket")
    add("--config", nargs="+", help=f"{configs}, to compare with")
    add = command("list", "say which systems, pairs and targets an experiment has")
    add("config", nargs="*", default=["config/pocket.yaml"], help=configs)
    add = command("clean", "remove the results of an experiment; downloads and what is shared stay")
    add("config", nargs="*", default=["config/pocket.yaml"], help=configs)
    command("warm", "compile what is compiled at first use, so that no job has to")
    add = command("docs", "renew the tables of kinds in config/README.md, from the settings of every kind")
    add("page", nargs="?", default="config/README.md", help="a page of Markdown")
    return parser
