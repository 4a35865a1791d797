"""Lexicons induced from word vectors, from and into English, and their quality."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from switchrank.files import read_json, write_json
from switchrank.lexicons.induction import induce
from switchrank.lexicons.tsv import write_lexicon
from switchrank.lexicons.vectors import read_vectors, shared_words
from switchrank.stages.lexicon_stats import FROM_ENGLISH, TO_ENGLISH, lexicon_stats


def induce_lexicons(
    vectors: Path,
    english: Path,
    counts: Path,
    dictionaries: Path,
    corpus: Path,
    language: str,
    settings: Mapping[str, Any],
    from_english: Path,
    to_english: Path,
    stats: Path,
) -> None:
    """Induce the lexicons from English and into English, each in its own right, and measure them.

    Words that a language has from the collection's texts alone are translated into English, but English words
    are not translated into them: what English is switched into owes nothing to the collection's other
    languages.

    Args:
        vectors: .safetensors of the language, aligned.
        english: .safetensors of English.
        counts: JSON of the language's vocabulary; see vectors.vocabulary.
        dictionaries: folder of the tagging schema's translations; its test part measures.
        corpus: folder of the collection, for the coverage of its training words.
        language: ISO 639-1.
        settings: method; neighbours (of CSLS), translations (of each word), as in lexicon.induce.
        from_english, to_english: TSVs to write.
        stats: JSON to write.
    """
    own, ours = read_vectors(vectors), read_vectors(english)
    frequent = tuple(part[: read_json(counts)["frequent"]] for part in own)
    shared = shared_words(set(own[0]) & set(ours[0]), language, "en")
    options = {
        name: settings[key]
        for key, name in (("neighbours", "k"), ("translations", "translations"))
        if key in settings
    }
    lexicons = {
        FROM_ENGLISH: induce(*ours, *frequent, settings["method"], shared=shared, **options),
        TO_ENGLISH: induce(*own, *ours, settings["method"], shared=shared, **options),
    }
    write_lexicon(from_english, lexicons[FROM_ENGLISH])
    write_lexicon(to_english, lexicons[TO_ENGLISH])
    vocabularies = {FROM_ENGLISH: frequent[0], TO_ENGLISH: ours[0]}
    write_json(
        stats, lexicon_stats(language, settings["method"], lexicons, corpus, dictionaries, vocabularies)
    )
