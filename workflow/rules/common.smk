# The checked config, the fingerprints of code, and the paths of results.
import os
import re
import sys
from importlib.metadata import version
from pathlib import Path

WORKFLOW = Path(workflow.basedir) / "workflow"
sys.path.insert(0, str(WORKFLOW))

from snakemake.shell import shell

from switchrank.experiment import checks as experiment_checks

from switchrank.jobs import locks
from switchrank.assets.fetch import load_assets
from switchrank.errors import UserError
from switchrank.experiment.experiment import Experiment
from switchrank.jobs.fingerprint import fingerprint
from switchrank.languages import MIXED, members, parse_pair
from switchrank.settings import load_yaml, validate

SOURCES = [str(path) for path in workflow.overwrite_configfiles or ["config/pocket.yaml"]]
SOURCE = " + ".join(SOURCES)

try:
    for source in SOURCES:
        load_yaml(source)  # Snakemake, which has read it by now, lets a key that is given twice pass
    validate(config, WORKFLOW / "switchrank" / "schemas" / "config.schema.yaml", SOURCE)
    experiment = Experiment(config)
    experiment_checks.check(experiment, SOURCE)
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
RESULTS = f"results/{experiment.name}"
RECIPES = experiment.recipes()
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
    data="|".join(map(re.escape, RECIPES)),
    ranker="|".join(map(re.escape, config["rankers"])),
    lexicon="|".join(map(re.escape, config["lexicons"])),
    system="|".join(map(re.escape, experiment.systems)),
    pair="|".join(experiment.pairs),
    group="|".join(map(re.escape, experiment.groups)),
    seed=r"\d+",


def code(script, *files):
    """The fingerprint of a script, of all of the library that it uses, and of other files that it reads."""
    return fingerprint([], WORKFLOW / "switchrank", WORKFLOW / "scripts" / script, *files)


def corpus_folder(wildcards, input):
    """The folder that the files of the collection lie in."""
    return os.path.commonpath(input.corpus)


def encoded(languages):
    """Paths of the encoded sides of the collection."""
    return [f"{RESULTS}/encoded/{language}.safetensors" for language in languages]


def one_of(names):
    """A regular expression of some names; of none, one for nothing."""
    return "|".join(map(re.escape, names)) or "(?!)"


def systems_made(by_pair, *kinds):
    """A regular expression of the systems of some kinds that are made pair by pair, or that are not."""
    systems = [s for s in experiment.systems if experiment.kind(s) in kinds]
    return before_their_own(s for s in systems if experiment.by_pair(s) == by_pair)


def before_their_own(systems):
    """A regular expression of systems, each before a pair or group, and a seed, that it has: no others are files."""
    return (
        "|".join(
            rf"{re.escape(system)}(?=/(?:seed(?:{one_of(map(str, experiment.seeds_of(system)))})/)?"
            rf"(?:{one_of(experiment.cell_names(system))})\.\w+$)"
            for system in systems
        )
        or "(?!)"
    )


def lexicons_of_kind(kind):
    """A regular expression of the lexicons of a kind."""
    return one_of(name for name, entry in config["lexicons"].items() if entry["kind"] == kind)


def run_path(system, seed, pair):
    """Path of a run."""
    return f"{RESULTS}/runs/{experiment.ranker_of(system)}/{system}/seed{seed}/{pair}.parquet"


def runs_by_seed(system, pairs):
    """Seed, pair, path of a system's runs on some pairs."""
    return {
        str(seed): {pair: run_path(system, seed, pair) for pair in pairs}
        for seed in experiment.seeds_of(system)
    }


def measure_paths(system, pairs=None):
    """Paths of the reciprocal ranks of a system, on all its pairs or on those of some that it has."""
    own = experiment.pairs_of(system)
    return [f"{RESULTS}/measures/{system}/{pair}.parquet" for pair in own if pairs is None or pair in pairs]


def cell_paths(systems=tuple(experiment.systems), names=None):
    """Paths of cells of some systems; `names` keeps those of some pairs and averages."""
    return [
        f"{RESULTS}/cells/{system}/{name}.json"
        for system in systems
        for name in experiment.cell_names(system)
        if names is None or name in names
    ]


def table_paths():
    """Paths of all tables."""
    kinds = ("csv", "tests.csv", "tex")
    return [f"{RESULTS}/tables/{group}.{kind}" for group in experiment.groups for kind in kinds]


def trec_paths():
    """Paths of all runs in TREC's format."""
    return [
        f"{RESULTS}/trec/{system}/seed{seed}/{pair}.run"
        for system in experiment.systems
        for seed in experiment.seeds_of(system)
        for pair in experiment.pairs_of(system)
    ]


def model_path(system, seed, pair):
    """Folder of the model that a system ranks a pair with."""
    return f"{RESULTS}/models/{experiment.ranker_of(system)}/{experiment.data_of(system, pair)}/seed{seed}"


def model_paths(system):
    """Folders of all models of a system; none of one that has none."""
    if experiment.kind(system) != "kernel":
        return []
    seeds, pairs = experiment.seeds_of(system), experiment.pairs_of(system)
    return list(dict.fromkeys(model_path(system, seed, pair) for seed in seeds for pair in pairs))
