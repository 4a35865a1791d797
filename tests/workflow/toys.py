"""A collection and a ranker of another package, known by entry points: the library has no word of them."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from safetensors.numpy import load_file, save_file

from switchrank.collections.base import Collection, Contents
from switchrank.files import atomic, write_json
from switchrank.rankers.base import Ranker
from switchrank.settings import setting


@dataclass(frozen=True, kw_only=True)
class Size:
    """Settings of the collection."""

    queries: int = setting("of each language", 24, minimum=12)


class Shelves(Collection):
    """Texts in any languages, with ids of their own, graded qrels, and candidates that differ by pair."""

    Settings = Size
    parallel = False
    brings_candidates = True

    def load(self, languages):
        numbers = range(self.settings.queries)
        split_of = {number: ("train", "train", "dev", "test")[number % 4] for number in numbers}
        queries, passages, qrels, splits, candidates = {}, {}, [], [], []
        for language in languages:
            queries[language] = pd.Series({f"q-{language}-{n:02}": f"{language} book {n}" for n in numbers})
            passages[language] = pd.Series(
                {
                    f"p-{language}-{n:02}": f"{'book' if n % 2 else 'volume'} {n} of {language}"
                    for n in numbers
                }
            )
            for n in numbers:
                splits.append(("query", f"q-{language}-{n:02}", split_of[n]))
                splits.append(("passage", f"p-{language}-{n:02}", split_of[n]))
        for query in languages:
            for document in languages:
                for n in numbers:
                    named = f"q-{query}-{n:02}"
                    qrels.append((named, f"p-{document}-{n:02}", 2))
                    qrels.append((named, f"p-{document}-{(n + 4) % len(numbers):02}", 1))
                    depth = len(numbers) if query == document else 8  # fewer across languages
                    for rank in range(depth):
                        passage = f"p-{document}-{(n + 3 * rank) % len(numbers):02}"
                        candidates.append((f"{query}-{document}", named, passage, rank + 1, 1 / (rank + 1)))
        frame = pd.DataFrame(candidates, columns=["pair", "query_id", "passage_id", "rank", "score"])
        return Contents(
            queries=queries,
            passages=passages,
            qrels=pd.DataFrame(qrels, columns=["query_id", "passage_id", "relevance"]),
            splits=pd.DataFrame(splits, columns=["side", "id", "split"]),
            candidates=frame.drop_duplicates(["pair", "query_id", "passage_id"]),
            stats={"queries": self.settings.queries},
        )


@dataclass(frozen=True, kw_only=True)
class Weight:
    """Settings of the ranker."""

    weight: float = setting("of shared words", 1.0)


class Letters(Ranker):
    """Shared words, and how often the relevant passage of a training query had any."""

    kind = "toy"
    Settings = Weight
    trained = True

    def __init__(self, settings, resources):
        super().__init__(settings, resources)
        self.prior = 0.0

    @classmethod
    def varies(cls, settings):
        return True

    def fit(self, instances, seed, checkpoint: Path, evaluate: Callable[[], float]):
        corpus = self.resources.training or self.resources.corpus
        right = instances[instances["label"] == 1]
        self.prior = float(np.mean(self._shared(right, corpus))) + seed / 1000
        return pd.DataFrame(
            {"step": [1], "loss": [0.0], **{name: [value] for name, value in evaluate().items()}}
        )

    def score(self, asked, view="collection"):
        corpus = self.resources.texts(view)
        return self.settings.weight * self._shared(asked, corpus) + self.prior

    def save(self, folder):
        with atomic(folder / "model.safetensors") as aside:
            save_file({"prior": np.array([self.prior])}, aside)
        write_json(folder / "config.json", {"kind": self.kind, **asdict(self.settings)})

    @classmethod
    def load(cls, folder, resources):
        ranker = cls(Weight(), resources)
        ranker.prior = float(load_file(folder / "model.safetensors")["prior"][0])
        return ranker

    def _shared(self, items, corpus):
        texts = {
            kind: [
                corpus.texts(kind, language)[i]
                for language, i in zip(items[f"{kind}_language"], items[f"{kind}_id"], strict=True)
            ]
            for kind in ("query", "passage")
        }
        pairs = zip(texts["query"], texts["passage"], strict=True)
        return np.array([len(set(query.split()) & set(passage.split())) for query, passage in pairs], float)
