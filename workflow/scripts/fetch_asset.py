"""Fetch one asset: snakemake.wildcards.asset, pinned by snakemake.params.spec."""

import logging
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from switchrank.assets import fetch, mirror_folder
from switchrank.errors import UserError

log = logging.FileHandler(snakemake.log[0], mode="w", encoding="utf-8")
terminal = logging.StreamHandler()
terminal.setLevel(logging.INFO)
logging.basicConfig(level=logging.DEBUG, format="%(message)s", handlers=[log, terminal])
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an orderly end, so that nothing half-fetched stays

try:
    fetch(
        snakemake.wildcards.asset,
        snakemake.params.spec,
        Path(snakemake.output[0]),
        mirror_folder(snakemake.config.get("mirror")),
    )
except UserError as error:
    logging.error("%s", error)
    sys.exit(1)
