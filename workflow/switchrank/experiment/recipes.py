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
        query_into, passage_into: the languages that words of that side are switched into; none: it stays.
        lexicon: the lexicon's name; None where nothing is switched.
        ratio: translation probability p.
        mode: "static", "coverage" or "dynamic"; see training.switching.
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
        """Whether any word is switched."""
        return bool(self.query_into or self.passage_into)

    @property
    def lexicon_languages(self) -> list[str]:
        """The languages that lexicons are needed for."""
        return sorted({*self.query_into, *self.passage_into})


def recipe(
    training: Mapping[str, Any], pair: Pair, source: Side, languages: Sequence[str]
) -> tuple[str, Recipe] | None:
    """The training data that a system ranks a pair with.

    `source` is text in the source language as it is. ml-cs switches both sides of it into all of `languages`,
    whatever the pair. bl-cs switches each side into that side's own language, a mixed side into all that it
    mixes; the source language stays, as in the paper's released code. Where both sides mix all of
    `languages`, that is ml-cs. fine-tune takes the collection's own texts in the pair's languages.

    Args:
        training: the training entry of a system in the config.
        pair: what is ranked.
        source: the side of the source language.
        languages: what ml-cs switches into.

    Returns:
        the name of the data and the recipe; None where there is no such data: bl-cs has nothing to switch if
        both sides are the source language.
    """
    match training["data"]:
        case "ml-cs":
            into = tuple(languages)
            return _switched_name(training), _switched(training, source, into, into)
        case "bl-cs":
            query, passage = (
                tuple(language for language in side.languages if language != source.name)
                for side in (pair.query, pair.document)
            )
            if set(query) == set(passage) == set(languages):  # the very data of ml-cs
                return recipe({**training, "data": "ml-cs"}, pair, source, languages)
            name = f"{_switched_name(training)}.{pair}"
            return (name, _switched(training, source, query, passage)) if query or passage else None
        case "fine-tune" if (pair.query, pair.document) != (source, source):
            return f"fine-tune.{pair}", Recipe(pair.query, pair.document)
    return f"{source.name}-{source.name}", Recipe(source, source)


def _switched(
    training: Mapping[str, Any], source: Side, query: tuple[str, ...], passage: tuple[str, ...]
) -> Recipe:
    options = {
        key: training[key] for key in ("lexicon", "ratio", "mode", "epochs", "stop_words") if key in training
    }
    return Recipe(source, source, query_into=query, passage_into=passage, **options)


def _switched_name(training: Mapping[str, Any]) -> str:
    """ml-cs.clwe.p0.50, with what differs from the paper's way behind it."""
    mode = training.get("mode", "static")
    parts = [training["data"], training["lexicon"], ratio_name(training["ratio"])]
    parts += [f"{mode}{training['epochs']}"] if mode == "dynamic" else [mode] if mode != "static" else []
    parts += [] if training.get("stop_words", True) else ["no-stop-words"]
    return ".".join(parts)


def ratio_name(ratio: float) -> str:
    """p0.50 for 0.5, with more digits where two would not tell."""
    return f"p{ratio:.2f}" if round(ratio, 2) == ratio else f"p{ratio!r}"
