"""Jobs, each in a process of its own: logs, exit statuses, signals."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from switchrank.jobs.job import environment

WORKFLOW = Path(__file__).parents[2] / "workflow"
HEAD = """import logging, sys
from types import SimpleNamespace
from switchrank.errors import UserError
from switchrank.jobs.job import job
work = SimpleNamespace(log=['job.log'], output=['result.txt'])
"""


def command(folder, body):
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    script = folder / "script.py"
    script.write_text(
        f"{HEAD}with job(work):\n{lines}print('after', file=sys.stderr)\n",
        encoding="utf-8",
    )
    return [sys.executable, str(script)]


def run(folder, body):
    """Exit status, what stood on the terminal, what stood in the log."""
    environment = {**os.environ, "PYTHONPATH": str(WORKFLOW), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command(folder, body), cwd=folder, env=environment, capture_output=True, check=False
    )
    assert done.stdout == b""
    return done.returncode, done.stderr.decode(), (folder / "job.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("message", ["config.yaml: steps: found 'zwölf', expected a number", "100 %s {} %"])
def test_a_users_mistake_ends_with_status_1_and_one_line(tmp_path, message):
    status, terminal, log = run(tmp_path, f"raise UserError({message!r})")
    assert (status, terminal) == (1, "")  # Snakemake's logger prints the last line of the log
    assert log.endswith(f"{message}\n") and log.count("\n") == 1


def test_a_job_that_ends_well(tmp_path):
    status, terminal, log = run(tmp_path, "logging.info('step %d', 1)\nlogging.warning('careful')")
    assert status == 0
    assert [line.split(" ", 2)[2] for line in log.splitlines()] == ["step 1", "careful"]
    lines = terminal.splitlines()
    assert len(lines) == 2 and lines[0].endswith("careful") and lines[1] == "after"


def test_a_fault_of_the_program_keeps_its_traceback_in_the_log(tmp_path):
    status, terminal, log = run(tmp_path, "raise KeyError('vectors')")
    assert (status, terminal) == (1, "")
    assert "Traceback" in log and log.endswith("KeyError: 'vectors'\n")


def test_a_log_is_overwritten(tmp_path):
    for text in ("first", "second"):
        _, _, log = run(tmp_path, f"logging.info({text!r})")
    assert "second" in log and "first" not in log


def test_a_terminated_job_leaves_nothing_half_written(tmp_path):
    body = (
        "import time\nfrom switchrank.files import atomic\n"
        "with atomic('result.txt') as aside:\n"
        "    aside.write_text('half')\n    print('ready', flush=True)\n    time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": str(WORKFLOW)}
    with subprocess.Popen(
        command(tmp_path, body), cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGTERM)
        _, terminal = process.communicate(timeout=20)
    assert process.returncode == 143
    assert b"Traceback" not in terminal and b"after" not in terminal
    assert sorted(path.name for path in tmp_path.iterdir()) == ["job.log", "script.py"]


def test_a_job_computes_with_one_thread():
    command = [sys.executable, "-c", "import torch; print(torch.get_num_threads())"]
    asked = subprocess.run(
        command, env=os.environ | environment(), capture_output=True, text=True, check=True
    )
    assert asked.stdout == "1\n"


def test_what_a_job_wrote_is_recorded_when_it_ended_well(tmp_path):
    record = tmp_path / "job.written.json"
    run(tmp_path, "open('result.txt', 'w').write('all')")
    whole = record.read_text()
    assert '"result.txt"' in whole and '"size": 3' in whole
    run(tmp_path, "open('result.txt', 'w').write('ha')\nraise UserError('no more')")
    assert json.loads(record.read_text()) == {"result.txt": {"removed": True}}
    run(tmp_path, "open('result.txt', 'w').write('all')")
    assert record.read_text().count('"size": 3') == 1


# The size of files is limited instead of the disk's.
FULL = "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nlimit = 20_000\n"
FULL += "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
BIG = "from pathlib import Path\nimport numpy as np, pandas as pd\nbig = 'x' * 90_000\n"
BIG += "noise = np.random.default_rng(1).random(50_000)\n"


@pytest.mark.parametrize(
    "body",
    [
        "from switchrank.files import write_text\nwrite_text('new/out', big)",
        "from switchrank.files import write_json\nwrite_json('new/out', big)",
        "from switchrank.files import write_parquet\nwrite_parquet('new/out', pd.DataFrame({'n': noise}))",
        "from switchrank.files import write_arrow\nwrite_arrow('new/out', pd.DataFrame({'n': noise}))",
        "from switchrank.lexicons.vectors import WordVectors, write_vectors\n"
        "write_vectors('new/out', WordVectors(['a'] * 500, noise.reshape(500, 100)))",
        "import torch\nfrom switchrank.rankers.checkpoint import write_checkpoint\n"
        "network = torch.nn.Linear(200, 200)\n"
        "write_checkpoint(Path('new/out'), 'one', [], network, torch.optim.SGD(network.parameters()))",
    ],
    ids=["text", "json", "parquet", "arrow", "vectors", "checkpoint"],
)
def test_a_disk_without_room_is_told_in_one_line(tmp_path, body):
    status, terminal, log = run(tmp_path, f"{BIG}{FULL}{body}")
    assert (status, terminal) == (1, "")
    assert re.search(r"new/out cannot be written: File too large \([\d,]+ MB are free in new\)\n$", log)
    assert "Traceback" not in log
    left = [path.name for path in (tmp_path / "new").iterdir()]
    assert not [name for name in left if name == "out" or name.startswith(".")]


@pytest.mark.parametrize(
    "body",
    [
        "import numpy\nnumpy.ones(10**15)",
        "b'x' * 10**15",
        "import pyarrow\npyarrow.allocate_buffer(10**15)",
        "import torch\ntorch.ones(10**15)",
        "import pyarrow\nfrom switchrank.files import reading\n"
        "with reading('a'): pyarrow.allocate_buffer(10**15)",
    ],
)
def test_too_little_memory_is_told_in_one_line(tmp_path, body):
    status, terminal, log = run(tmp_path, body)
    assert (status, terminal) == (1, "")
    (line,) = log.splitlines()
    assert re.search(r" not enough memory: \S.+$", line) and "damaged" not in line


def test_a_log_without_room_does_not_hide_what_happened(tmp_path):
    body = f"{FULL.replace('20_000', '0')}raise UserError('no more')"
    status, terminal, _ = run(tmp_path, body)
    assert (status, terminal) == (1, "no more\n")


def test_a_log_that_cannot_be_written_is_told_in_one_line(tmp_path):
    (tmp_path / "job.log").symlink_to("nowhere/job.log")
    done = subprocess.run(
        command(tmp_path, "pass"), cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(WORKFLOW)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "job.log cannot be written: No such file or directory\n")
