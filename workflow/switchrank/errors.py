"""The one exception that a user's mistake ends with."""


class UserError(Exception):
    """Bad input of a user: one line that names file, line or key, what was found and what was expected.

    The scripts print it without a traceback and exit with a non-zero status.
    """
