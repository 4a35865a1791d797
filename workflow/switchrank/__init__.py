"""Cross-lingual ranking experiments: code-switched training, measured cell by cell."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from switchrank.rankers.reranker import Reranker


def load(folder: str | Path) -> "Reranker":
    """A trained model in a folder, to rank with: `load(folder).rank(query, passages)`; see Reranker.

    Raises:
        UserError: a file is missing or damaged.
    """
    from switchrank.rankers.reranker import Reranker  # torch, which takes seconds to load

    return Reranker(folder)
