"""Snakemake's scheduler does not take ever more steps."""

import subprocess
import sys
from pathlib import Path

import pytest

RULES = Path(__file__).parents[2] / "workflow" / "rules"
SNAKEFILE = """
rule all:
    input: "late/0", "late/1"
rule early:
    output: "early/{i}"
    shell: "touch {output}"
rule late:
    input: expand("early/{i}", i=range(25))
    output: "late/{i}"
    shell: "sleep 4; touch {output}"
"""


@pytest.mark.parametrize(("include", "many"), [("", True), (f'include: "{RULES}/scheduler.smk"', False)])
def test_steps_do_not_multiply_with_the_jobs_that_have_ended(tmp_path, include, many):
    (tmp_path / "Snakefile").write_text(include + SNAKEFILE)
    command = [sys.executable, "-m", "snakemake", "--cores", "1", "--verbose"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    _, while_one_waits, _ = done.stderr.split("rule late:")
    steps = while_one_waits.count("Waiting for running jobs to complete.")
    assert (steps > 30) == many, steps  # in four seconds; once Snakemake has mended it, scheduler.smk can go
