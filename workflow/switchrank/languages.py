"""Languages (BCP 47), sides that mix several of them, and pairs of query side and document side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import langcodes

from switchrank.errors import UserError


@dataclass(frozen=True)
class Side:
    """The query side or the document side of a pair.

    Attributes:
        name: a language's tag, or the name of a mixed side such as "xx6".
        languages: the language itself, or those that the side mixes, in the order of the config.
    """

    name: str
    languages: tuple[str, ...]

    @property
    def mixed(self) -> bool:
        """Whether each id has its text in one of several languages."""
        return self.languages != (self.name,)


@dataclass(frozen=True)
class Pair:
    """A query side and a document side, such as "ar-it" or "en-xx6"."""

    query: Side
    document: Side

    def __str__(self) -> str:
        return f"{self.query.name}-{self.document.name}"

    @property
    def setting(self) -> str:
        """The setting: "mlir" if a side is mixed, "moir" if both sides are one language, else "clir"."""
        if self.query.mixed or self.document.mixed:
            return "mlir"
        return "moir" if self.query == self.document else "clir"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all pairs of one query language and one document language of the two sides."""
        return tuple(f"{q}-{d}" for q in self.query.languages for d in self.document.languages)

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages of both sides, each once."""
        return tuple(dict.fromkeys([*self.query.languages, *self.document.languages]))


def sides(languages: Iterable[str], mixed: Mapping[str, Sequence[str]]) -> dict[str, Side]:
    """Every side that pairs may have, by name: each language, and each mixed side."""
    single = {language: Side(language, (language,)) for language in languages}
    return single | {name: Side(name, tuple(members)) for name, members in mixed.items()}


def parse_pair(text: str, known: Mapping[str, Side]) -> Pair:
    """Split a pair such as "ar-it", "en-xx6" or "en-zh-Hans" at the hyphen between two known sides.

    If there is no such hyphen, that is a UserError. `known` is what `sides` gives.
    """
    parts = text.split("-")
    for place in range(1, len(parts)):
        query, document = "-".join(parts[:place]), "-".join(parts[place:])
        if query in known and document in known:
            return Pair(known[query], known[document])
    names = ", ".join(known)
    if len(parts) == 2:
        unknown = next(side for side in parts if side not in known)
        raise UserError(f"pair {text!r}: unknown side {unknown!r}, expected one of {names}")
    raise UserError(f"pair {text!r}: found no two sides, expected query-document such as 'ar-it' of {names}")


def is_language(tag: str) -> bool:
    """Whether a tag is a language of BCP 47, such as "de" or "zh-Hans"."""
    return langcodes.tag_is_valid(tag)


@cache
def base_language(tag: str) -> str:
    """A language whatever its script or region: "zh" of "zh-Hans"."""
    return langcodes.Language.get(tag).language


@cache
def language_name(tag: str) -> str:
    """The English name of a language: "Arabic"."""
    return langcodes.Language.get(tag).display_name()


@cache
def script_of(tag: str) -> str:
    """The script that a language is mostly written in, by its code (ISO 15924): "Arab"."""
    return langcodes.Language.get(tag).maximize().script


@cache
def is_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left."""
    return script_of(tag) in ("Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg")


def side_name(side: Side) -> str:
    """A side's name for people to read: "Arabic", or "6 languages mixed" for xx6."""
    return f"{len(side.languages)} languages mixed" if side.mixed else language_name(side.name)
