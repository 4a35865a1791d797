"""Word vectors, their alignment to English, and the lexicons induced from them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from switchrank.alignment import WordVectors, align
from switchrank.dictionaries import seed_dictionary
from switchrank.encoder import Encoder
from switchrank.files import read_parquet, write_json
from switchrank.lexicon import induce, quality, write_lexicon
from switchrank.vectors import read_vectors, shared_words, vocabulary, word_vectors, write_vectors
from switchrank.words import normalize, words


def make_vectors(encoder: Path, corpus: Path, language: str, size: int, output: Path, stats: Path) -> None:
    """Encode the words of a language: its most frequent ones and, of English, all in the training texts.

    Args:
        encoder: folder of the frozen encoder.
        corpus: folder of the collection.
        language: ISO 639-1.
        size: how many frequent words.
        output: .safetensors to write, its .txt beside it.
        stats: JSON to write.
    """
    extra = _training_words(corpus) if language == "en" else []
    chosen, counts = vocabulary(language, size, extra)
    write_vectors(output, chosen, word_vectors(chosen, Encoder(encoder)))
    write_json(stats, counts)


def align_to_english(
    vectors: Path, english: Path, dictionaries: Path, language: str, output: Path, stats: Path
) -> None:
    """Align a language's word vectors to the English ones, where that helps.

    Args:
        vectors, english: .safetensors of the two languages.
        dictionaries: folder of the tagging schema's translations.
        language: ISO 639-1.
        output: .safetensors to write.
        stats: JSON to write.
    """
    own = WordVectors(*read_vectors(vectors))
    dictionary, counts = seed_dictionary(dictionaries, language)
    aligned, figures = align(own, WordVectors(*read_vectors(english)), dictionary)
    write_vectors(output, own.words, aligned)
    write_json(stats, {"language": language, "dictionary": counts} | figures)


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
        settings: method and neighbours.
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
    figures: dict[str, Any] = {"language": language, "method": settings["method"]}
    for direction, (path, source, target, pairs) in directions.items():
        lexicon = induce(*source, *target, settings["method"], settings["neighbours"], shared)
        write_lexicon(path, lexicon)
        figures[direction] = {"words": len(lexicon)} | quality(lexicon, pairs, target[0])
        if direction == "from_english":
            wanted, known = _training_words(corpus), set(lexicon["source"])
            covered = sum(word in known for word in wanted)
            figures["coverage_of_training_words"] = covered / max(1, len(wanted))
    write_json(stats, figures)


def _training_words(corpus: Path) -> list[str]:
    """The different English words of training queries and passages."""
    splits = read_parquet(corpus / "splits.parquet").query("split == 'train'")
    found: set[str] = set()
    for side, name in (("query", "queries"), ("passage", "passages")):
        frame = read_parquet(corpus / "en" / f"{name}.parquet")
        kept = frame[frame[f"{side}_id"].isin(splits.loc[splits["side"] == side, "id"])]
        found.update(normalize(word) for text in kept["text"] for word in words(text))
    return sorted(found)
