"""Code-switching as a recipe says, with lexicons from files."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from switchrank.lexicons.tsv import read_lexicon, to_translations
from switchrank.text.stop_words import STOP_WORDS
from switchrank.training.switching import Switch, cover, switch

# (text, record, side) → the text as trained on, what was drawn in it, and how many words were wanted: None
# but in coverage mode.
Switcher = Callable[[str, str, str], tuple[str, list[Switch], int | None]]


def switcher(recipe: Mapping[str, Any], lexicons: Mapping[str, Path], seed: int) -> Switcher:
    """Give what switches each side into its own languages; a side without any stays as it is.

    Args:
        recipe: the attributes of a recipes.Recipe by name.
        lexicons: language → TSV from English.
        seed: of the draws.

    Raises:
        ValueError: a language to switch into has no lexicon.
    """
    into = {"query": recipe["query_into"], "passage": recipe["passage_into"]}
    missing = {language for own in into.values() for language in own} - set(lexicons)
    if missing:
        raise ValueError(
            f"lexicons of {', '.join(sorted(lexicons))}: expected {', '.join(sorted(missing))} too"
        )
    read = {language: to_translations(read_lexicon(path)) for language, path in lexicons.items()}
    of_side = {side: {language: read[language] for language in own} for side, own in into.items()}
    skip = frozenset() if recipe["stop_words"] else STOP_WORDS

    def switched(text: str, record: str, side: str) -> tuple[str, list[Switch], int | None]:
        if not of_side[side]:
            return text, [], None
        drawing = of_side[side], recipe["ratio"], seed, record, side, skip
        if recipe["mode"] == "coverage":
            return cover(text, *drawing)
        return (*switch(text, *drawing), None)

    return switched
