"""switchrank verify: what it prints, and its status."""

from pathlib import Path

import pytest

from switchrank.cli import verify as module
from switchrank.cli.main import main


@pytest.mark.parametrize(
    "answer, status, said",
    [
        ((1234, []), 0, "1,234 results match\n"),
        ((3, ["a.json: commit: was b, is c", "d.json: e"]), 1, "a.json: commit: was b, is c\nd.json: e\n"),
    ],
)
def test_what_it_says(monkeypatch, capsys, answer, status, said):
    asked = []
    monkeypatch.setattr(module, "verify", lambda paths, _: asked.extend(paths) or answer)
    assert main(["verify", "results/pocket", "a.json"]) == status
    assert asked == [Path("results/pocket"), Path("a.json")]
    assert capsys.readouterr().out == said
