"""The embedded collection `pocket`: Unicode CLDR annotations as known-item search.

A query is the name of a symbol in one language; its one relevant passage is the symbol's search keywords in
another, without the name itself, each keyword once, however it is spelt. A symbol belongs to the collection
when it has a name and at least one other keyword in every language asked for. Texts stay as CLDR spells them.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from switchrank.collections.base import KINDS, SPLITS, Collection, Contents
from switchrank.files import REFETCH, read_json, reading
from switchrank.settings import setting
from switchrank.text.normalisation import folded

# Variants of one symbol: signs that vary it are dropped, people of another gender are folded into one.
_DROPPED = ("\ufe0f", "\u200d♀", "\u200d♂", *map(chr, range(0x1F3FB, 0x1F400)))
_PEOPLE = ("🧑👨👩", "🧒👦👧", "🧓👴👵", "🫅🤴👸", "🫄🤰🫃", "🕺💃", "🎅🤶", "👫👬👭")
_FOLDED = {variant: people[0] for people in _PEOPLE for variant in people}
_GENDERED = {
    **dict.fromkeys(["man", "woman", "men", "women", "people"], "person"),
    **dict.fromkeys(["boy", "girl"], "child"),
}
# What stands where a text is still to be translated: "as inherited", or a number such as E13.1–132.
_PLACEHOLDER = re.compile(r"↑{3,}|e\d+(\.\d+)?[-–]\d+")


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
        left_out: dict[str, dict[str, int]] = defaultdict(dict)
        entries = {language: self._read(language, left_out) for language in languages}
        # English says which symbols are near-twins, whatever the languages asked for.
        english = entries.get("en") or self._read("en", defaultdict(dict))
        symbols = [s for s in english if all(s in entries[language] for language in languages)]
        symbols = sorted(symbols[: self.settings.limit], key=identifier)
        ids = [identifier(symbol) for symbol in symbols]
        groups = group_twins({symbol: english[symbol] for symbol in symbols})
        splits = [self._split(groups[symbol]) for symbol in symbols]
        rows = [(kind, i, split) for kind in KINDS for i, split in zip(ids, splits, strict=True)]
        queries, passages = {}, {}
        for language, texts in entries.items():
            queries[language] = pd.Series([texts[s][0] for s in symbols], index=ids)
            passages[language] = pd.Series([", ".join(texts[s][1]) for s in symbols], index=ids)
        return Contents(
            queries=queries,
            passages=passages,
            qrels=pd.DataFrame({"query_id": ids, "passage_id": ids, "relevance": 1}),
            splits=pd.DataFrame(rows, columns=["side", "id", "split"]),
            stats=_stats(entries, queries, passages, groups, splits) | left_out,
        )

    def _read(self, language: str, left_out: dict[str, dict[str, int]]) -> dict[str, tuple[str, list[str]]]:
        """Name and other keywords of each symbol that has both; `left_out` gets counts of other texts."""
        path = self.folders["cldr"] / "annotations" / language / "annotations.json"
        symbols, counts = {}, Counter()
        with reading(path, REFETCH):
            entries = read_json(path, REFETCH)["annotations"]["annotations"]
            for symbol, entry in entries.items():
                names, keywords = (_texts(entry, key, language, counts) for key in ("tts", "default"))
                others = {spelling: word for spelling, word in keywords.items() if spelling not in names}
                if names and others:
                    symbols[symbol] = (next(iter(names.values())), list(others.values()))
        for name in ("empty_texts", "placeholders", "repeated_texts"):
            left_out[name][language] = counts[name]
        return symbols

    def _split(self, group: str) -> str:
        digest = hashlib.blake2b(f"{self.settings.seed}/{group}".encode(), digest_size=8).digest()
        draw, edge = int.from_bytes(digest) / 2**64, 0.0
        for split in SPLITS:
            edge += getattr(self.settings, split)
            if draw < edge:
                return split
        return SPLITS[-1]


def _texts(entry: Mapping[str, Any], key: str, language: str, counts: Counter[str]) -> dict[str, str]:
    """The texts of a symbol by their spelling, the first of each; `counts` gets those left out."""
    texts: dict[str, str] = {}
    if not isinstance(entry.get(key, []), list):
        raise TypeError(f"found {entry[key]!r} as {key}, expected a list")
    for text in entry.get(key, []):
        spelling = folded(text, language)
        if not spelling:
            counts["empty_texts"] += 1
        elif _PLACEHOLDER.fullmatch(spelling):
            counts["placeholders"] += 1
        elif spelling in texts:
            counts["repeated_texts"] += 1
        else:
            text.encode()  # a broken character is a ValueError
            texts[spelling] = text.strip()
    return texts


def identifier(symbol: str) -> str:
    """Code points of a symbol as an id: 😀 → 1F600, joined by hyphens."""
    return "-".join(f"{ord(character):04X}" for character in symbol)


def group_twins(entries: Mapping[str, tuple[str, Sequence[str]]]) -> dict[str, str]:
    """Symbol → its group of near-twins, which a split keeps together, named by its first in code point order.

    Twins are symbols that differ only in skin tone, gender or presentation; a joined sequence and its first
    part (heart, heart on fire); and symbols with the same English keywords, or with English names that differ
    only in the word for the person. `entries` are symbol → (English name, other English keywords).
    """
    group_of = {symbol: {symbol} for symbol in entries}
    for twins in _twin_sets(entries):
        joined = set().union(*(group_of[symbol] for symbol in twins))
        group_of |= dict.fromkeys(joined, joined)
    return {symbol: min(group) for symbol, group in group_of.items()}


def _twin_sets(entries: Mapping[str, tuple[str, Sequence[str]]]) -> Iterable[list[str]]:
    by_key = defaultdict(list)
    for symbol, (name, keywords) in entries.items():
        base = _fold(symbol)
        by_key["symbol", base].append(symbol)
        head = base.split("\u200d")[0]
        if head not in _FOLDED.values():  # else every profession would join the plain person
            by_key["symbol", head].append(symbol)
        by_key["keywords", tuple(sorted(folded(word, "en") for word in keywords))].append(symbol)
        words = folded(name, "en").split()
        by_key["name", tuple(_GENDERED.get(word, word) for word in words)].append(symbol)
    return by_key.values()


def _fold(symbol: str) -> str:
    for sign in _DROPPED:
        symbol = symbol.replace(sign, "")
    return "".join(_FOLDED.get(character, character) for character in symbol)


def _stats(
    entries: Mapping, queries: Mapping, passages: Mapping, groups: Mapping, splits: Sequence[str]
) -> dict[str, Any]:
    sizes = Counter(groups.values()).values()
    stats = {
        "symbols": len(groups),
        "symbols_by_language": {language: len(symbols) for language, symbols in entries.items()},
        "splits": {split: splits.count(split) for split in SPLITS},
        "twin_groups": sum(size > 1 for size in sizes),
        "symbols_in_twin_groups": sum(size for size in sizes if size > 1),
        "largest_twin_group": max(sizes, default=0),
    }
    if "en" in queries:
        names = {
            language: texts.map(lambda text, own=language: folded(text, own))
            for language, texts in queries.items()
        }
        english = names.pop("en")
        stats["names_spelt_as_in_english"] = {
            language: int((texts == english).sum()) for language, texts in names.items()
        }
    return stats | {
        "words_per_query": {language: _mean_words(texts) for language, texts in queries.items()},
        "words_per_passage": {language: _mean_words(texts) for language, texts in passages.items()},
    }


def _mean_words(texts: Sequence[str]) -> float:
    """Mean number of words between blanks (Chinese and Japanese are not cut)."""
    return round(sum(len(text.split()) for text in texts) / max(1, len(texts)), 3)
