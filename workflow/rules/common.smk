# The checked config, the fingerprints of code, and the paths of results.
import os
import re
import sys
from importlib.metadata import version
from pathlib import Path

WORKFLOW = Path(workflow.basedir) / "workflow"
sys.path.insert(0, str(WORKFLOW))

from snakemake.shell import shell

from switchrank import locks
from switchrank.assets import load_assets
from switchrank.errors import UserError
from switchrank.experiment import Experiment
from switchrank.fingerprint import fingerprint
from switchrank.settings import load_yaml, validate

SOURCES = [str(path) for path in workflow.overwrite_configfiles or ["config/pocket.yaml"]]
SOURCE = " + ".join(SOURCES)

try:
    for source in SOURCES:
        load_yaml(source)  # Snakemake, which has read it by now, lets a key that is given twice pass
    validate(config, WORKFLOW / "schemas" / "config.schema.yaml", SOURCE)
    experiment = Experiment(config, SOURCE)
    ASSETS = load_assets(WORKFLOW.parent / "config" / "assets.yaml")
except UserError as error:
    raise SystemExit(f"Error: {error}") from None  # Snakemake would wrap any other exception in several lines

if locks.hold(".", may_clear=workflow.is_main_process):
    print("A lock that a killed run had left was cleared.", file=sys.stderr)
shell.prefix(locks.shell_prefix("."))

# Scripts find the library here; the thread count of numeric libraries must not hang on the machine.
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
# glibc keeps the memory of large arrays instead of giving it back and asking anew: a fifth less time for ranking.
MEMORY = ("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_")
os.environ |= {"PYTHONPATH": str(WORKFLOW)} | dict.fromkeys(THREADS, "1") | dict.fromkeys(MEMORY, str(2**32))

VERSION = version("switchrank")
RESULTS = f"results/{config['collection']}"
LANGUAGES = config["languages"]
ENCODER = "resources/use-multilingual"
CORPUS_FILES = [
    f"{RESULTS}/corpus/{name}"
    for name in [
        *(f"{language}/{side}.parquet" for language in LANGUAGES for side in ("queries", "passages")),
        "qrels.parquet",
        "splits.parquet",
    ]
]


wildcard_constraints:
    language="[a-z]{2}",
    data="|".join(map(re.escape, experiment.recipes())),
    ranker="|".join(map(re.escape, config["rankers"])),
    system="|".join(map(re.escape, experiment.systems)),
    group="|".join(config["pairs"]),
    seed=r"\d+",


def code(script, *templates):
    """The fingerprint of a script, of all of the library that it uses, and of templates."""
    library = WORKFLOW / "switchrank"
    files = [library / "templates" / template for template in templates]
    return fingerprint([], library, WORKFLOW / "scripts" / script, *files)


def corpus_folder(wildcards, input):
    """The folder that the files of the collection lie in."""
    return os.path.commonpath(input.corpus)


def encoded(languages):
    """Paths of the encoded sides of the collection."""
    return [f"{RESULTS}/encoded/{language}.safetensors" for language in languages]


def systems_of_kind(*kinds):
    """A regular expression of the systems whose ranker is of one of these kinds; of none, one for nothing."""
    chosen = [system for system in experiment.systems if experiment.kind(system) in kinds]
    return "|".join(map(re.escape, chosen)) or "(?!)"


def run_paths(system, seed):
    """Paths of a system's runs with one seed."""
    folder = f"{RESULTS}/runs/{experiment.ranker_of(system)}/{system}/seed{seed}"
    return [f"{folder}/{pair}.parquet" for pair in experiment.pairs_of(system)]


def all_run_paths(system):
    """Paths of a system's runs with all its seeds."""
    return [path for seed in experiment.seeds_of(system) for path in run_paths(system, seed)]


def runs_by_seed(system, pairs):
    """Seed, pair, path of a system's runs on some pairs."""
    return {
        str(seed): {Path(path).stem: path for path in run_paths(system, seed) if Path(path).stem in pairs}
        for seed in experiment.seeds_of(system)
    }


def cell_names(system):
    """Pairs and averages that a system has cells for."""
    return [*experiment.pairs_of(system), *experiment.groups_of(system)]


def cell_paths(systems=tuple(experiment.systems), names=None):
    """Paths of cells of some systems; `names` keeps those of some pairs and averages."""
    return [
        f"{RESULTS}/cells/{system}/{name}.json"
        for system in systems
        for name in cell_names(system)
        if names is None or name in names
    ]


def table_paths():
    """Paths of all tables."""
    return [f"{RESULTS}/tables/{group}.{kind}" for group in config["pairs"] for kind in ("csv", "tex")]


def model_path(system, seed):
    """Folder of a system's model."""
    return f"{RESULTS}/models/{experiment.ranker_of(system)}/{experiment.data_of(system)}/seed{seed}"
