"""Token overlap against score, for all systems that read the texts themselves."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from switchrank.analyses.overlap import overlap_of_runs, token_overlap
from switchrank.collections.base import ids_of
from switchrank.encoders.encodings import load_pieces
from switchrank.files import read_parquet, write_parquet
from switchrank.languages import parse_pair
from switchrank.stages.sides import texts_of

_COLUMNS = ["system", "pair", "query_id", "correlation", "overlap_relevant", "overlap_top10", "overlap_rest"]


def measure_overlap(
    runs: Mapping[str, Mapping[str, Mapping[str, Path]]],
    encoded: Mapping[str, Path],
    corpus: Path,
    output: Path,
) -> None:
    """Write overlap.overlap_of_runs of each system and pair.

    Args:
        runs: system → seed → pair → run, on pairs of single languages.
        encoded: language → encodings, whose SentencePiece pieces are the tokens.
        corpus: folder of the collection.
        output: Parquet to write; columns system, pair, and those of overlap_of_runs.
    """
    pieces = load_pieces(list(encoded.values()))
    queries = ids_of(read_parquet(corpus / "splits.parquet"), "query", "test")
    qrels = read_parquet(corpus / "qrels.parquet").query("relevance >= 1")
    right = set(zip(qrels["query_id"], qrels["passage_id"], strict=True))
    pairs = dict.fromkeys(pair for seeds in runs.values() for own in seeds.values() for pair in own)
    frames = []
    for pair in pairs:
        known: tuple[pd.Series, pd.Series] | None = None
        for system, seeds in runs.items():
            own = {seed: read_parquet(paths[pair]) for seed, paths in seeds.items() if pair in paths}
            if not own:
                continue
            own = {seed: _sorted(run, queries) for seed, run in own.items()}
            if known is None:  # the same candidates for all systems
                known = _overlaps(next(iter(own.values())), pair, corpus, pieces, right)
            frames.append(overlap_of_runs(own, *known).assign(system=system, pair=pair))
    write_parquet(output, pd.concat(frames, ignore_index=True)[_COLUMNS])


def _sorted(run: pd.DataFrame, queries: list[str]) -> pd.DataFrame:
    kept = run[run["query_id"].isin(queries)]
    return kept.sort_values(["query_id", "passage_id"], ignore_index=True)


def _overlaps(
    run: pd.DataFrame, pair: str, corpus: Path, pieces: Mapping, right: set
) -> tuple[pd.Series, pd.Series]:
    """Of each row of a run: the overlap, and whether the passage is relevant."""
    ours, theirs = parse_pair(pair)
    queries, passages = (
        texts_of(corpus, ours, "query").to_dict(),
        texts_of(corpus, theirs, "passage").to_dict(),
    )
    values = []
    for query, rows in run.groupby("query_id", sort=False)["passage_id"]:
        values.append(token_overlap(pieces[queries[query]], [pieces[passages[p]] for p in rows]))
    relevant = [row in right for row in zip(run["query_id"], run["passage_id"], strict=True)]
    return pd.Series([value for own in values for value in own]), pd.Series(relevant)
