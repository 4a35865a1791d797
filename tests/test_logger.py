"""Snakemake with `--logger switchrank` on a workflow of a few jobs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from snakemake_logger_plugin_switchrank import TYPICAL
from switchrank.settings import load_yaml

LIBRARY = str(Path(__file__).parents[1] / "workflow")
RULE = re.compile(r"^(?:rule (\w+):|use rule \w+ as (\w+) with:)", re.M)

SNAKEFILE = """
rule all:
    input: expand("out/{i}.txt", i=[1, 2])
rule make:
    output: "out/{i}.txt"
    shell: "test {wildcards.i} = 1 || test ! -e stop; touch {output}"
"""


@pytest.fixture
def run(tmp_path):
    """Run the workflow; give what Snakemake says."""
    (tmp_path / "Snakefile").write_text(SNAKEFILE)
    command = [sys.executable, "-m", "snakemake", "--cores", "1", "--logger", "switchrank"]
    environment = {"PYTHONPATH": LIBRARY, "HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    return lambda: subprocess.run(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, check=False
    ).stderr.splitlines()


def test_every_job_has_one_line_and_the_time_left_is_told(run):
    head, first, second, *_ = run()
    assert head == "2 jobs: 2 make"
    assert first.startswith("[1/2] make ") and first.endswith(" left") and ": 1 s; about " in first
    assert second.startswith("[2/2] make ") and second.endswith(": 1 s")
    assert run() == ["Nothing to be done (all requested files are present and up to date)."]


def test_an_error_is_told(run, tmp_path):
    (tmp_path / "stop").touch()
    said = "\n".join(run())
    assert "Error in rule make" in said and "out/2.txt" in said


def test_every_rule_has_a_typical_duration_so_that_the_time_is_told_beforehand():
    rules = Path(LIBRARY, "rules").glob("*.smk")
    found = [RULE.findall(path.read_text(encoding="utf-8")) for path in rules]
    named = {"".join(names) for own in found for names in own}
    assert named == set(load_yaml(TYPICAL))
