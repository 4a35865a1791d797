"""switchrank switch: texts of one's own, code-switched as training texts are."""

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from switchrank.cli.texts import FORMATS, rows
from switchrank.errors import UserError
from switchrank.files import atomic
from switchrank.languages import is_language
from switchrank.lexicons.tsv import read_lexicon, to_translations
from switchrank.training.switching import Switcher, Tally, Translations

NAME = "switch"
HELP = "Code-switch texts: JSONL or TSV in, the same out, counts on standard error."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the subcommand takes."""
    add = parser.add_argument
    add("file", nargs="?", default="-", help="the texts, .jsonl or .tsv; without one, standard input")
    add("-o", "--output", metavar="FILE", help="where to write to; without it, standard output")
    add("--format", choices=FORMATS, help="of the texts; without it, what the file's name says, else jsonl")
    add("--field", default="text", metavar="NAME", help="key or column of the text; a number is the column "
        "of a TSV without a header (default: text)")  # fmt: skip
    add("--id", metavar="NAME", help="key or column of a text's id, on which its draws hang; without it, its "
        "line's number")  # fmt: skip
    add("--lexicon", action="append", default=[], metavar="LANGUAGE=FILE", help="a language to switch into, "
        "and its lexicon: TSV with source, target, score or share; may be given several times")  # fmt: skip
    add("--lexicons", metavar="FOLDER", help="a folder of lexicons en-de.tsv, en-ar.tsv, …")
    add("--source-language", default="en", metavar="LANGUAGE", help="of the texts, in those files' names "
        "(default: en)")  # fmt: skip
    add("--ratio", type=float, default=0.5, help="probability that a word is switched (default: 0.5)")
    add("--mode", choices=("static", "coverage"), default="static", help="static: a word that its language's "
        "lexicon lacks stays; coverage: until the ratio is met (default: static)")  # fmt: skip
    add("--seed", type=int, default=1, help="of all draws (default: 1)")
    add("--side", choices=("query", "passage"), default="passage", help="what the texts are: queries and "
        "passages are drawn for independently (default: passage)")  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Switch the texts."""
    if not 0 <= arguments.ratio <= 1:
        raise UserError(f"--ratio: found {arguments.ratio:g}, expected 0 to 1")
    lexicons = _lexicons(arguments)
    side = arguments.side
    switcher = Switcher({side: lexicons}, arguments.ratio, arguments.seed, arguments.mode)
    tally = Tally(arguments.ratio, {side: lexicons})
    form = arguments.format or ("tsv" if arguments.file.endswith(".tsv") else "jsonl")
    with _opened(arguments.file) as lines, _written(arguments.output) as output:
        for row in rows(lines, form, arguments.field, arguments.id, arguments.file):
            text = row.text or ""
            if row.text is not None:
                text, switches, wanted = switcher(text, row.id, side)
                tally.add(side, row.text, switches, wanted)
            output.write(f"{row.with_text(text)}\n".encode())
    print(_counts(tally.stats(), side), file=sys.stderr)
    return 0


def _lexicons(arguments: argparse.Namespace) -> dict[str, Translations]:
    paths: dict[str, Path] = {}
    if arguments.lexicons:
        folder, name = Path(arguments.lexicons), re.escape(arguments.source_language) + r"-(.+)\.tsv"
        if not folder.is_dir():
            raise UserError(f"--lexicons: {folder}: not found, expected a folder")
        matches = [(re.fullmatch(name, path.name), path) for path in sorted(folder.iterdir())]
        paths = {match[1]: path for match, path in matches if match}
    for given in arguments.lexicon:
        language, equals, path = given.partition("=")
        if not equals:
            raise UserError(f"--lexicon: found {given!r}, expected LANGUAGE=FILE such as de=en-de.tsv")
        paths[language] = Path(path)
    if not paths:
        raise UserError(
            f"found no lexicon, expected --lexicon LANGUAGE=FILE, or --lexicons FOLDER with files such as "
            f"{arguments.source_language}-de.tsv"
        )
    for language in paths:
        if not is_language(language):
            raise UserError(
                f"lexicon {paths[language]}: found {language!r}, expected a language such as 'de'"
            )
    return {language: to_translations(read_lexicon(path)) for language, path in paths.items()}


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return open(name, "rb")
    except OSError as error:
        raise UserError(f"{name}: {error.strerror}, expected a file of texts") from None


@contextmanager
def _written(name: str | None) -> Iterator[BinaryIO]:
    if name is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with atomic(name) as aside, open(aside, "wb") as handle:
        yield handle


def _counts(stats: Mapping[str, Any], side: str) -> str:
    """What was done, to read."""
    if side not in stats["sides"]:
        return "found no text"
    counts = stats["sides"][side]
    lines = [
        f"{counts['words']:,} words in {counts['texts']:,} text{'s' if counts['texts'] > 1 else ''}: "
        f"{counts['drawn']:,} drawn, {counts['switched']:,} switched ({counts['realised_ratio']:.1%}, "
        f"asked for {stats['nominal_ratio']:.1%})"
    ]
    if short := counts.get("texts_short"):
        lines.append(f"too few words in the lexicons for {short:,} text{'s' if short > 1 else ''}")
    lines.append(f"{'':10}{'drawn':>12}{'switched':>12}{'of all words':>14}{'not in lexicon':>16}")
    for language, row in counts["languages"].items():
        figures = (
            f"{row['drawn']:>12,}{row['switched']:>12,}{row['share']:>14.1%}{row['not_in_lexicon']:>16,}"
        )
        lines.append(f"{language:10}{figures}")
    return "\n".join(lines)
