"""The command line: subcommands, mistakes in one line."""

import subprocess
import sys
from pathlib import Path
from pkgutil import resolve_name

import pytest

from switchrank.cli.main import COMMANDS, main

WORKFLOW = Path(__file__).parents[2] / "workflow"


def test_help_lists_every_command(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    listed = capsys.readouterr().out
    assert all(f"    {name} " in listed for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_a_function_and_has_help(name, capsys):
    assert callable(resolve_name(COMMANDS[name]))
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    assert f"usage: switchrank {name} " in capsys.readouterr().out


@pytest.mark.parametrize(
    "words, part",
    [
        ([], "COMMAND"),
        (["swich"], "swich"),
        (["switch", "--ratio", "half"], "--ratio: invalid float value: 'half'"),
        (["verify"], "PATH"),
        (["verify", "nothing"], "nothing: not found"),
    ],
)
def test_a_mistake_is_one_line(words, part, capsys):
    assert main(words) == 1
    error = capsys.readouterr().err
    assert error.startswith("switchrank: ") and part in error and error.count("\n") == 1


def test_python_m_is_the_same_and_a_reader_may_leave(tmp_path):
    (tmp_path / "en-de.tsv").write_text("source\ttarget\tscore\na\tb\t1\n")
    (tmp_path / "texts.jsonl").write_text('{"text": "a b c"}\n' * 50_000)
    command = [sys.executable, "-m", "switchrank", "switch", "texts.jsonl", "--lexicons", "."]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env={"PYTHONPATH": str(WORKFLOW)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline().startswith('{"text": ')
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0


@pytest.mark.parametrize(
    "words", [["switch", "texts.jsonl", "--lexicons", "."], ["list"], ["list", "little.yaml"]], ids=" ".join
)
def test_a_full_device_is_one_line(tmp_path, words):
    (tmp_path / "en-de.tsv").write_text("source\ttarget\tscore\na\tb\t1\n")
    (tmp_path / "texts.jsonl").write_text('{"text": "a b c"}\n')
    (tmp_path / "config").mkdir()
    pocket = (WORKFLOW.parent / "config/pocket.yaml").read_text()
    for name in ("config/pocket.yaml", "little.yaml"):
        (tmp_path / name).write_text(pocket)
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "switchrank", *words],
            cwd=tmp_path, env={"PYTHONPATH": str(WORKFLOW)}, stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1:] == ["switchrank: standard output: No space left on device"]
    assert done.stderr.count("\n") <= 6 and "Traceback" not in done.stderr  # counts of switching come first


def test_a_file_that_is_not_there_is_one_line(tmp_path, capfd):
    assert main(["docs", str(tmp_path / "none.md")]) == 1
    assert capfd.readouterr().err == f"switchrank: {tmp_path / 'none.md'}: No such file or directory\n"
