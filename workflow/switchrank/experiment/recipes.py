"""Recipes of training data: which texts, switched into what, with which lexicon; and the data's names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from switchrank.languages import Pair, Side

PER_PAIR = ("bl-cs", "fine-tune")  # these have a model for each pair


@dataclass(frozen=True)
class Recipe:
    """How training data are made.

    Attributes:
        query, passage: the sides that the texts are of.
        query_into, passage_into: the languages that that side is switched into; none: it stays.
        lexicon: the name of the lexicon that words are switched with; None where no words are, see
            training.whole_texts.
        ratio: probability p that a word, or a whole text, is switched.
        mode: "static", "coverage", "dropout" or "dynamic", see training.switching; or "whole-texts".
        epochs: how many epochs have texts of their own (dynamic mode; 1 otherwise).
        stop_words: whether stop words are switched too, as in the paper.
    """

    query: Side
    passage: Side
    query_into: tuple[str, ...] = ()
    passage_into: tuple[str, ...] = ()
    lexicon: str | None = None
    ratio: float | None = None
    mode: str = "static"
    epochs: int = 1
    stop_words: bool = True

    @property
    def switched(self) -> bool:
        """Whether words are switched, so that there are texts that the collection does not have."""
        return self.lexicon is not None

    @property
    def lexicon_languages(self) -> list[str]:
        """The languages that lexicons are needed for."""
        return sorted({*self.query_into, *self.passage_into}) if self.switched else []

    @property
    def text_languages(self) -> list[str]:
        """The languages of the collection's own texts that are trained on, or switched."""
        whole = () if self.switched else (*self.query_into, *self.passage_into)
        return list(dict.fromkeys([*self.query.languages, *self.passage.languages, *whole]))


def recipe(
    training: Mapping[str, Any], pair: Pair, source: Side, languages: Sequence[str]
) -> tuple[str, Recipe] | None:
    """The name and the recipe of the data that a system, by its training entry, ranks a pair with.

    `source` is text in the source language as it is. ml-cs switches both sides of it into all of `languages`,
    whatever the pair. bl-cs switches each side into that side's own language, a mixed side into all that it
    mixes; the source language stays, as in the paper's released code. Where both sides mix all of
    `languages`, that is ml-cs; where both are the source language, there is no such data: None. fine-tune
    takes the collection's own texts in the pair's languages; whole-texts switches both sides into all of
    `languages`, too, but text by text.
    """
    match training["data"]:
        case "ml-cs":
            into = tuple(languages)
            return _switched(training, source, into, into)
        case "bl-cs":
            query, passage = (
                tuple(language for language in side.languages if language != source.name)
                for side in (pair.query, pair.document)
            )
            if set(query) == set(passage) == set(languages):  # the very data of ml-cs
                return recipe({**training, "data": "ml-cs"}, pair, source, languages)
            return _switched(training, source, query, passage, f".{pair}") if query or passage else None
        case "whole-texts":
            into, ratio = tuple(languages), training["ratio"]
            made = Recipe(source, source, into, into, ratio=ratio, mode="whole-texts")
            return f"whole-texts.{ratio_name(ratio)}", made
        case "fine-tune" if (pair.query, pair.document) != (source, source):
            return f"fine-tune.{pair}", Recipe(pair.query, pair.document)
    return f"{source.name}-{source.name}", Recipe(source, source)


def _switched(
    training: Mapping[str, Any],
    source: Side,
    query: tuple[str, ...],
    passage: tuple[str, ...],
    suffix: str = "",
) -> tuple[str, Recipe]:
    """Named such as ml-cs.clwe.p0.50, with what differs from the paper's way behind it."""
    name = f"{training['data']}.{training['lexicon']}.{ratio_name(training['ratio'])}"
    if training.get("mode", "static") != "static":
        name += f".{training['mode']}{training.get('epochs', '')}"
    if not training.get("stop_words", True):
        name += ".no-stop-words"
    options = {key: value for key, value in training.items() if key != "data"}
    return f"{name}{suffix}", Recipe(source, source, query_into=query, passage_into=passage, **options)


def ratio_name(ratio: float) -> str:
    """p0.50 for 0.5, with more digits where two would be ambiguous."""
    return f"p{ratio:.2f}" if round(ratio, 2) == ratio else f"p{ratio!r}"
