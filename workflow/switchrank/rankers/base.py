"""What every ranker gives: settings, what it needs and can do, fit, score, save, load."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

import numpy as np
import pandas as pd

from switchrank.collections.base import Corpus
from switchrank.collections.ids import joint_id
from switchrank.encoders.encodings import Encodings
from switchrank.files import atomic, copy, read_parquet, read_safetensors, reading, write_text
from switchrank.languages import Pair
from switchrank.registry import NoSettings, Registry

RANKERS = Registry(
    "ranker",
    "switchrank.rankers",
    {
        "bm25": "switchrank.rankers.bm25:BM25",
        "cosine": "switchrank.rankers.cosine:Cosine",
        "kernel": "switchrank.rankers.kernel:Kernel",
        "cross-encoder": "switchrank.rankers.cross_encoder:CrossEncoder",
    },
)

MODEL_FILES = ("model.safetensors", "config.json", "log.csv")  # what is in the folder of a trained model


@dataclass(frozen=True, kw_only=True)
class Resources:
    """What rankers read; a kind has what it needs."""

    corpus: Corpus  # what is ranked, the view "collection": the collection or its translation
    training: Corpus | None = None  # texts made for training, the view "training"; None: the collection's
    # Pair → its masked passages (see views.masking) and its queries, the view that is called as the pair.
    masked: Mapping[str, Corpus] = field(default_factory=dict)
    encodings: Encodings | None = None  # of the items of all views
    idf: np.ndarray | None = None  # float32 [vocabulary]; see encodings.piece_idf
    bm25: Mapping[str, pd.DataFrame] = field(default_factory=dict)  # language → run over the collection
    pretrained: Path | None = None  # the folder of a transformer; see pretrained.base

    @classmethod
    def read(
        cls,
        corpus: Corpus,
        training: Corpus | None = None,
        encodings: Mapping[str, Mapping[str, str]] | None = None,
        idf: str | None = None,
        bm25: Mapping[str, str] | None = None,
        masked: Mapping[str, Corpus] = {},
        pretrained: str | None = None,
    ) -> Self:
        """Open the files of what a ranker needs: encodings by view and language, BM25's runs by language."""
        return cls(
            corpus=corpus,
            training=training,
            masked=masked,
            encodings=Encodings(encodings) if encodings else None,
            idf=_idf(idf) if idf else None,
            bm25={language: read_parquet(path) for language, path in (bm25 or {}).items()},
            pretrained=Path(pretrained) if pretrained else None,
        )

    def texts(self, view: str) -> Corpus:
        """The texts of a view."""
        return {"collection": self.corpus, "training": self.training, **self.masked}[view]

    @property
    def training_view(self) -> str:
        """The view that the items of instances are of."""
        return "collection" if self.training is None else "training"


