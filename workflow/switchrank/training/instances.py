"""Instances to train on: one positive and several negatives, and the items that they are of."""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from switchrank.errors import UserError

NEGATIVES = 4  # for each positive, as in the paper
_COLUMNS = ["epoch", "instance", "label", "query_language", "query_id", "passage_language", "passage_id"]


def instances(
    queries: Sequence[str],
    passages: Mapping[str, str],
    qrels: pd.DataFrame,
    candidates: pd.DataFrame,
    rounds: int,
    seed: int,
) -> pd.DataFrame:
    """Draw training instances: every query comes once in every round, with fresh negatives.

    Negatives are drawn from the query's candidates that are training passages and neither relevant nor
    spelt as a relevant one; where these are too few, from all such training passages.

    Args:
        queries: training queries' ids.
        passages: text of the training passages by id.
        qrels: columns query_id, passage_id, relevance.
        candidates: columns query_id, passage_id.
        rounds: how often a query comes.
        seed: of the draws; each depends on (seed, query, round) alone.

    Returns:
        columns instance, round, query_id, passage_id, label; the positive first.

    Raises:
        UserError: a query has no relevant training passage, or there are too few passages.
    """
    ids = sorted(passages)
    if len(ids) <= NEGATIVES:
        raise UserError(f"training passages: found {len(ids)}, expected more than {NEGATIVES}")
    relevant = _sets(qrels[qrels["relevance"] >= 1], set(ids))
    pools = _sets(candidates, set(ids))
    alike: dict[str, set[str]] = {}
    for passage, text in passages.items():
        alike.setdefault(text.casefold(), set()).add(passage)
    rows = []
    for number in range(rounds):
        for query in sorted(queries):
            if not relevant.get(query):
                raise UserError(f"qrels: query {query!r} has no relevant passage in the training split")
            generator = np.random.default_rng(_seed(seed, query, number))
            positive = generator.choice(sorted(relevant[query]))
            right = set().union(*(alike[passages[passage].casefold()] for passage in relevant[query]))
            pool = sorted(pools.get(query, set()) - right)
            negatives = list(generator.permutation(pool)[:NEGATIVES])
            if len(negatives) < NEGATIVES:
                others = [passage for passage in ids if passage not in right | set(negatives)]
                if len(others) < NEGATIVES - len(negatives):
                    why = f"too few are not relevant to query {query!r}"
                    raise UserError(f"training passages: {why}, expected {NEGATIVES} or more")
                negatives += list(generator.choice(others, NEGATIVES - len(negatives), replace=False))
            instance = len(rows) // (NEGATIVES + 1)
            rows += [
                (instance, number, query, str(passage), int(place == 0))
                for place, passage in enumerate([positive, *negatives])
            ]
    return pd.DataFrame(rows, columns=["instance", "round", "query_id", "passage_id", "label"])


def with_items(drawn: pd.DataFrame, queries: pd.Series, passages: pd.Series) -> pd.DataFrame:
    """The instances of items as the collection has them.

    Args:
        drawn: what `instances` gives.
        queries, passages: language by id.

    Returns:
        columns epoch (0), instance, label, query_language, query_id, passage_language, passage_id.
    """
    return drawn.assign(
        epoch=0,
        query_language=queries.loc[drawn["query_id"]].to_numpy(),
        passage_language=passages.loc[drawn["passage_id"]].to_numpy(),
    )[_COLUMNS]


def with_records(drawn: pd.DataFrame, language: str, epochs: int = 1) -> pd.DataFrame:
    """The instances of records: a record is an item in one round of one epoch, with a text of its own.

    Args:
        drawn: what `instances` gives.
        language: of the items.
        epochs: how many epochs have records of their own; they have the same instances.

    Returns:
        columns as those of `with_items`, epoch by epoch; the ids are records.
    """
    frames = []
    for epoch in range(epochs):
        records = {
            f"{kind}_id": [
                record_of(i, number, epoch)
                for i, number in zip(drawn[f"{kind}_id"], drawn["round"], strict=True)
            ]
            for kind in ("query", "passage")
        }
        frames.append(
            drawn.assign(epoch=epoch, query_language=language, passage_language=language, **records)
        )
    return pd.concat(frames, ignore_index=True)[_COLUMNS]


def record_of(i: str, number: int = 0, epoch: int = 0) -> str:
    """Give the record of an item (by its id) in a round (by its number) of an epoch.

    Those of the first epoch are the same as if there were no other.
    """
    return f"{i}/{number}/{epoch}" if epoch else f"{i}/{number}"


def _sets(frame: pd.DataFrame, passages: set[str]) -> dict[str, set[str]]:
    kept = frame[frame["passage_id"].isin(passages)]
    return kept.groupby("query_id")["passage_id"].agg(set).to_dict()


def _seed(seed: int, query: str, number: int) -> int:
    return int.from_bytes(hashlib.blake2b(f"{seed}/{query}/{number}".encode(), digest_size=8).digest())
