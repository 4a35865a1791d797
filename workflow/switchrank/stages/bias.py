"""Language bias of all systems on pairs whose passages mix languages."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from switchrank.analyses.bias import language_bias, same_language, shares
from switchrank.collections.base import ids_of
from switchrank.collections.mixing import side_languages
from switchrank.files import read_parquet, write_text
from switchrank.languages import parse_pair
from switchrank.tasks.ranking import reciprocal_ranks


def measure_bias(
    runs: Mapping[str, Mapping[str, Mapping[str, Path]]], corpus: Path, output: Path, output_same: Path
) -> None:
    """Write which languages each system favours; counts are averaged over seeds.

    Args:
        runs: system → seed → pair → run; on pairs with a mixed document side.
        corpus: folder of the collection.
        output: CSV to write: system, pair, the columns of bias.shares, and mrr and queries: MRR@10 over the
            queries whose relevant passage is in the language, and how many these are.
        output_same: CSV to write: system, pair, the columns of bias.same_language.
    """
    queries = ids_of(read_parquet(corpus / "splits.parquet"), "query", "test")
    qrels = read_parquet(corpus / "qrels.parquet")
    relevant = qrels.loc[qrels["relevance"] >= 1, ["query_id", "passage_id"]]
    asked = relevant[relevant["query_id"].isin(queries)]
    passages = pd.Index(read_parquet(corpus / "en" / "passages.parquet")["passage_id"])
    rows, same = [], []
    for system, seeds in runs.items():
        for pair in next(iter(seeds.values())):
            ours, theirs = parse_pair(pair)
            of_passage = side_languages(passages, theirs, "passage")
            of_query = side_languages(pd.Index(queries), ours, "query")
            found = [read_parquet(paths[pair]) for paths in seeds.values()]
            counts = _mean([language_bias(run, of_passage, relevant) for run in found])
            rr = sum(reciprocal_ranks(run, qrels, queries) for run in found) / len(found)
            reached = asked["query_id"].map(rr).groupby(asked["passage_id"].map(of_passage))
            by_language = reached.agg(["mean", "size"])
            table = shares(counts).assign(system=system, pair=pair)
            rows.append(
                table.assign(
                    mrr=table["language"].map(by_language["mean"]),
                    queries=table["language"].map(by_language["size"]),
                )
            )
            same.append({"system": system, "pair": pair} | same_language(counts, of_query))
    head = ["system", "pair", "language"]
    table = pd.concat(rows, ignore_index=True)
    table = table[head + [column for column in table if column not in head]]
    for path, frame in ((output, table), (output_same, pd.DataFrame(same))):
        write_text(path, frame.to_csv(index=False, float_format="%.6g", lineterminator="\n"))


def _mean(frames: list[pd.DataFrame]) -> pd.DataFrame:
    keys = ["query_id", "language"]
    return pd.concat(frames).groupby(keys, as_index=False)[["candidates", "top10", "top1"]].mean()
