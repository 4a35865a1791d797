"""Recipes of training data: which texts, switched into what, with which lexicon; and the data's names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from switchrank.languages import members, parse_pair

PER_PAIR = ("bl-cs", "fine-tune")  # these have a model for each pair


@dataclass(frozen=True)
class Recipe:
    """How training data are made.

    Attributes:
        query, passage: the language of the texts, or a mixed side such as "xx6".
        query_into, passage_into: the languages that words of that side are switched into; none: it stays.
        lexicon: the lexicon's name; None where nothing is switched.
        ratio: translation probability p.
        mode: "static", "coverage" or "dynamic"; see switching.
        epochs: how many epochs have texts of their own (dynamic mode; 1 otherwise).
        stop_words: whether stop words are switched too, as in the paper.
    """

    query: str = "en"
    passage: str = "en"
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


def recipe(training: Mapping[str, Any], pair: str, languages: Sequence[str]) -> tuple[str, Recipe] | None:
    """The training data that a system ranks a pair with.

    en-en is plain English. ml-cs switches both sides into all of `languages`, whatever the pair. bl-cs
    switches each side into that side's own language, a mixed side into all that it mixes; English stays, as
    in the paper's released code. Where both sides mix all of `languages`, that is ml-cs. fine-tune takes the
    collection's own texts in the pair's languages.

    Args:
        training: the training entry of a system in the config.
        pair: query language–document language.
        languages: what ml-cs switches into.

    Returns:
        the name of the data and the recipe; None where there is no such data: bl-cs has nothing to switch on
        en-en.
    """
    query, passage = parse_pair(pair)
    match training["data"]:
        case "ml-cs":
            into = tuple(languages)
            return _switched_name(training), _switched(training, into, into)
        case "bl-cs":
            sides = _foreign(query), _foreign(passage)
            if all(set(side) == set(languages) for side in sides):  # the very data of ml-cs
                return recipe({**training, "data": "ml-cs"}, pair, languages)
            return (f"{_switched_name(training)}.{pair}", _switched(training, *sides)) if any(sides) else None
        case "fine-tune" if pair != "en-en":
            return f"fine-tune.{pair}", Recipe(query, passage)
    return "en-en", Recipe()


def _foreign(side: str) -> tuple[str, ...]:
    return tuple(language for language in members(side) if language != "en")


def _switched(training: Mapping[str, Any], query: tuple[str, ...], passage: tuple[str, ...]) -> Recipe:
    options = {
        key: training[key] for key in ("lexicon", "ratio", "mode", "epochs", "stop_words") if key in training
    }
    return Recipe(query_into=query, passage_into=passage, **options)


def _switched_name(training: Mapping[str, Any]) -> str:
    """ml-cs.clwe.p0.50, with what differs from the paper's way behind it."""
    ratio, mode = training["ratio"], training.get("mode", "static")
    digits = f"{ratio:.2f}" if round(ratio, 2) == ratio else repr(ratio)
    parts = [training["data"], training["lexicon"], f"p{digits}"]
    parts += [f"{mode}{training['epochs']}"] if mode == "dynamic" else [mode] if mode != "static" else []
    parts += [] if training.get("stop_words", True) else ["no-stop-words"]
    return ".".join(parts)
