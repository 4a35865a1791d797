"""Code-switching as a recipe says, with lexicons from files."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from switchrank.lexicons.tsv import read_lexicon, to_translations
from switchrank.text.stop_words import stop_words
from switchrank.training.switching import Switch, cover, switch

# (text, record, side) → the text as trained on, what was drawn in it, and how many words were wanted: None
# but in coverage mode.
Switcher = Callable[[str, str, str], tuple[str, list[Switch], int | None]]


def switcher(recipe: Mapping[str, Any], lexicons: Mapping[str, str | Path], seed: int) -> Switcher:
    """Give what switches each side into its languages; a side without any stays as it is.

    Args:
        recipe: the attributes of a recipes.Recipe by name; its sides are those of the source language.
        lexicons: language → TSV from the source language.
        seed: of the draws.

    Raises:
        ValueError: a language to switch into has no lexicon.
    """
    into = {"query": recipe["query_into"], "passage": recipe["passage_into"]}
    missing = {language for languages in into.values() for language in languages} - set(lexicons)
    if missing:
        raise ValueError(
            f"lexicons of {', '.join(sorted(lexicons))}: expected {', '.join(sorted(missing))} too"
        )
    translations = {language: to_translations(read_lexicon(path)) for language, path in lexicons.items()}
    of_side = {
        side: {language: translations[language] for language in languages} for side, languages in into.items()
    }
    skip = frozenset() if recipe["stop_words"] else stop_words(recipe["query"].name)

    def switched(text: str, record: str, side: str) -> tuple[str, list[Switch], int | None]:
        if not of_side[side]:
            return text, [], None
        drawing = of_side[side], recipe["ratio"], seed, record, side, skip
        if recipe["mode"] == "coverage":
            return cover(text, *drawing)
        return (*switch(text, *drawing), None)

    return switched
