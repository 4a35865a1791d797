"""The ordinary clients of package registries, run as commands."""

import logging
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from switchrank.errors import UserError

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")
# A wheel only: pip would run the build code of a source package.
WHEEL_ONLY = ("--no-deps", "--only-binary", ":all:")
_log = logging.getLogger(__name__)


class DownloadError(UserError):
    """The client failed, for want of a network more often than not; one line with its last words."""


def call(client: str, command: Sequence[str], cwd: Path | None = None) -> None:
    """Run a client in a folder; what it says goes to the log.

    Raises:
        DownloadError: it ended with an error; the message begins with the client's name.
    """
    done = subprocess.run(
        command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    _log.debug("%s\n%s", " ".join(command), done.stdout)
    if done.returncode:
        raise DownloadError(f"{client} failed: {_last_words(done.stdout) or f'status {done.returncode}'}")


def _last_words(output: str) -> str:
    """The line that says why: pip's last error, npm's first that is no code or stack, else the last line."""
    if errors := re.findall(r"^ERROR: (.+)$", output, re.MULTILINE):
        return errors[-1].strip()
    if errors := re.findall(r"^npm (?:error|ERR!) (?!code |syscall |errno |\s)(.+)$", output, re.MULTILINE):
        return errors[0].strip()
    return output.strip().rpartition("\n")[2].strip()