class Ranker(ABC):
    """A model that scores a passage for a query; an item is known by its view, language and id.

    A kind of ranker is a class in a file of its own, named in RANKERS.
    """

    kind: ClassVar[str]  # its name in RANKERS
    Settings: ClassVar[type] = NoSettings  # what the config may say of it; see settings.schema_of
    trained: ClassVar[bool] = False  # whether it is fitted, saved and loaded
    needs: ClassVar[frozenset[str]] = frozenset()  # of "encodings", "idf", "bm25", "pretrained" in Resources
    exports: ClassVar[bool] = False  # whether it can write a whole model for others to load
    accepts: ClassVar[frozenset[str]] = frozenset({"text"})  # modalities of queries and passages
    shard: ClassVar[Literal["all", "pair"]] = "all"  # the pairs that one job scores

    def __init__(self, settings: Any, resources: Resources):
        """Take the settings, an instance of Settings, and what it reads; log how much of that is cut off."""
        self.settings, self.resources = settings, resources
        limit = self.max_tokens(settings)
        if limit is not None and resources.encodings is not None:
            counts = resources.encodings.longer_than(limit).groupby(level=0).sum()
            for kind, longer, items in counts[counts["longer"] > 0].itertuples():
                noun = {"query": "queries", "passage": "passages"}[kind]
                said = "%d of %d %s have more than %d tokens; the rest is not read"
                logging.info(said, longer, items, noun, limit)

    @classmethod
    def max_tokens(cls, settings: Any) -> int | None:
        """How many tokens of a text's encoding it reads; None: all."""
        return None

    @classmethod
    def can_rank(cls, pair: Pair) -> bool:
        """Whether it can score passages of the pair's document side for queries of its query side."""
        return True

    @classmethod
    def varies(cls, settings: Any) -> bool:
        """Whether a seed changes anything."""
        return False

    @abstractmethod
    def score(self, candidates: pd.DataFrame, view: str = "collection") -> np.ndarray:
        """Score passages for queries → float [n], higher is more relevant.

        Args:
            candidates: columns query_language, query_id, passage_language, passage_id; n rows.
            view: of all these items.
        """

    def run(self, system: str, seed: int, pair: str, candidates: pd.DataFrame) -> pd.DataFrame:
        """A run over candidates: columns system, seed, pair, query_id, passage_id, score.

        Where a passage is masked on the pair, what is left of it is scored. Scores have five decimals, so
        that equal passages are tied whatever batch they were scored in.
        """
        scores = np.round(np.asarray(self._scores(candidates, pair), dtype=np.float64), 5)
        run = pd.DataFrame({"system": system, "seed": seed, "pair": pair}, candidates.index)
        return run.assign(query_id=candidates["query_id"], passage_id=candidates["passage_id"], score=scores)

    def _scores(self, candidates: pd.DataFrame, pair: str) -> np.ndarray:
        if pair not in self.resources.masked:
            return self.score(candidates)
        passages = self.resources.masked[pair].passages
        known = [i for language in candidates["passage_language"].unique() for i in passages(language).index]
        named = map(joint_id, candidates["query_id"], candidates["passage_id"])
        renamed = candidates.assign(passage_id=list(named))
        masked = renamed["passage_id"].isin(known)
        scores = np.empty(len(candidates))
        scores[~masked] = self.score(candidates[~masked])
        scores[masked] = self.score(renamed[masked], pair)
        return scores

    def fit(
        self,
        instances: pd.DataFrame,
        seed: int,
        checkpoint: Path,
        evaluate: Callable[[], Mapping[str, float]],
    ) -> pd.DataFrame:
        """Train on instances; resume from `checkpoint` where that file exists.

        Args:
            instances: columns epoch, instance (one positive and its negatives share it), label (1 or 0), and
                those of `score`; items of the view resources.training_view.
            seed: of the order of the instances, and of any random initialisation.
            checkpoint: a file written now and then; a training resumed from it ends with the same weights.
            evaluate: measures the current weights on dev, figures by name; called now and then.

        Returns:
            the learning curve: columns step, loss, and those figures (NaN where it was not evaluated).
        """
        raise NotImplementedError(f"{type(self).__name__} is not trained")

    def save(self, folder: Path) -> None:
        """Write model.safetensors and config.json (kind and settings) into `folder`."""
        raise NotImplementedError(f"{type(self).__name__} is not trained")

    def export(self, folder: Path) -> None:
        """Write a model that others can load, with all that it needs, into `folder`."""
        raise NotImplementedError(f"{type(self).__name__} is not exported")

    @classmethod
    def load(cls, folder: Path, resources: Resources) -> Self:
        """Read what `save` wrote, to score exactly the same; UserError if a file is missing or broken."""
        raise NotImplementedError(f"{cls.__name__} is not trained")


def fit_and_save(
    ranker: Ranker,
    instances: pd.DataFrame,
    dev: Mapping[str, pd.DataFrame],
    measure: Callable[[pd.DataFrame], float],
    seed: int,
    checkpoint: Path,
    folder: Path,
) -> None:
    """Train a ranker; write model, config and learning curve into a folder, then remove the checkpoint.

    `dev` has candidates to score on dev, by the name of what `measure` makes of their run; see Ranker.fit.
    """

    def evaluate() -> dict[str, float]:
        return {name: measure(of.assign(score=ranker.score(of))) for name, of in dev.items()}

    log = ranker.fit(instances, seed, checkpoint, evaluate)
    write_text(folder / "log.csv", log.to_csv(index=False, lineterminator="\n"))
    ranker.save(folder)
    checkpoint.unlink(missing_ok=True)


def copy_model(source: Path, target: Path) -> None:
    """Copy what `fit_and_save` wrote from one folder into another; UserError if a file cannot be copied."""
    for name in MODEL_FILES:
        with atomic(target / name) as aside:
            copy(source / name, aside)


def _idf(path: str) -> np.ndarray:
    with reading(path):
        return read_safetensors(path)["idf"]
