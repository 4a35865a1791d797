"""`switchrank switch`: texts of any kind, code-switched as training texts are."""

import re
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from switchrank.cli.texts import changed
from switchrank.errors import UserError
from switchrank.files import atomic, readable
from switchrank.languages import is_language
from switchrank.lexicons.tsv import read_lexicon, to_translations
from switchrank.training.switching import Switcher, Translations
from switchrank.training.tally import Tally


def run(arguments: Namespace) -> int:
    """Switch the texts of a file; count on standard error."""
    ratio, side = arguments.ratio, arguments.side
    if not 0 <= ratio <= 1:
        raise UserError(f"--ratio: found {ratio:g}, expected 0 to 1")
    if not is_language(arguments.source_language):
        expected = "expected a language such as 'en'"
        raise UserError(f"--source-language: found {arguments.source_language!r}, {expected}")
    paths = lexicon_files(arguments)
    if not paths:
        raise UserError(
            f"found no lexicon, expected --lexicon LANGUAGE=FILE, or --lexicons FOLDER with files such as "
            f"{arguments.source_language}-de.tsv"
        )
    source = arguments.source_language
    lexicons: dict[str, Translations] = {
        language: to_translations(read_lexicon(path, source, language)) for language, path in paths.items()
    }
    switcher = Switcher(arguments.source_language, {side: lexicons}, ratio, arguments.seed, arguments.mode)
    tally = Tally(arguments.source_language, ratio, {side: lexicons})

    def switched(name: str, text: str) -> str:
        new, switches, wanted = switcher(text, name, side)
        tally.add(side, text, switches, wanted)
        return new

    form = arguments.format or ("tsv" if arguments.file.endswith(".tsv") else "jsonl")
    with _opened(arguments.file) as lines, _written(arguments.output) as output:
        for line in changed(
            readable(lines, arguments.file), form, arguments.field, arguments.id, arguments.file, switched
        ):
            output.write(f"{line}\n".encode())
    print(_counts(tally.stats(), side), file=sys.stderr)
    return 0


def lexicon_files(arguments: Namespace) -> dict[str, Path]:
    """Language → the lexicon that --lexicon or --lexicons names; UserError if one cannot be meant."""
    paths: dict[str, Path] = {}
    if arguments.lexicons:
        folder, name = Path(arguments.lexicons), re.escape(arguments.source_language) + r"-(.+)\.tsv"
        if not folder.is_dir():
            raise UserError(f"--lexicons: {folder}: not found, expected a folder")
        matches = (re.fullmatch(name, path.name) for path in sorted(folder.iterdir()))
        paths = {match[1]: folder / match[0] for match in matches if match}
    for given in arguments.lexicon:
        language, equals, path = given.partition("=")
        if not equals:
            raise UserError(f"--lexicon: found {given!r}, expected LANGUAGE=FILE such as de=en-de.tsv")
        paths[language] = Path(path)
    for language, path in paths.items():
        if not is_language(language):
            raise UserError(f"lexicon {path}: found {language!r}, expected a language such as 'de'")
    return paths


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
        words = f"{row['drawn']:>12,}{row['switched']:>12,}"
        lines.append(f"{language:10}{words}{row['share']:>14.1%}{row['not_in_lexicon']:>16,}")
    return "\n".join(lines)
