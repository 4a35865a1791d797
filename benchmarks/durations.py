"""Writes the durations.yaml of the logger from the benchmarks of finished runs on this machine.

    .venv/bin/python benchmarks/durations.py [FOLDER...]

reads every FOLDER/**/benchmarks/RULE/**/*.tsv, for example of results/pocket and results/shared, and takes
the mean of each rule's jobs; rules without any keep their figure. Without a folder, only this machine's
calibration is printed. Run it while nothing else runs.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean, median

import pandas

from snakemake_logger_plugin_switchrank import TYPICAL
from switchrank.files import write_text
from switchrank.jobs.progress import calibrate
from switchrank.settings import load_yaml


def seconds_by_rule(folders: list[str]) -> dict[str, float]:
    """Mean seconds of the jobs of each rule whose benchmarks lie in some folders."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for folder in folders:
        for path in Path(folder).rglob("benchmarks/*/**/*.tsv"):
            rule = path.parts[path.parts.index("benchmarks") + 1]
            seconds[rule] += pandas.read_csv(path, sep="\t")["s"].tolist()
    return {rule: mean(values) for rule, values in seconds.items()}


def rewritten(text: str, calibrated: float, seconds: dict[str, float]) -> str:
    """The text of the table with other figures; its comments and its order stay."""
    figures = {rule: f"{max(round(value), 1)}" for rule, value in seconds.items()}
    for key, figure in ({"calibration": f"{calibrated:.2f}"} | figures).items():
        text = re.sub(rf"^(\s*{key}): [\d.]+", rf"\1: {figure}", text, flags=re.M)
    return text


def main(folders: list[str]) -> None:
    """Measure the calibration; write it and the means of some folders into the table."""
    calibrated = median(calibrate() for _ in range(5))
    print(f"calibration: {calibrated:.2f} s")
    seconds = seconds_by_rule(folders)
    if unknown := seconds.keys() - load_yaml(TYPICAL)["seconds"].keys():
        print("not in the table:", *sorted(unknown))
    if seconds:
        write_text(TYPICAL, rewritten(TYPICAL.read_text(encoding="utf-8"), calibrated, seconds))


if __name__ == "__main__":
    main(sys.argv[1:])
