"""Lexicons whose translations are dealt out to other words."""

from pathlib import Path

from switchrank.dictionaries import seed_dictionary
from switchrank.files import write_json
from switchrank.lexicon import quality
from switchrank.lexicon_files import read_lexicon, write_lexicon
from switchrank.shuffling import shuffled
from switchrank.stages.lexicon_stats import lexicon_stats


def shuffle_lexicons(
    of_from_english: Path,
    of_to_english: Path,
    dictionaries: Path,
    corpus: Path,
    language: str,
    seed: int,
    from_english: Path,
    to_english: Path,
    stats: Path,
) -> None:
    """Shuffle the lexicons of a language from English and into English.

    Args:
        of_from_english, of_to_english: TSVs to shuffle.
        dictionaries: folder of the tagging schema's translations; its test part measures.
        corpus: folder of the collection, for the coverage of its training words.
        language: ISO 639-1.
        seed: of the shuffle.
        from_english, to_english: TSVs to write.
        stats: JSON to write.
    """
    lexicons = {
        "from_english": shuffled(read_lexicon(of_from_english), seed),
        "to_english": shuffled(read_lexicon(of_to_english), seed),
    }
    write_lexicon(from_english, lexicons["from_english"])
    write_lexicon(to_english, lexicons["to_english"])
    tested = seed_dictionary(dictionaries, language)[0].query("part == 'test'")
    swapped = tested.rename(columns={"source": "target", "target": "source"})
    qualities = {
        name: quality(lexicons[name], pairs, set(lexicons[name]["target"]))
        for name, pairs in (("from_english", tested), ("to_english", swapped))
    }
    write_json(stats, lexicon_stats(language, "shuffled", **lexicons, qualities=qualities, corpus=corpus))
