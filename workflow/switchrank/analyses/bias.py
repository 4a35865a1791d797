"""Language bias of a ranking: which languages does a ranker favour in a pool that mixes them?

LAReQA (Roy et al., EMNLP 2020) asks the same of retrieval. Relevant passages are left out, so that what is
relevant does not count as bias: without bias, the best ranked of the others would be of each language as
often as all candidates are.
"""

import numpy as np
import pandas as pd

from switchrank.statistics.significance import bootstrap_ratios
from switchrank.tasks.ranking import CUTOFF, ranking


def language_bias(run: pd.DataFrame, languages: pd.Series, relevant: pd.DataFrame) -> pd.DataFrame:
    """How often each language stands among the ten best ranked of a query's passages that are not relevant.

    Args:
        run: columns query_id, passage_id, score.
        languages: language by passage id.
        relevant: columns query_id, passage_id.

    Returns:
        query_id, language, candidates, top10, top1: how many of the candidates, of the ten best, and of the
        best one are in the language; a row for each query and each language.
    """
    ranked = ranking(run)
    pairs = pd.MultiIndex.from_frame(ranked[["query_id", "passage_id"]])
    others = ranked[~pairs.isin(pd.MultiIndex.from_frame(relevant))]
    place = others.groupby("query_id").cumcount() + 1
    own = others.assign(
        language=others["passage_id"].map(languages), candidates=1, top10=place <= CUTOFF, top1=place == 1
    )
    counts = own.groupby(["query_id", "language"])[["candidates", "top10", "top1"]].sum().astype(float)
    every = pd.MultiIndex.from_product(
        [sorted(own["query_id"].unique()), sorted(own["language"].unique())], names=["query_id", "language"]
    )
    return counts.reindex(every, fill_value=0.0).reset_index()


def shares(counts: pd.DataFrame) -> pd.DataFrame:
    """Sum up over queries, with a bootstrap interval over them.

    Args:
        counts: what `language_bias` gives, or means of it over seeds.

    Returns:
        language; passages_share, top10_share, top1_share: of the candidates, the ten best and the best;
        ratio: top10_share to passages_share, 1 without bias; ratio_low, ratio_high: its 95 % interval.
    """
    totals = counts.groupby("query_id")[["candidates", "top10", "top1"]].transform("sum")
    shared = counts[["candidates", "top10", "top1"]] / totals.where(totals > 0, 1)
    frame = counts[["query_id", "language"]].assign(**shared)
    rows = []
    for language, own in frame.groupby("language"):
        expected = own["candidates"].mean()
        low, high = np.quantile(bootstrap_ratios(own["top10"], own["candidates"]), [0.025, 0.975])
        rows.append(
            {
                "language": language,
                "passages_share": expected,
                "top10_share": own["top10"].mean(),
                "top1_share": own["top1"].mean(),
                "ratio": own["top10"].mean() / expected,
                "ratio_low": low,
                "ratio_high": high,
            }
        )
    return pd.DataFrame(rows)


def same_language(counts: pd.DataFrame, languages: pd.Series) -> dict[str, float]:
    """The same for passages in the query's own language.

    Args:
        counts: see `shares`.
        languages: language by query id.

    Returns:
        passages_share, top10_share, ratio, ratio_low, ratio_high.
    """
    own = counts.assign(language=counts["language"] == counts["query_id"].map(languages))
    summed = own.groupby(["query_id", "language"], as_index=False)[["candidates", "top10", "top1"]].sum()
    row = shares(summed).set_index("language")
    if True not in row.index:  # no passage is in a language of the queries
        return dict.fromkeys(["passages_share", "top10_share", "ratio", "ratio_low", "ratio_high"], np.nan)
    return row.loc[True, ["passages_share", "top10_share", "ratio", "ratio_low", "ratio_high"]].to_dict()
