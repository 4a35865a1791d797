"""What Snakemake's main process costs while short jobs run: as it comes, and with a patch of its scheduler.

Snakemake (seen in 9.27) limits the rate of jobs: while jobs wait, each step of its scheduler starts a timer,
and each timer causes a step, so that with every job that ends there is one more step in every timespan. Each
looks at every input of the jobs that wait. workflow/rules/scheduler.smk lets one timer run at a time.

On two busy cores, 200 jobs: 11 % of a core as it comes, 7 % with one timer; 500 jobs: 12 % and 5 %. In the
default experiment, whose 273 jobs have more inputs, the main process took 20 % of a core as it came.

    .venv/bin/python benchmarks/scheduler.py [JOBS]
"""

import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

PATCH = Path(__file__).parents[1] / "workflow" / "rules" / "scheduler.smk"
SNAKEFILE = """
import time
rule all:
    input: expand("{{i}}.done", i=range({jobs}))
rule short:
    input: expand("{{{{i}}}}.{{part}}", part=range({inputs}))
    output: touch("{{i}}.done")
    shell: "sleep 1"
onsuccess:
    print(time.process_time())
"""
INPUTS = 5  # of each job
VARIANTS = {"as it comes": "", "one timer at a time": f'include: "{PATCH}"\n'}


def main(jobs: int) -> None:
    """Print, for each variant, the seconds of processor time of the main process and those that went by."""
    for name, patch in VARIANTS.items():
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "Snakefile").write_text(patch + SNAKEFILE.format(jobs=jobs, inputs=INPUTS))
            for job, part in product(range(jobs), range(INPUTS)):
                Path(folder, f"{job}.{part}").touch()
            command = [sys.executable, "-m", "snakemake", "--cores", "2", "--quiet", "all"]
            begun = time.monotonic()
            done = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
            passed, busy = time.monotonic() - begun, float(done.stdout)
        print(f"{name}: {busy:.1f} s of {passed:.1f} s, {busy / passed:.0%} of a core", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
