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
        lexicon = read_lexicon(inputs.file, inputs.source, inputs.target)
        sources = lexicon["source"].unique()
        lost = [source for source in sources if not can_be_found(source, inputs.source)]
        if lost and inputs.from_source_language:
            found = f"found {len(lost)} sources that are never switched, such as {lost[0]!r}"
            expected = f"expected one to {MAX_SPAN} words parted by blanks only, without numbers"
            logging.warning("%s: %s: %s", inputs.file, found, expected)
        return lexicon
