"""Lexicons induced from word vectors, from and into English, and their quality."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from switchrank.dictionaries import seed_dictionary
from switchrank.files import write_json
from switchrank.lexicon import induce, quality
from switchrank.lexicon_files import write_lexicon
from switchrank.stages.lexicon_stats import lexicon_stats
from switchrank.vectors import read_vectors, shared_words


def induce_lexicons(
    vectors: Path,
    english: Path,
    dictionaries: Path,
    corpus: Path,
    language: str,
    settings: Mapping[str, Any],
    from_english: Path,
    to_english: Path,
    stats: Path,
) -> None:
    """Induce the lexicons from English and into English, each in its own right, and measure them.

    Args:
        vectors: .safetensors of the language, aligned.
        english: .safetensors of English.
        dictionaries: folder of the tagging schema's translations; its test part measures.
        corpus: folder of the collection, for the coverage of its training words.
        language: ISO 639-1.
        settings: method; neighbours (of CSLS), translations (of each word), as in lexicon.induce.
        from_english, to_english: TSVs to write.
        stats: JSON to write.
    """
    own, ours = read_vectors(vectors), read_vectors(english)
    tested = seed_dictionary(dictionaries, language)[0].query("part == 'test'")
    shared = shared_words(set(own[0]) & set(ours[0]), language, "en")
    swapped = tested.rename(columns={"source": "target", "target": "source"})
    directions = {
        "from_english": (from_english, ours, own, tested),
        "to_english": (to_english, own, ours, swapped),
    }
    options = {
        name: settings[key]
        for key, name in (("neighbours", "k"), ("translations", "translations"))
        if key in settings
    }
    lexicons, qualities = {}, {}
    for direction, (path, source, target, pairs) in directions.items():
        lexicon = induce(*source, *target, settings["method"], shared=shared, **options)
        write_lexicon(path, lexicon)
        lexicons[direction], qualities[direction] = lexicon, quality(lexicon, pairs, target[0])
    write_json(
        stats, lexicon_stats(language, settings["method"], **lexicons, qualities=qualities, corpus=corpus)
    )
