"""Numeric libraries, in a process of their own, take the threads that the environment says."""

import os
import subprocess
import sys

from switchrank.jobs.threads import environment


def test_a_job_computes_with_one_thread():
    command = [sys.executable, "-c", "import torch; print(torch.get_num_threads())"]
    asked = subprocess.run(
        command, env=os.environ | environment(), capture_output=True, text=True, check=True
    )
    assert asked.stdout == "1\n"
