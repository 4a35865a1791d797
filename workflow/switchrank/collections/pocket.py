"""The embedded collection `pocket`: Unicode CLDR annotations as known-item search.

A query is the name of a symbol in one language; its one relevant passage is the symbol's search keywords in
another, without the name itself. A symbol belongs to the collection when it has a name and at least one other
keyword in every language asked for.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from switchrank.collections.base import SPLITS, Collection, Contents
from switchrank.errors import UserError
from switchrank.settings import setting

# Variants of one symbol: signs that vary it are dropped, people of another gender are folded into one.
_DROPPED = ("\ufe0f", "\u200d♀", "\u200d♂", *map(chr, range(0x1F3FB, 0x1F400)))
_PEOPLE = ("🧑👨👩", "🧒👦👧", "🧓👴👵", "🫅🤴👸", "🫄🤰🫃", "🕺💃", "🎅🤶", "👫👬👭")
_FOLDED = {variant: people[0] for people in _PEOPLE for variant in people}
_GENDERED = {
    **dict.fromkeys(["man", "woman", "men", "women", "people"], "person"),
    **dict.fromkeys(["boy", "girl"], "child"),
}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the config may say of the collection."""

    limit: int | None = setting("only the first so many symbols, for a quick trial", None, minimum=10)
    train: float = setting("share of the symbols in the training split", 0.6, minimum=0, maximum=1)
    dev: float = setting("share of the symbols in the dev split", 0.1, minimum=0, maximum=1)
    test: float = setting("share of the symbols in the test split", 0.3, minimum=0, maximum=1)
    seed: int = setting("seed of the split", 1, minimum=0)


class Pocket(Collection):
    """CLDR annotations as a collection."""

    Settings = Settings
    assets = ("cldr",)
    languages = ("ar", "zh", "nl", "en", "fr", "de", "hi", "id", "it", "ja", "pt", "ru", "es", "vi")

    @classmethod
    def check(cls, settings: Settings) -> str | None:
        """The shares of the splits add up to 1."""
        total = settings.train + settings.dev + settings.test
        return None if abs(total - 1) < 1e-9 else f"train, dev and test add up to {total:g}, expected 1"

    def load(self, languages: Sequence[str]) -> Contents:
        """Read queries and passages in these languages; see Collection.load."""
        entries = {language: self._read(language) for language in languages}
        # English says which symbols are near-twins, whatever the languages asked for.
        english = entries.get("en") or self._read("en")
        symbols = [s for s in english if all(s in entries[language] for language in languages)]
        symbols = symbols[: self.settings.limit]
        groups = group_twins({symbol: english[symbol] for symbol in symbols})
        split_of = {symbol: self._split(group) for symbol, group in groups.items()}
        ids = {symbol: identifier(symbol) for symbol in symbols}
        ordered = sorted(symbols, key=ids.__getitem__)
        keys = [ids[symbol] for symbol in ordered]
        names = {lang: [entries[lang][s][0] for s in ordered] for lang in languages}
        keywords = {lang: [", ".join(entries[lang][s][1]) for s in ordered] for lang in languages}
        splits = [
            {"side": side, "id": ids[symbol], "split": split_of[symbol]}
            for side in ("query", "passage")
            for symbol in ordered
        ]
        return Contents(
            queries={lang: pd.Series(names[lang], index=keys) for lang in languages},
            passages={lang: pd.Series(keywords[lang], index=keys) for lang in languages},
            qrels=pd.DataFrame({"query_id": keys, "passage_id": keys, "relevance": 1}),
            splits=pd.DataFrame(splits),
            stats=_stats(entries, names, keywords, groups, split_of),
        )

    def _read(self, language: str) -> dict[str, tuple[str, list[str]]]:
        """Name and other keywords of each symbol that has both."""
        path = self.folders["cldr"] / "annotations" / language / "annotations.json"
        symbols = {}
        try:
            entries = json.loads(path.read_text(encoding="utf-8"))["annotations"]["annotations"]
            for symbol, entry in entries.items():
                name = " ".join(entry.get("tts", []))
                others = [word for word in entry.get("default", []) if word.casefold() != name.casefold()]
                if name and others:
                    symbols[symbol] = (name, others)
        except FileNotFoundError:
            raise UserError(f"{path}: not found, expected the CLDR annotations of '{language}'") from None
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise UserError(f"{path}: no CLDR annotations: {error!r}") from None
        return symbols

    def _split(self, group: str) -> str:
        digest = hashlib.blake2b(f"{self.settings.seed}/{group}".encode(), digest_size=8).digest()
        draw, edge = int.from_bytes(digest) / 2**64, 0.0
        for split in SPLITS:
            edge += getattr(self.settings, split)
            if draw < edge:
                return split
        return SPLITS[-1]


