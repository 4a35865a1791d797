"""Training data from the training split: plain, or code-switched."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.collections.base import ids_of
from switchrank.collections.mixing import side_text
from switchrank.files import read_parquet, write_json, write_parquet
from switchrank.languages import members
from switchrank.stages.sides import texts_of
from switchrank.stages.switcher import Switcher, switcher
from switchrank.training.instances import Rewrite, instances, with_texts
from switchrank.training.tally import Tally

SIDES = ("query", "passage")


def make_training(
    corpus: Path,
    candidates: Path,
    lexicons: Mapping[str, Path],
    recipe: Mapping[str, Any],
    rounds: int,
    seed: int,
    pairs: Path,
    stats: Path,
) -> None:
    """Write training data.

    Args:
        corpus: folder of the collection.
        candidates: the candidates of every query; hard negatives come from them.
        lexicons: language → TSV from English; empty for plain text.
        recipe: the attributes of a recipes.Recipe by name.
        rounds: how often every query comes.
        seed: of negatives and switching.
        pairs, stats: files to write.

    Raises:
        ValueError: a language to switch into has no lexicon.
    """
    splits, qrels = read_parquet(corpus / "splits.parquet"), read_parquet(corpus / "qrels.parquet")
    queries, passages = (ids_of(splits, side, "train") for side in SIDES)
    english = texts_of(corpus, "en", "passage").loc[passages].to_dict()
    drawn = instances(queries, english, qrels, read_parquet(candidates), rounds, seed)

    switched = recipe["lexicon"] is not None
    tally = Tally(recipe["ratio"], {side: recipe[f"{side}_into"] for side in SIDES}) if switched else None
    rewrite = _switching(switcher(recipe, lexicons, seed), tally) if tally else _unchanged
    texts = [_side(corpus, recipe[side], side) for side in SIDES]
    frame = with_texts(drawn, *texts, rewrite, recipe["epochs"])
    write_parquet(pairs, frame)
    counts = {"queries": len(queries), "rounds": rounds, "instances": int(drawn["instance"].nunique())}
    counts |= {"pairs": len(frame)} | {
        f"different_{side}_texts": int(frame[side].nunique()) for side in SIDES
    }
    if tally:
        counts |= {"mode": recipe["mode"], "epochs": recipe["epochs"], "stop_words": recipe["stop_words"]}
        counts |= tally.stats()
    write_json(stats, counts)


def _side(corpus: Path, language: str, side: str) -> pd.Series:
    """The texts of a side by id: in one language, or each in the one that a mixed side draws for it."""
    return side_text({own: texts_of(corpus, own, side) for own in members(language)}, language, side)


def _unchanged(text: str, record: str, side: str) -> str:
    return text


def _switching(switched: Switcher, tally: Tally) -> Rewrite:
    """Switch, and count."""

    def rewrite(text: str, record: str, side: str) -> str:
        new, switches, wanted = switched(text, record, side)
        tally.add(side, text, switches, wanted)
        return new

    return rewrite
