"""Cells and averages from runs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.cells import PairResults, average_cell, pair_cell, seed_average
from switchrank.collections.base import ids_of
from switchrank.evaluation import ceiling, reciprocal_ranks, shared_names
from switchrank.files import read_parquet, write_json
from switchrank.languages import MIXED, parse_pair
from switchrank.mixing import side_languages, side_text

Runs = Mapping[str, Mapping[str, Path]]  # seed → pair → run


def make_cells(
    system: str,
    runs: Runs,
    references: Mapping[str, Runs],
    corpus: Path,
    candidates: Path,
    groups: Mapping[str, str],
    provenance: Mapping[str, Any],
    cells: Mapping[str, Path],
) -> None:
    """Write the cells of a system: one for each pair, and one for the average of each group asked for.

    Args:
        system: its name.
        runs: its runs.
        references: of each system that it is compared with, the runs.
        corpus, candidates: what was ranked.
        groups: pair → its group.
        provenance: taken over into every cell.
        cells: pair or group → file to write.
    """
    queries = ids_of(read_parquet(corpus / "splits.parquet"), "query", "test")
    qrels = read_parquet(corpus / "qrels.parquet")
    bound = ceiling(read_parquet(candidates), qrels, queries)

    def measured(of: Runs, pair: str) -> dict[str, pd.Series]:
        return {seed: reciprocal_ranks(read_parquet(own[pair]), qrels, queries) for seed, own in of.items()}

    results = {}
    for pair in next(iter(runs.values())):
        compared = {name: seed_average(measured(own, pair)) for name, own in references.items()}
        names = _shared_names(corpus, parse_pair(pair)[0], queries)
        results[pair] = PairResults(measured(runs, pair), compared, names, bound)
    for name, path in cells.items():
        if name in results:
            cell = pair_cell(system, name, groups[name], results[name], provenance)
        else:
            own = {pair: result for pair, result in results.items() if groups[pair] == name}
            cell = average_cell(system, name, own, provenance)
        write_json(path, cell)


def _shared_names(corpus: Path, language: str, queries: list[str]) -> set[str]:
    """The queries on a side that are spelt as in English although they are not in English."""
    texts = {own: _queries(corpus, own) for own in MIXED.get(language, (language,))}
    english = _queries(corpus, "en")
    drawn = side_languages(english.index, language, "query")
    own = side_text(texts, language, "query")
    frames = [series.rename("text").rename_axis("query_id").reset_index() for series in (own, english)]
    return shared_names(*frames, set(drawn.index[drawn == "en"])) & set(queries)


def _queries(corpus: Path, language: str) -> pd.Series:
    return read_parquet(corpus / language / "queries.parquet").set_index("query_id")["text"]
