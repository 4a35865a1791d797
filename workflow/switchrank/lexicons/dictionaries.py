"""The seed dictionary: single-word names from the OpenStreetMap tagging schema and their translations.

The schema's editors translate by hand the names of map features, of their attributes and of the attributes'
values ("Bridge" → "Brücke", "Asphalt" → "Asfalto"). Search terms and aliases are lists that each language has
of its own, not translations of each other, and are left out.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.errors import UserError
from switchrank.files import REFETCH, read_json, reading
from switchrank.text.normalisation import lower, phrase, single_blanks
from switchrank.text.words import is_number, words

# By the word of the source language, so that a word has all its translations, in all languages, in one part.
PARTS = {"align": 0.4, "held-out": 0.3, "test": 0.3}
_NOT_PARALLEL = {"terms", "aliases", "placeholder", "placeholders", "description"}
# What stands where there is no name: a reference to another one ("{shop}"), a text with a place that a
# program fills in ("{count}", "%s"), one that is still to be translated ("↑↑↑").
_NO_NAME = re.compile(r"[{}]|%[sd]|↑{3}")
# The schema's own code for simplified characters, which the word lists have too.
_CODES = {"zh": "zh-CN", "zh-Hans": "zh-CN"}


def seed_dictionary(
    folder: str | Path, source_language: str, language: str
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The seed dictionary of the source language and another one (BCP 47), and its counts.

    Its columns are source, target and part, sorted: each a single normalised word, the two never the same
    (such pairs share their vectors, whatever the alignment). No pair of an earlier part has a target of a
    later one, so what is tested was seen from neither side. Errors are those of parallel_names.
    """
    names = parallel_names(folder, source_language, language)
    candidates = {(source, phrase(target, language)) for source, target in names}
    single = {
        (source, target)
        for source, target in candidates
        if _is_word(source, source_language) and _is_word(target, language)
    }
    pairs = sorted((source, target) for source, target in single if source != target)
    rows, seen = [], set()
    for part in reversed(PARTS):  # the test part first: it keeps all its pairs
        drawn = [pair for pair in pairs if _part(pair[0]) == part]
        rows += [(source, target, part) for source, target in drawn if target not in seen]
        seen |= {target for _, target in drawn}
    frame = pd.DataFrame(sorted(rows), columns=["source", "target", "part"], dtype="str")
    return frame, {
        "names": len(candidates),
        "single_words": len(single),
        "spelt_alike": len(single) - len(pairs),
        "target_in_later_part": len(pairs) - len(frame),
        "pairs": {part: int((frame["part"] == part).sum()) for part in PARTS},
    }


def has_names(folder: str | Path, language: str) -> bool:
    """Whether the schema has a file for a language."""
    return _file(folder, language)[0].is_file()


def parallel_names(folder: str | Path, source: str, target: str) -> list[tuple[str, str]]:
    """What the schema names in both of two languages (BCP 47), in lower case.

    The first are normalised, as words are looked up; the others are in their language's own script. Empty
    texts and placeholders are left out. A pair comes as often as the schema has it.

    Raises:
        UserError: there is no file for a language or it is not the schema's.
    """
    sources, targets = _names(folder, source), _names(folder, target)
    return [(phrase(name, source), targets[key]) for key, name in sources.items() if key in targets]


def _names(folder: str | Path, language: str) -> dict[tuple[str, ...], str]:
    path, code = _file(folder, language)
    if not path.is_file():
        raise UserError(f"{path}: not found, expected the tagging schema's translations into {language}")
    content = read_json(path, REFETCH)
    presets = content.get(code, {}).get("presets") if isinstance(content, dict) else None
    if not isinstance(presets, dict):
        raise UserError(f"{path}: found no {code}.presets, expected a translation file of the tagging schema")
    with reading(path, REFETCH):
        names = {keys: _spelt(name, language) for keys, name in _leaves(presets, ())}
    return {keys: name for keys, name in names.items() if name and not _NO_NAME.search(name)}


def _spelt(name: str, language: str) -> str:
    name.encode()  # a broken character is a ValueError
    return single_blanks(lower(name, language))


def _file(folder: str | Path, language: str) -> tuple[Path, str]:
    code = _CODES.get(language, language)
    return Path(folder) / "dist" / "translations" / f"{code}.json", code


def _leaves(value: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Walk a tree of names; a value is written either as its name or as an object with a title."""
    if isinstance(value, str):
        yield (keys[:-1] if keys[-1] == "title" else keys), value
    elif isinstance(value, dict):
        for key, child in value.items():
            if key not in _NOT_PARALLEL or keys[-1:] == ("options",):
                yield from _leaves(child, (*keys, key))


def _is_word(name: str, language: str) -> bool:
    return words(name, language) == [name] and not is_number(name)


def _part(word: str) -> str:
    digest = blake2b(word.encode(), digest_size=8, person=b"seed dictionary").digest()
    draw = int.from_bytes(digest, "big") / 2**64
    for part, share in PARTS.items():
        draw -= share
        if draw < 0:
            return part
    return part
