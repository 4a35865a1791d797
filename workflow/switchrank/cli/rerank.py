"""`switchrank rerank`: a run in TREC's format, ranked anew by a trained model."""

import sys
from argparse import Namespace
from pathlib import Path

import pandas as pd

from switchrank import load
from switchrank.cli.user_files import read_run, read_texts
from switchrank.errors import UserError
from switchrank.exports.trec import to_run


def run(arguments: Namespace) -> int:
    """Write the same queries and passages in a new order to standard output."""
    queries, passages = read_texts(arguments.queries), read_texts(arguments.passages)
    candidates = read_run(arguments.run)
    for kind, texts in (("query", queries), ("passage", passages)):
        unknown = candidates[~candidates[f"{kind}_id"].isin(texts.index)]
        if len(unknown):
            of = {"query": arguments.queries, "passage": arguments.passages}[kind]
            found = f"{kind} {unknown[f'{kind}_id'].iloc[0]!r}"
            raise UserError(f"{arguments.run}, line {unknown['line'].iloc[0]}: {found} has no text in {of}")
    model = load(arguments.model)
    scores = model.score(
        list(queries.loc[candidates["query_id"]]), list(passages.loc[candidates["passage_id"]])
    )
    columns = candidates[["query_id", "passage_id"]]
    tag = arguments.tag or Path(arguments.model).resolve().name
    sys.stdout.write(to_run(pd.DataFrame(columns).assign(score=scores.round(5)), tag))
    return 0
