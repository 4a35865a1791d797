"""A lexicon whose translations are dealt out to other words."""

from pathlib import Path

from switchrank.files import write_json
from switchrank.lexicons.shuffled import shuffled
from switchrank.lexicons.tsv import read_lexicon, write_lexicon
from switchrank.stages.lexicon_stats import FROM_ENGLISH, lexicon_stats


def shuffle_lexicon(
    source: Path, dictionaries: Path, corpus: Path, language: str, seed: int, lexicon: Path, stats: Path
) -> None:
    """Shuffle a lexicon from English.

    Args:
        source: TSV to shuffle.
        dictionaries: folder of the tagging schema's translations; its test part measures.
        corpus: folder of the collection, for the coverage of its training words.
        language: ISO 639-1.
        seed: of the shuffle.
        lexicon: TSV to write.
        stats: JSON to write.
    """
    dealt = shuffled(read_lexicon(source), seed, language)
    write_lexicon(lexicon, dealt)
    write_json(stats, lexicon_stats(language, "shuffled", {FROM_ENGLISH: dealt}, corpus, dictionaries))