def identifier(symbol: str) -> str:
    """Code points of a symbol as an id: 😀 → 1F600, joined by hyphens."""
    return "-".join(f"{ord(character):04X}" for character in symbol)


def group_twins(entries: Mapping[str, tuple[str, Sequence[str]]]) -> dict[str, str]:
    """Put near-twins together, so that a split can keep them on one side.

    Twins are symbols that differ only in skin tone, gender or presentation; a joined sequence and its first
    part (heart, heart on fire); and symbols with the same English keywords, or with English names that differ
    only in the word for the person.

    Args:
        entries: symbol → (English name, other English keywords).

    Returns:
        symbol → its group, named by the group's first symbol in code point order.
    """
    root = {symbol: symbol for symbol in entries}

    def find(symbol: str) -> str:
        while root[symbol] != symbol:
            symbol = root[symbol]
        return symbol

    for twins in _twin_sets(entries):
        first, *others = sorted({find(symbol) for symbol in twins})
        for other in others:
            root[other] = first
    return {symbol: find(symbol) for symbol in entries}


def _twin_sets(entries: Mapping[str, tuple[str, Sequence[str]]]) -> Iterable[list[str]]:
    by_key = defaultdict(list)
    for symbol, (name, keywords) in entries.items():
        base = _fold(symbol)
        by_key["symbol", base].append(symbol)
        head = base.split("\u200d")[0]
        if head not in _FOLDED.values():  # else every profession would join the plain person
            by_key["symbol", head].append(symbol)
        by_key["keywords", tuple(sorted(map(str.casefold, keywords)))].append(symbol)
        by_key["name", tuple(_GENDERED.get(word, word) for word in name.casefold().split())].append(symbol)
    return by_key.values()


def _fold(symbol: str) -> str:
    for sign in _DROPPED:
        symbol = symbol.replace(sign, "")
    return "".join(_FOLDED.get(character, character) for character in symbol)


def _stats(entries: Mapping, names: Mapping, keywords: Mapping, groups: Mapping, split_of: Mapping) -> dict:
    sizes = Counter(groups.values())
    stats = {
        "symbols": len(groups),
        "symbols_by_language": {language: len(symbols) for language, symbols in entries.items()},
        "splits": {split: sum(s == split for s in split_of.values()) for split in SPLITS},
        "twin_groups": sum(size > 1 for size in sizes.values()),
        "symbols_in_twin_groups": sum(size for size in sizes.values() if size > 1),
        "largest_twin_group": max(sizes.values(), default=0),
    }
    if "en" in names:
        stats["names_spelt_as_in_english"] = {
            language: sum(a.casefold() == b.casefold() for a, b in zip(texts, names["en"], strict=True))
            for language, texts in names.items()
            if language != "en"
        }
    return stats | {
        "words_per_query": {language: _mean_words(texts) for language, texts in names.items()},
        "words_per_passage": {language: _mean_words(texts) for language, texts in keywords.items()},
    }


def _mean_words(texts: Sequence[str]) -> float:
    """Mean number of words between blanks (Chinese and Japanese are not cut)."""
    return round(sum(len(text.split()) for text in texts) / max(1, len(texts)), 3)
