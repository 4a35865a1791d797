"""A user's own lexicons, checked."""

from pathlib import Path

from switchrank.dictionaries import seed_dictionary
from switchrank.files import write_json
from switchrank.lexicon import quality
from switchrank.lexicon_files import read_lexicon, write_lexicon
from switchrank.stages.lexicon_stats import lexicon_stats


def copy_lexicon(source: Path, lexicon: Path) -> None:
    """Check a user's lexicon and write it as ours are written."""
    write_lexicon(lexicon, read_lexicon(source))


def own_lexicon(
    source: Path, dictionaries: Path, corpus: Path, language: str, lexicon: Path, stats: Path
) -> None:
    """Take over a user's lexicon from English, and measure it.

    Args:
        source: the user's TSV.
        dictionaries: folder of the tagging schema's translations; its test part measures.
        corpus: folder of the collection, for the coverage of its training words.
        language: ISO 639-1.
        lexicon: TSV to write.
        stats: JSON to write.
    """
    copy_lexicon(source, lexicon)
    own = read_lexicon(lexicon)
    tested = seed_dictionary(dictionaries, language)[0].query("part == 'test'")
    qualities = {"from_english": quality(own, tested, set(own["target"]))}
    write_json(stats, lexicon_stats(language, "file", own, None, qualities, corpus))
