"""Examples of queries, with training text beside them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.analyses.examples import RULE, choose, example, related
from switchrank.collections.base import ids_of
from switchrank.collections.mixing import side_languages, side_text
from switchrank.files import read_parquet, write_json
from switchrank.languages import members, parse_pair
from switchrank.stages.sides import texts_of
from switchrank.stages.switcher import Switcher, switcher
from switchrank.training.instances import record_of

_SIDES = ("query", "passage")


def make_examples(
    system: str,
    reference: str,
    runs: Mapping[str, Path],
    references: Mapping[str, Path],
    corpus: Path,
    lexicons: Mapping[str, Path],
    recipe: Mapping[str, Any],
    seed: int,
    output: Path,
) -> None:
    """Write examples; see examples.RULE for how they are chosen.

    Args:
        system, reference: the systems' names.
        runs, references: pair → run, of one seed each.
        corpus: folder of the collection.
        lexicons, recipe, seed: what the system's training text was switched with; see stages.switcher.
        output: JSON to write, a list: what examples.example gives, and rule, pair, system, reference,
            training (a positive of the training data in its first round: query, passage, switched_query,
            switched_passage, switched: word, translation, language).
    """
    splits, qrels = read_parquet(corpus / "splits.parquet"), read_parquet(corpus / "qrels.parquet")
    test, training = (ids_of(splits, "query", split) for split in ("test", "train"))
    relevant = qrels[qrels["relevance"] >= 1].drop_duplicates("query_id").set_index("query_id")["passage_id"]
    english = {side: texts_of(corpus, "en", side).to_dict() for side in _SIDES}
    of_training = {i: f"{english['query'][i]}, {english['passage'][relevant[i]]}" for i in training}
    switched = switcher(recipe, lexicons, seed)
    examples = []
    for pair, path in runs.items():
        run, before = read_parquet(path), read_parquet(references[pair])
        texts, drawn = _texts(corpus, pair)
        texts |= {"english_query": english["query"], "english_passage": english["passage"]}
        for query in choose(run, before, qrels, test):
            made = example(query, run, before, relevant[query], texts, drawn["passage"])
            beside = related([made["english_query"], made["english_relevant"]], of_training)
            positive = {"query": beside, "passage": relevant[beside]}
            examples.append(
                {
                    "pair": pair,
                    "system": system,
                    "reference": reference,
                    "rule": RULE,
                    **made,
                    "training": _training(positive, english, switched),
                }
            )
    write_json(output, examples)


def _texts(corpus: Path, pair: str) -> tuple[dict[str, Mapping[str, str]], dict[str, pd.Series]]:
    """Texts of both sides of a pair by id, and the language of each."""
    texts, drawn = {}, {}
    for side, language in zip(_SIDES, parse_pair(pair), strict=True):
        own = {one: texts_of(corpus, one, side) for one in members(language)}
        texts[side] = side_text(own, language, side).to_dict()
        drawn[side] = side_languages(next(iter(own.values())).index, language, side)
    return texts, drawn


def _training(
    positive: Mapping[str, str], english: Mapping[str, Mapping[str, str]], switched: Switcher
) -> dict[str, Any]:
    """A query and its passage as the system was trained on them in the first round."""
    told: dict[str, Any] = {"switched": []}
    for side, i in positive.items():
        text = english[side][i]
        new, switches, _ = switched(text, record_of(i), side)
        told |= {side: text, f"switched_{side}": new}
        told["switched"] += [[one.word, one.translation, one.language] for one in switches if one.translation]
    return told
