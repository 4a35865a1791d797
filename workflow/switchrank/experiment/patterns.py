"""Regular expressions of names, for wildcards of rules."""

import re
from collections.abc import Iterable


def one_of(names: Iterable[str]) -> str:
    """A regular expression of some names; of none, one for nothing."""
    return "|".join(map(re.escape, names)) or "(?!)"
