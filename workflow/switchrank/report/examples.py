"""Examples of queries: candidates before and after, and training text with its switched words marked."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from switchrank.languages import MIXED, name_of, parse_pair


class Piece(NamedTuple):
    """A stretch of text; a switched one has the English word it stands for, and its language."""

    text: str
    word: str = ""
    language: str = ""
    language_name: str = ""


def examples(found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Arrange what stages.examples found: each with its training text cut up, and the languages of its sides.

    A side that mixes languages has none: browsers then go by the text itself.
    """
    return [
        {
            **example,
            "named": " → ".join(map(name_of, parse_pair(example["pair"]))),
            "languages": ["" if side in MIXED else side for side in parse_pair(example["pair"])],
            "training": _training(example["training"]),
        }
        for example in found
    ]


def marked(text: str, switches: Sequence[Sequence[str]]) -> tuple[list[Piece], list[Sequence[str]]]:
    """Cut a text at its switched words.

    Args:
        text: the switched text.
        switches: word, translation and language, in the order of the text.

    Returns:
        the pieces, and the switches that stand beyond the end of this text.
    """
    pieces, at, rest = [], 0, list(switches)
    while rest:
        word, translation, language = rest[0]
        found = re.compile(rf"(?<!\w){re.escape(translation)}(?!\w)", re.IGNORECASE).search(text, at)
        if not found:
            break
        pieces += [Piece(text[at : found.start()])] if found.start() > at else []
        pieces.append(Piece(found[0], word, language, name_of(language)))
        at = found.end()
        rest.pop(0)
    return [*pieces, *([Piece(text[at:])] if at < len(text) else [])], rest


def _training(training: Mapping[str, Any]) -> dict[str, Any]:
    query, rest = marked(training["switched_query"], training["switched"])
    passage, _ = marked(training["switched_passage"], rest)
    return {
        "query": training["query"],
        "passage": training["passage"],
        "switched_query": query,
        "switched_passage": passage,
    }
