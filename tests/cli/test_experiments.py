"""Subcommands about experiments: what they print, and their status."""

from pathlib import Path

import pytest

from switchrank.cli import experiments
from switchrank.cli.main import main

CONFIG = str(Path(__file__).parents[2] / "config" / "pocket.yaml")


@pytest.mark.parametrize(
    "answer, status, said",
    [
        ((1234, []), 0, "1,234 results match\n"),
        ((3, ["a.json: commit: was b, is c", "d.json: e"]), 1, "a.json: commit: was b, is c\nd.json: e\n"),
    ],
)
def test_what_verify_says(monkeypatch, capsys, answer, status, said):
    asked = []
    monkeypatch.setattr(experiments, "verify", lambda paths, _: asked.extend(paths) or answer)
    assert main(["verify", "results/pocket", "a.json"]) == status
    assert asked == [Path("results/pocket"), Path("a.json")]
    assert capsys.readouterr().out == said


def test_list_names_systems_pairs_and_targets(capsys):
    assert main(["list", CONFIG]) == 0
    said = capsys.readouterr().out
    assert said.startswith("experiment pocket: ") and "\n  ml-cs " in said and "\npairs\n" in said
    assert said.endswith("results/pocket/report.html\n")


def test_clean_removes_the_experiments_folder_only(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("pocket", "shared"):
        (tmp_path / "results" / name).mkdir(parents=True)
    assert main(["clean", CONFIG]) == main(["clean", CONFIG]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Removed results/pocket;") and second == "results/pocket: nothing to remove"
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["shared"]
