"""Lexicons induced from word vectors: each word's nearest words in the other language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from switchrank.files import read_json
from switchrank.lexicons.base import Inputs, Lexicon
from switchrank.lexicons.vectors import WordVectors, read_vectors
from switchrank.settings import setting

_NEIGHBOURS = 10


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the config may say of the lexicon."""

    method: Literal["csls", "nn"] = setting(
        "`csls` (cross-domain similarity local scaling) or `nn` (the plain cosine)"
    )
    neighbours: int | None = setting(
        f"neighbours that make a neighbourhood of csls; {_NEIGHBOURS} if left out", None, minimum=1
    )
    translations: int = setting("how many translations of each word", 1, minimum=1)


class Induced(Lexicon):
    """Nearest words.

    Words that a language has from the collection's texts alone are translated into the source language, but
    source words are not translated into them: what source text is switched into owes nothing to the
    collection's other languages.
    """

    Settings = Settings
    needs = frozenset({"vectors"})

    @classmethod
    def check(cls, settings: Settings, lexicons: Mapping[str, Mapping[str, Any]]) -> str | None:
        """Neighbours are those of csls; see Lexicon.check."""
        if settings.neighbours is None or settings.method == "csls":
            return None
        why = f"as method {settings.method} has no use for it"
        return f"neighbours: found {settings.neighbours}, expected none, {why}"

    @property
    def method(self) -> str:
        """See Lexicon."""
        return self.settings.method

    def make(self, inputs: Inputs) -> pd.DataFrame:
        """Source, target, score; see Lexicon.make."""
        # Here, as a check of the config need not wait for torch and the word lists.
        from switchrank.lexicons.induction import induce
        from switchrank.lexicons.vocabulary import shared_words

        source, target = read_vectors(inputs.source_vectors), self._targets(inputs)
        shared = shared_words(set(source.words) & set(target.words), inputs.source, inputs.target)
        neighbours = (self.settings.neighbours or _NEIGHBOURS) if self.method == "csls" else None
        return induce(source, target, neighbours, shared, self.settings.translations)

    def target_words(self, inputs: Inputs, lexicon: pd.DataFrame) -> Collection[str]:
        """The vocabulary; see Lexicon.target_words."""
        return self._targets(inputs).words

    def _targets(self, inputs: Inputs) -> WordVectors:
        vectors = read_vectors(inputs.target_vectors)
        if inputs.from_source_language:
            return vectors.first(read_json(inputs.frequent)["frequent"])
        return vectors
