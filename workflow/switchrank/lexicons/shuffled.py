"""A control for code-switching: lexicons whose translations are dealt out to other words.

Texts switched with one borrow as many words of the other languages as ever, but the words mean something
else. So what a ranker gains from it is regularisation, and what it gains more from a true lexicon is
borrowing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import pandas as pd

from switchrank.lexicons.base import LEXICONS, Inputs, Lexicon
from switchrank.lexicons.tsv import read_made_lexicon, weight_of
from switchrank.settings import setting


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the config may say of the lexicon."""

    of: str = setting("the lexicon to shuffle, one that is not shuffled itself")
    seed: int = setting("seed of the shuffle", 1, minimum=0)


class Shuffled(Lexicon):
    """Another lexicon, shuffled."""

    Settings = Settings
    method = "shuffled"
    needs = frozenset({"lexicon"})
    training_only = True

    @classmethod
    def check(cls, settings: Settings, lexicons: Mapping[str, Mapping[str, Any]]) -> str | None:
        """`of` names a lexicon that is not shuffled; see Lexicon.check."""
        others = [name for name, entry in lexicons.items() if LEXICONS[entry["kind"]] is not cls]
        if settings.of in others:
            return None
        return f"of: found {settings.of!r}, expected one of {', '.join(others) or 'none (there is none)'}"

    def make(self, inputs: Inputs) -> pd.DataFrame:
        """The columns of the other lexicon; see Lexicon.make."""
        lexicon = read_made_lexicon(inputs.lexicon, inputs.source, inputs.target)
        return shuffled(lexicon, self.settings.seed, inputs.target)


def shuffled(lexicon: pd.DataFrame, seed: int, language: str) -> pd.DataFrame:
    """Give every source the translations of another one; sources come in code point order.

    The sources are put in a random order, in which each takes the translations of the next. Each `language`
    of the targets has an order of its own: with one for all, what a word becomes in one language would still
    be the translation of what it becomes in another.

    Raises:
        ValueError: there are fewer than two sources.
    """
    keys = {s: blake2b(f"{seed}/{language}/{s}".encode(), digest_size=16).digest() for s in lexicon["source"]}
    order = sorted(keys, key=keys.get)
    if len(order) < 2:
        raise ValueError(f"lexicon: found {len(order)} sources, expected at least two to shuffle")
    taker = dict(zip(order, [order[-1], *order[:-1]], strict=True))
    dealt = lexicon.assign(source=lexicon["source"].map(taker))
    columns, ascending = ["source", weight_of(lexicon), "target"], [True, False, True]
    return dealt.sort_values(columns, ascending=ascending, kind="stable", ignore_index=True)
