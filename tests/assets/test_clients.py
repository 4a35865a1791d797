"""A client that fails: one line with its last words."""

import pytest

from switchrank.assets.clients import DownloadError, call


@pytest.mark.parametrize(
    "output, words",
    [
        ("WARNING: x\nERROR: first\nERROR: no such thing\n[notice] y", "no such thing"),
        ("npm error code E404\nnpm error 404 Not Found\nnpm error A complete log is in /x", "404 Not Found"),
        ("npm ERR! syscall open\nnpm ERR! cannot open", "cannot open"),
        ("some words\n\n", "some words"),
        ("", "status 3"),
    ],
)
def test_last_words(program, output, words):
    client = program("client", f"import sys; print({output!r}); sys.exit(3)")
    with pytest.raises(DownloadError) as failure:
        call("client", [str(client)])
    assert str(failure.value) == f"client failed: {words}"
