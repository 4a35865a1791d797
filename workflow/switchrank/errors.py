"""The one exception that a user's mistake ends with, and the hint at what was meant."""

import difflib
from collections.abc import Iterable


class UserError(Exception):
    """Bad input of a user: one line that names file, line or key, what was found and what was expected.

    The scripts print it without a traceback and exit with a non-zero status.
    """


def nearest(name: str, names: Iterable[str], cutoff: float = 0.6) -> str:
    """'; did you mean …?' with the most similar of `names` in any casing, or '' if none is similar."""
    by_lower = {known.lower(): known for known in names}
    near = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=cutoff)
    return f"; did you mean {by_lower[near[0]]}?" if near else ""
