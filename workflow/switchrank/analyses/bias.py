"""Language bias of a ranking: which languages does a ranker favour in a pool that mixes them?

LAReQA (Roy et al., EMNLP 2020) asks the same of retrieval. Relevant passages are left out, so that what is
relevant does not count as bias: without bias, the best ranked of the others would be of each language as
often as all candidates are. `languages` below is language by passage id, `relevant` has columns query_id and
passage_id.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from switchrank.collections.base import Corpus
from switchrank.files import read_parquet
from switchrank.languages import Pair
from switchrank.statistics.significance import bootstrap_ratios
from switchrank.tasks.ranking import among, evaluated_queries, measure, ranking

_TOP = 10
_KEYS = ["query_id", "language"]
_COUNTS = ["candidates", "top10", "top1"]
_RATIO = ["ratio", "ratio_low", "ratio_high"]


def measure_bias(
    runs: Mapping[str, Mapping[str, Mapping[str, str | Path]]],
    pairs: Mapping[str, Pair],
    corpus: Corpus,
    metric: str,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Which languages each system favours on pairs with passages of several; counts are means over seeds.

    `runs`: system → seed → pair → run. Columns system, pair, those of `shares` and those of `by_language` for
    the metric on the test queries; and columns system, pair, those of `same_language`.
    """
    rows, same = {}, []
    for system, seeds in runs.items():
        for name in next(iter(seeds.values())):
            pair = pairs[name]
            languages = corpus.side_languages("passage", pair.document)
            of_seeds = [read_parquet(paths[name]) for paths in seeds.values()]
            counts = pd.concat(language_bias(run, languages, corpus.relevant) for run in of_seeds)
            counts = counts.groupby(_KEYS, as_index=False)[_COUNTS].mean()
            queries = evaluated_queries(corpus, pair.query)
            values = sum(measure(run, corpus.qrels, queries, [metric])[metric] for run in of_seeds)
            reached = by_language(values / len(of_seeds), corpus.relevant, languages)
            rows[system, name] = shares(counts).join(reached, on="language")
            of_query = corpus.side_languages("query", pair.query)
            same.append({"system": system, "pair": name} | same_language(counts, of_query))
    table = pd.concat(rows, names=["system", "pair"]).reset_index(["system", "pair"])
    return table.reset_index(drop=True), pd.DataFrame(same)


def by_language(values: pd.Series, relevant: pd.DataFrame, languages: pd.Series) -> pd.DataFrame:
    """A metric's mean over the queries that have a relevant passage in a language, and how many these are.

    `values` is by query id; passages without a language do not count. Columns mean, queries; index language.
    """
    asked = relevant[relevant["query_id"].isin(values.index)]
    asked = asked.assign(language=asked["passage_id"].map(languages)).drop_duplicates(_KEYS)
    reached = asked["query_id"].map(values).groupby(asked["language"])
    return reached.agg(["mean", "size"]).rename(columns={"size": "queries"})


def language_bias(run: pd.DataFrame, languages: pd.Series, relevant: pd.DataFrame) -> pd.DataFrame:
    """How often each language is among the ten best ranked of a query's passages that are not relevant.

    Columns query_id, language, candidates, top10, top1: how many of the candidates, of the ten best, and of
    the best one are in the language; a row for each query and each language.
    """
    ranked = ranking(run)
    others = ranked[~among(ranked, relevant)]
    place = others.groupby("query_id").cumcount() + 1
    others = others.assign(
        language=others["passage_id"].map(languages), candidates=1, top10=place <= _TOP, top1=place == 1
    )
    counts = others.groupby(_KEYS)[_COUNTS].sum().astype(float)
    every = pd.MultiIndex.from_product([sorted(others[key].unique()) for key in _KEYS], names=_KEYS)
    return counts.reindex(every, fill_value=0.0).reset_index()


def shares(counts: pd.DataFrame) -> pd.DataFrame:
    """What `language_bias` counts, or means of it over seeds, as shares over all queries.

    Columns language; passages_share, top10_share, top1_share: of the candidates, the ten best and the best;
    ratio: top10_share to passages_share, 1 without bias; ratio_low, ratio_high: its 95 % bootstrap interval
    over queries.
    """
    totals = counts.groupby("query_id")[_COUNTS].transform("sum")
    shared = counts[_COUNTS] / totals.where(totals > 0, 1)
    rows = []
    for language, of_queries in shared.groupby(counts["language"]):
        ratios = bootstrap_ratios(of_queries["top10"], of_queries["candidates"])
        candidates, top10, top1 = (of_queries[count].mean() for count in _COUNTS)
        ends = np.quantile(ratios, [0.025, 0.975])
        rows.append([language, candidates, top10, top1, top10 / candidates, *ends])
    return pd.DataFrame(rows, columns=["language", "passages_share", "top10_share", "top1_share", *_RATIO])


def same_language(counts: pd.DataFrame, languages: pd.Series) -> dict[str, float]:
    """As `shares`, of passages in the query's own language (by query id); all NaN where there are none."""
    same = counts["language"] == counts["query_id"].map(languages)
    row = shares(counts.assign(language=same).groupby(_KEYS, as_index=False)[_COUNTS].sum())
    row = row.set_index("language")[["passages_share", "top10_share", *_RATIO]]
    return row.loc[True].to_dict() if True in row.index else dict.fromkeys(row, np.nan)
