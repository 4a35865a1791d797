"""A user's own lexicons, checked and taken over."""

import logging
from dataclasses import dataclass

import pandas as pd

from switchrank.lexicons.base import Inputs, Lexicon
from switchrank.lexicons.tsv import MAX_SPAN, can_be_found, read_lexicon
from switchrank.settings import setting


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the config may say of the lexicon."""

    folder: str = setting("folder with a TSV for each direction, such as en-de.tsv", minLength=1)


class Given(Lexicon):
    """The translations of a TSV."""

    Settings = Settings
    method = "file"
    needs = frozenset({"file"})

    def make(self, inputs: Inputs) -> pd.DataFrame:
        """Read the file, and warn of sources that switching never finds; see Lexicon.make."""
        lexicon = read_lexicon(inputs.file)
        lost = [source for source in lexicon["source"].unique() if not can_be_found(source)]
        if lost and inputs.from_source_language:
            logging.warning(
                "%s: found %d sources that are never switched, such as %r: expected one to %d words with but "
                "blanks between",
                inputs.file, len(lost), lost[0], MAX_SPAN,
            )  # fmt: skip
        return lexicon
