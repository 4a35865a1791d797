"""Long runs, written part by part: a ranking that was killed goes on where it was."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from switchrank.files import Unreadable, read_parquet, sha256, write_parquet
from switchrank.rankers.base import Ranker

_ROWS = 25_000  # of a part


def run_in_parts(
    ranker: Ranker,
    system: str,
    seed: int,
    pair: str,
    candidates: pd.DataFrame,
    folder: Path,
    files: Iterable[str],
    code: str,
) -> pd.DataFrame:
    """A run over candidates, see Ranker.run; what is done already is read from a folder below `folder`.

    A part has whole queries. What is scored together is always the same, whether a run was killed or not.
    `folder` is to be removed when the run is safe. Parts of other candidates, of other bytes in any of the
    `files` (or folders of them) that scores depend on, or of other code, are not taken for this run's.
    """
    parts = list(_parts(candidates))
    if len(parts) == 1:
        return ranker.run(system, seed, pair, candidates)
    folder, runs = folder / identity(candidates, files, code), []
    for number, part in enumerate(parts):
        path = folder / f"{number}.parquet"
        try:
            runs.append(read_parquet(path))
        except Unreadable:
            runs.append(ranker.run(system, seed, pair, part))
            write_parquet(path, runs[-1])
    return pd.concat(runs, ignore_index=True)


def identity(candidates: pd.DataFrame, files: Iterable[str], code: str) -> str:
    """A digest of candidates, of the bytes of files and of all files in folders, and of a text."""
    digest = hashlib.sha256(code.encode())
    digest.update(pd.util.hash_pandas_object(candidates, index=False).to_numpy().tobytes())
    for path in sorted(map(Path, files)):
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        digest.update(" ".join(sha256(file) for file in inside if file.is_file()).encode())
    return digest.hexdigest()[:16]


def _parts(candidates: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Candidates, which are in the order of their queries, in parts of whole ones; of none, an empty part."""
    queries = candidates["query_id"]
    ends = [*np.flatnonzero(queries.ne(queries.shift()))[1:], len(candidates)]
    begun, last = 0, 0
    for end in ends:
        if end - begun > _ROWS and last > begun:
            yield candidates.iloc[begun:last]
            begun = last
        last = end
    yield candidates.iloc[begun:]
