"""Lexicons of parallel titles."""

from pathlib import Path

from switchrank.files import write_json
from switchrank.lexicons.titles import titles
from switchrank.lexicons.tsv import write_lexicon
from switchrank.stages.lexicon_stats import FROM_ENGLISH, TO_ENGLISH, lexicon_stats


def title_lexicons(
    dictionaries: Path, corpus: Path, language: str, from_english: Path, to_english: Path, stats: Path
) -> None:
    """Write the titles from English and into English.

    Their precision is not measured: the only dictionary at hand is made of the same names.

    Args:
        dictionaries: folder of the tagging schema's translations.
        corpus: folder of the collection, for the coverage of its training words.
        language: ISO 639-1.
        from_english, to_english: TSVs to write.
        stats: JSON to write.
    """
    lexicons = {
        FROM_ENGLISH: titles(dictionaries, "en", language),
        TO_ENGLISH: titles(dictionaries, language, "en"),
    }
    write_lexicon(from_english, lexicons[FROM_ENGLISH])
    write_lexicon(to_english, lexicons[TO_ENGLISH])
    write_json(stats, lexicon_stats(language, "titles", lexicons, corpus, dictionaries=None))
