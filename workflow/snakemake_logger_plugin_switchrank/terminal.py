"""What is printed: lines, and on a terminal one more below them that changes in place."""

import os
from typing import TextIO

_ERASE_REST = "\x1b[K"  # of the line


class Terminal:
    """Lines that stay and, where the stream is a terminal, one below them that changes.

    The cursor rests at the beginning of the changing line: what other processes print goes over it.
    """

    def __init__(self, stream: TextIO) -> None:
        """Print to `stream`."""
        self._stream = stream
        self.changes = stream.isatty() and os.environ.get("TERM") != "dumb"
        self._line = ""

    def print(self, text: str) -> None:
        """Print lines that stay."""
        self._write(f"{_ERASE_REST * bool(self._line)}{text}\n")
        self.show(self._line)

    def show(self, line: str) -> None:
        """Let the changing line be this one, cut to the terminal's width; an empty one leaves nothing."""
        if self.changes and (line or self._line):
            width = os.get_terminal_size(self._stream.fileno()).columns or 80
            self._write(f"\r{line[: width - 1]}{_ERASE_REST}\r")
            self._line = line

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
