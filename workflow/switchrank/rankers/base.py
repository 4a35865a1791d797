"""What every ranker gives: settings, what it needs and can do, fit, score, save, load."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

import numpy as np
import pandas as pd
from safetensors.numpy import load_file

from switchrank.collections.base import Corpus
from switchrank.encoders.encodings import Encodings
from switchrank.files import read_parquet
from switchrank.languages import Pair
from switchrank.registry import NoSettings, Registry

RANKERS = Registry(
    "ranker",
    "switchrank.rankers",
    {
        "bm25": "switchrank.rankers.bm25:BM25",
        "cosine": "switchrank.rankers.cosine:Cosine",
        "kernel": "switchrank.rankers.kernel:Kernel",
    },
)


@dataclass(frozen=True, kw_only=True)
class Resources:
    """What rankers read; a kind gets what it needs.

    Attributes:
        corpus: the items that are ranked, called view "collection": the collection, or its translation.
        training: texts made for training, by record (view "training"); None where instances are of the
            collection.
        encodings: of the items of both views.
        idf: float32 [vocabulary]; see encoders.idf.
        bm25: language → BM25 run over the whole collection.
    """

    corpus: Corpus
    training: Corpus | None = None
    encodings: Encodings | None = None
    idf: np.ndarray | None = None
    bm25: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        corpus: Corpus,
        training: Corpus | None = None,
        encodings: Mapping[str, Mapping[str, str]] | None = None,
        idf: str | None = None,
        bm25: Mapping[str, str] | None = None,
    ) -> Self:
        """Open the files of what a ranker needs: encodings by view and language, BM25's runs by language."""
        return cls(
            corpus=corpus,
            training=training,
            encodings=Encodings(encodings) if encodings else None,
            idf=load_file(idf)["idf"] if idf else None,
            bm25={language: read_parquet(path) for language, path in (bm25 or {}).items()},
        )

    @property
    def training_view(self) -> str:
        """The view that the items of instances are of."""
        return "collection" if self.training is None else "training"


class Ranker(ABC):
    """A model that scores a passage for a query; an item is known by its view, language and id.

    A kind of ranker is a class in a file of its own, named in RANKERS.

    Attributes:
        kind: its name in RANKERS.
        Settings: what the config may say of it, a frozen dataclass; see settings.schema_of.
        trained: whether it is fitted, saved and loaded.
        needs: of "encodings", "idf" and "bm25", what Resources must hold.
        accepts: modalities of queries and passages.
        shard: what one job scores, "all" pairs or one "pair".
    """

    kind: ClassVar[str]
    Settings: ClassVar[type] = NoSettings
    trained: ClassVar[bool] = False
    needs: ClassVar[frozenset[str]] = frozenset()
    accepts: ClassVar[frozenset[str]] = frozenset({"text"})
    shard: ClassVar[Literal["all", "pair"]] = "all"

    def __init__(self, settings: Any, resources: Resources):
        """Take the settings, an instance of Settings, and what it reads."""
        self.settings, self.resources = settings, resources

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

    def fit(
        self, instances: pd.DataFrame, seed: int, checkpoint: Path, evaluate: Callable[[], float]
    ) -> pd.DataFrame:
        """Train on instances; resume from `checkpoint` where that file exists.

        Args:
            instances: columns epoch, instance (one positive and its negatives share it), label (1 or 0), and
                those of `score`; items of the view resources.training_view.
            seed: of the order of the instances, and of any random initialisation.
            checkpoint: a file written now and then; a training resumed from it ends with the same weights.
            evaluate: gives the leading metric on dev with the current weights; called now and then.

        Returns:
            the learning curve: columns step, loss, dev_mrr (NaN where it was not evaluated).
        """
        raise NotImplementedError(f"{type(self).__name__} is not trained")

    def save(self, folder: Path) -> None:
        """Write model.safetensors and config.json (kind and settings) into `folder`."""
        raise NotImplementedError(f"{type(self).__name__} is not trained")

    @classmethod
    def load(cls, folder: Path, resources: Resources) -> Self:
        """Read what `save` wrote; it scores exactly as what was saved.

        Raises:
            UserError: a file is missing or is not what is expected.
        """
        raise NotImplementedError(f"{cls.__name__} is not trained")
