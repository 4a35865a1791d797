"""A user's own lexicons, checked."""

import logging
from pathlib import Path

from switchrank.files import write_json
from switchrank.lexicons.tsv import read_lexicon, write_lexicon
from switchrank.stages.lexicon_stats import FROM_ENGLISH, lexicon_stats
from switchrank.training.switching import MAX_SPAN, can_be_found


def copy_lexicon(source: Path, lexicon: Path) -> None:
    """Check a user's lexicon and write it as ours are written."""
    write_lexicon(lexicon, read_lexicon(source))


def own_lexicon(
    source: Path, dictionaries: Path, corpus: Path, language: str, lexicon: Path, stats: Path
) -> None:
    """Take over a user's lexicon from English, and measure it; warn of entries that no text can have.

    Args:
        source: the user's TSV.
        dictionaries: folder of the tagging schema's translations; its test part measures.
        corpus: folder of the collection, for the coverage of its training words.
        language: ISO 639-1.
        lexicon: TSV to write.
        stats: JSON to write.
    """
    own = read_lexicon(source)
    lost = [entry for entry in own["source"].unique() if not can_be_found(entry)]
    if lost:
        logging.warning(
            "%s: found %d sources that are never switched, such as %r: expected one to %d words with but "
            "blanks between",
            source, len(lost), lost[0], MAX_SPAN,
        )  # fmt: skip
    write_lexicon(lexicon, own)
    write_json(stats, lexicon_stats(language, "file", {FROM_ENGLISH: own}, corpus, dictionaries))
