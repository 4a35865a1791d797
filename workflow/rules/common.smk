# The checked config, the paths of results, and the fingerprints of code.
import os
import shlex
import sys
from functools import cache, partial
from pathlib import Path

WORKFLOW = Path(workflow.basedir) / "workflow"
sys.path.insert(0, str(WORKFLOW))
for name in [name for name in sys.modules if name.split(".")[0] == "switchrank"]:
    del sys.modules[name]  # the logger may have loaded another checkout's

from snakemake.shell import shell

from switchrank.assets.base import ASSETS as KINDS_OF_ASSETS
from switchrank.assets.fetch import load_assets
from switchrank.collections.base import COLLECTIONS
from switchrank.errors import UserError
from switchrank.experiment.benchmarks import Benchmarks
from switchrank.experiment.choices import Choices
from switchrank.experiment.load import load
from switchrank.experiment.paths import ENCODER, NAMES, UNSEEN, Paths, flat, one_of
from switchrank.experiment.plan import ACROSS, Plan, report_config, report_files
from switchrank.experiment.endings import MAIN, REFERENCE
from switchrank.experiment.shards import SINGLE, Shard, one_by_one, read_recorded, shards, with_new_pairs
from switchrank.experiment.targets import check_targets, targets_of
from switchrank.files import check_folder, check_writable, write_json
from switchrank.jobs import locks
from switchrank.jobs.fingerprint import fingerprint
from switchrank.jobs.job import environment
from switchrank.lexicons.base import LEXICONS
from switchrank.pretrained.base import PRETRAINED
from switchrank.rankers.base import RANKERS
from switchrank.registry import settings_of

DEFAULT_CONFIG = "config/pocket.yaml"
SOURCES = [os.path.relpath(path) for path in workflow.overwrite_configfiles or [DEFAULT_CONFIG]]
# As they were written: Snakemake makes texts of all that is in a list or a mapping.
GIVEN = workflow.config_settings.config_args or []
TARGETS = targets_of(sys.argv[1:]) if workflow.is_main_process else []

try:
    experiment = load(SOURCES, GIVEN)
    paths = Paths(experiment)
    check_targets(TARGETS, paths)
    ASSETS = load_assets()
    SHARDS_FILE = Path(paths.results) / "shards.json"
    RECORDED = read_recorded(SHARDS_FILE)
    for folder in (paths.shared, paths.results, paths.resources, ".snakemake"):
        check_folder(folder)
    LOCK_CLEARED = locks.hold(".", may_clear=workflow.is_main_process)
except UserError as error:
    raise SystemExit(f"Error: {error}") from None  # Snakemake would wrap any other exception in several lines

if LOCK_CLEARED:
    print("Cleared the lock of a killed run.", file=sys.stderr)
# Ctrl-C reaches every job of a terminal: they ignore it, and the logger ends them in order by SIGTERM,
# which they ignore, too, until they can end so (see job.py): else their shells would print that it came.
shell.prefix(f"trap '' INT TERM; {locks.shell_prefix('.')}")
# Scripts find the library here, and plugins where they were found.
python_path = os.pathsep.join(filter(None, [str(WORKFLOW), os.environ.get("PYTHONPATH")]))
# The logger shows the headline and the report in SWITCHRANK_RESULTS.
os.environ |= environment() | {"PYTHONPATH": python_path, "SWITCHRANK_RESULTS": paths.results}

SHARED, RESULTS = paths.shared, paths.results
SOURCE, METRIC = experiment.source.name, experiment.metrics[0]
COLLECTION = experiment.config["collection"]
plan, choices = Plan(paths), Choices(paths)
DATA_KEYS, SEEDS = one_of(paths.data_keys.values()), r"\d+"


wildcard_constraints:
    asset=one_of(ASSETS),
    pretrained=one_of(paths.pretrained_keys.values()),
    language=one_of(experiment.languages),
    source=one_of(experiment.languages),
    target=one_of(experiment.languages),
    view=f"{one_of(paths.views())}|{paths.training_view(f'(?:{DATA_KEYS})', SEEDS)}",
    masked=one_of(paths.masked_pairs),
    lexicon=one_of(paths.lexicon_keys.values()),
    data=DATA_KEYS,
    ranker=one_of(paths.ranker_keys.values()),
    system=one_of(experiment.systems),
    ours=one_of(experiment.systems),
    theirs=one_of(experiment.systems),
    pair=one_of(experiment.pairs),
    group=one_of(experiment.groups),
    cell=one_of([*experiment.pairs, *experiment.groups]),
    seed=SEEDS,


@cache
def code(script, *files):
    """The fingerprint of a script, of all of the library that it uses, and of other files that it reads."""
    return fingerprint(WORKFLOW / "switchrank", WORKFLOW / "scripts" / script, *files)


# The command that makes files of the experiment, up to their folder.
CONFIGFILES = "" if SOURCES == [DEFAULT_CONFIG] else f"--configfile {shlex.join(SOURCES)} "
CONFIG_ARGS = f"--config {shlex.join(GIVEN)} " if GIVEN else ""
REBUILD = f"snakemake {CONFIGFILES}{CONFIG_ARGS}--cores all {RESULTS}"
