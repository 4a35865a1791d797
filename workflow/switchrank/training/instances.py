"""Training data: instances of one positive and several negatives, plain or code-switched."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from switchrank.errors import UserError

NEGATIVES = 4  # for each positive, as in the paper

# (text, record, side) → the text to train on; a record is one text in one round of one epoch.
Rewrite = Callable[[str, str, str], str]


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
    for turn in range(rounds):
        for query in sorted(queries):
            if not relevant.get(query):
                raise UserError(f"qrels: query {query!r} has no relevant passage in the training split")
            generator = np.random.default_rng(_seed(seed, query, turn))
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
                (instance, turn, query, str(passage), int(place == 0))
                for place, passage in enumerate([positive, *negatives])
            ]
    return pd.DataFrame(rows, columns=["instance", "round", "query_id", "passage_id", "label"])


def with_texts(
    drawn: pd.DataFrame, queries: pd.Series, passages: pd.Series, rewrite: Rewrite, epochs: int = 1
) -> pd.DataFrame:
    """Put the texts in: each text is rewritten once for each round of each epoch.

    Args:
        drawn: what `instances` gives.
        queries, passages: text by id.
        rewrite: what becomes of a text; e.g. code-switching, or the text as it is.
        epochs: how many epochs have texts of their own; they have the same instances.

    Returns:
        columns epoch, instance, query_id, passage_id, label, query, passage; epoch by epoch.
    """
    return pd.concat(
        [_epoch(drawn, queries, passages, rewrite, epoch) for epoch in range(epochs)], ignore_index=True
    )


def record_of(i: str, turn: int = 0, epoch: int = 0) -> str:
    """Give the record of a text (by its id) in a round of an epoch.

    Those of the first epoch are the same as if there were no other.
    """
    return f"{i}/{turn}/{epoch}" if epoch else f"{i}/{turn}"


def _epoch(
    drawn: pd.DataFrame, queries: pd.Series, passages: pd.Series, rewrite: Rewrite, epoch: int
) -> pd.DataFrame:
    texts = {}
    for side, source in (("query", queries.to_dict()), ("passage", passages.to_dict())):
        for turn, i in drawn[["round", f"{side}_id"]].drop_duplicates().itertuples(index=False):
            texts[side, turn, i] = rewrite(source[i], record_of(i, turn, epoch), side)
    columns = {
        side: [texts[side, turn, i] for turn, i in zip(drawn["round"], drawn[f"{side}_id"], strict=True)]
        for side in ("query", "passage")
    }
    filled = drawn.drop(columns="round").assign(**columns)
    filled.insert(0, "epoch", epoch)
    return filled


def _sets(frame: pd.DataFrame, passages: set[str]) -> dict[str, set[str]]:
    kept = frame[frame["passage_id"].isin(passages)]
    return kept.groupby("query_id")["passage_id"].agg(set).to_dict()


def _seed(seed: int, query: str, turn: int) -> int:
    return int.from_bytes(hashlib.blake2b(f"{seed}/{query}/{turn}".encode(), digest_size=8).digest())
