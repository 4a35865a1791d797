"""Where a figure comes from: sources, packages, processor, downloads, and the files that it was made of."""

import platform
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from switchrank.assets.manifest import read_manifest
from switchrank.errors import UserError
from switchrank.files import REFETCH, reading, sha256

CHECKOUT = Path(__file__).resolve().parents[3]
SOURCES = ("Snakefile", "workflow")  # what figures depend on; the config has a digest of its own
PACKAGES = (
    "numpy", "torch", "scipy", "statsmodels", "ranx", "pyserini", "safetensors", "sentencepiece", "wordfreq",
    "pyarrow", "pandas", "transformers", "tokenizers", "snakemake",
)  # fmt: skip
INSTRUCTIONS = ("avx2", "avx512f", "avx512_bf16", "amx_bf16")  # on which the last digits of figures depend


def provenance(static: Mapping[str, Any], data: Iterable[str | Path]) -> dict[str, Any]:
    """All that is known of where a figure comes from but its input files (see `inputs`), ready for JSON.

    `static` is what the config says; `data` are folders of downloads. One that is not there is a UserError.
    """
    return {**static, **gather(), "data": {str(folder): _pin(folder) for folder in data}}


def inputs(
    pairs: Iterable[str],
    measures: Mapping[str, str],
    references: Mapping[str, Mapping[str, str]],
    candidates: str,
) -> dict[str, str]:
    """Path → sha256 of the files that a cell of some pairs is made of; `measures` are pair → file."""
    paths = [files[pair] for files in (measures, *references.values()) for pair in pairs if pair in files]
    return digests([*paths, candidates])


def digests(paths: Iterable[str]) -> dict[str, str]:
    """Path → sha256 of files."""
    return {path: sha256(path) for path in paths}


@cache
def gather() -> dict[str, Any]:
    """The sources and the machine that this process runs with.

    clean is whether the sources are as committed (it and commit are None outside a checkout); the version of
    a package that is not installed is None.
    """
    return {
        **_commit(CHECKOUT),
        "python": platform.python_version(),
        "packages": {package: _version(package) for package in PACKAGES},
        "processor": _processor(Path("/proc/cpuinfo")),
    }


def _pin(folder: str | Path) -> dict[str, str]:
    manifest = read_manifest(folder)
    if manifest is None:
        raise UserError(f"{folder}: not found, expected the folder of a download")
    with reading(folder, REFETCH):
        return {key: manifest[key] for key in ("asset", "sha256", "licence")}


def _commit(checkout: Path) -> dict[str, Any]:
    # An installed library may be in a folder that another project keeps in git.
    if not (checkout / ".git").exists():
        return {"commit": None, "clean": None}
    try:
        commit = _git(checkout, "rev-parse", "HEAD").strip()
        return {"commit": commit, "clean": not _git(checkout, "status", "--porcelain", "--", *SOURCES)}
    except (OSError, subprocess.CalledProcessError):  # no git here, or no commit yet
        return {"commit": None, "clean": None}


def _git(folder: Path, *words: str) -> str:
    command = ["git", "--no-optional-locks", "-C", str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor(cpuinfo: Path) -> dict[str, Any]:
    text = cpuinfo.read_text(encoding="utf-8") if cpuinfo.exists() else ""  # there is one on Linux
    first_core = [line.partition(":") for line in text.partition("\n\n")[0].splitlines()]
    about = {key.strip(): value.strip() for key, _, value in first_core}
    return {
        "name": about.get("model name") or platform.processor() or None,
        "architecture": platform.machine(),
        "instructions": [name for name in INSTRUCTIONS if name in about.get("flags", "").split()],
    }
