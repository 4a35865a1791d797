"""Cells and averages from reciprocal ranks."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.collections.base import ids_of
from switchrank.collections.mixing import side_languages, side_text
from switchrank.files import read_parquet, write_json
from switchrank.languages import members, parse_pair
from switchrank.stages.measures import read_measures
from switchrank.stages.sides import texts_of
from switchrank.statistics import cells as library
from switchrank.tasks.ranking import ceiling, shared_names


def make_cells(
    system: str,
    measures: Mapping[str, Path],
    references: Mapping[str, Mapping[str, Path]],
    corpus: Path,
    candidates: Path,
    groups: Mapping[str, Sequence[str]],
    provenance: Mapping[str, Any],
    cells: Mapping[str, Path],
) -> None:
    """Write cells of a system.

    Args:
        system: its name.
        measures: pair → its reciprocal ranks.
        references: of each system that it is compared with, the same.
        corpus, candidates: what was ranked.
        groups: group → its pairs.
        provenance: taken over into every cell.
        cells: pair or group → file to write.
    """
    queries = ids_of(read_parquet(corpus / "splits.parquet"), "query", "test")
    bound = ceiling(read_parquet(candidates), read_parquet(corpus / "qrels.parquet"), queries)
    shared = {pair: _shared_names(corpus, parse_pair(pair)[0], queries) for pair in measures}
    measured = {name: read_measures(own) for name, own in references.items()}
    made = library.make(system, read_measures(measures), measured, groups, shared, bound, provenance)
    for name, path in cells.items():
        write_json(path, made[name])


def _shared_names(corpus: Path, language: str, queries: list[str]) -> set[str]:
    """The queries on a side that are spelt as in English although they are not in English."""
    english = texts_of(corpus, "en", "query")
    texts = {own: texts_of(corpus, own, "query") for own in members(language)}
    drawn = side_languages(english.index, language, "query")
    own = side_text(texts, language, "query")
    frames = [_as_frame(series) for series in (own, english)]
    return shared_names(*frames, set(drawn.index[drawn == "en"])) & set(queries)


def _as_frame(texts: pd.Series) -> pd.DataFrame:
    return texts.rename("text").rename_axis("query_id").reset_index()
