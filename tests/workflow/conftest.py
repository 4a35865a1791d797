"""The workflow run as users run it: in working folders of their own, on a slice of the collection."""

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from switchrank.assets.scratch import locked

ROOT = Path(__file__).parents[2]
ASSETS = ("cldr", "osm-tags", "use-multilingual")
OWN_LEXICON = "source\ttarget\tshare\nred\trot\t2\nred\trote\t1\nface\tGesicht\t1\nblack cat\tKatze\t1\n"
# Times that jobs took go into these, and into claim 13, which is about costs.
COSTS = ("costs.parquet", "costs_of_seen_pairs.parquet", "stages.parquet")
TIMED = (*(f"analyses/{name}" for name in COSTS), "report.html")
TIMEOUT = 900  # seconds, for a machine that has much else to do


@dataclass
class Done:
    """A run that has ended."""

    status: int
    said: str

    @property
    def reasons(self):
        """Why each job would be run, as a dry run tells; a job is "rule" or "rule wildcard wildcard"."""
        blocks = re.findall(r"^(?:local)?rule (.+):\n((?: .*\n)*)", self.said, re.M)
        return {
            _job(rule, about): re.search(r"^ +reason: (.*)", about, re.M).group(1) for rule, about in blocks
        }

    @property
    def jobs(self):
        """The jobs that were run, or would be, without the one that only gathers."""
        done = re.findall(r"^\[ *\d+/\d+\] (.+?): [\d.]+ (?:s|min|h)\b", self.said, re.M)
        return (set(self.reasons) | set(map(_undigested, done))) - {"all"}

    @property
    def nothing_to_do(self):
        """Whether everything was there and up to date."""
        return self.status == 0 and "Nothing to be done" in self.said and not self.jobs


def _job(rule, about):
    wildcards = re.search(r"^ +wildcards: (.*)", about, re.M)
    values = re.findall(r"=([^,\n]+)", wildcards.group(1)) if wildcards else []
    return _undigested(" ".join([re.sub(r"_\d+$", "", rule), *values]))


def _undigested(job):
    """A job without the digests of settings in its names."""
    return re.sub(r"\.[0-9a-f]{8}(?= |/|$)", "", job)


@dataclass
class Workspace:
    """A working folder, the sources that are run in it, and the config."""

    folder: Path
    sources: Path
    config: str
    environment: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen] = field(default_factory=list)

    @property
    def results(self):
        return self.folder / "results" / "pocket"

    @property
    def shared(self):
        """The folder of what experiments share."""
        (folder,) = (self.folder / "results" / "shared").iterdir()
        return folder

    def named(self, pattern):
        """The one file or folder of what is shared that matches; digests are `*`."""
        (path,) = self.shared.glob(pattern)
        return path

    def contents(self):
        """The bytes of all results, by name, without times, logs and what is hidden."""
        kept = {}
        for path in (self.folder / "results").rglob("*"):
            name = str(path.relative_to(self.folder / "results"))
            timed = name.endswith(TIMED) or re.search("/(logs|benchmarks)/", name)
            if path.is_file() and not timed and not path.name.startswith("."):
                kept[name] = path.read_bytes()
        return kept

    def configure(self, old, new):
        """Change the config at one place."""
        assert self.config.count(old) == 1
        self.config = self.config.replace(old, new)

    def start(self, *arguments, environment=None, within=()):
        """Start Snakemake at the head of a process group of its own; the words `within` go before."""
        config = self.folder / "config.yaml"
        config.write_text(self.config)
        places = {"snakefile": self.sources / "Snakefile", "directory": self.folder, "configfile": config}
        options = [word for name, place in places.items() for word in (f"--{name}", place)]
        said = self.folder / f"said{len(self.started)}.txt"
        with open(said, "w") as log:
            process = subprocess.Popen(
                [*within, sys.executable, "-m", "snakemake", *arguments, *options],
                env=_environment() | self.environment | (environment or {}),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        process.said = said
        self.started.append(process)
        return process

    def run(self, *arguments, **options):
        """Run Snakemake to its end."""
        process = self.start(*arguments, **options)
        status = process.wait(TIMEOUT)
        return Done(status, process.said.read_text())

    def plan(self, *arguments):
        """What Snakemake would do."""
        done = self.run("--dry-run", *arguments)
        assert done.status == 0, done.said
        return done

    def end(self):
        """Let nothing that was started here outlive the test."""
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _environment():
    """The user's, without what would have Snakemake or the downloads go another way."""
    dropped = {"SNAKEMAKE_PROFILE", "SWITCHRANK_MIRROR", "PYTHONPATH"}
    return {name: value for name, value in os.environ.items() if name not in dropped}


@pytest.fixture(scope="session")
def sources(tmp_path_factory):
    """A copy of the sources as they are now: edits during the tests change nothing half-way."""
    folder = tmp_path_factory.mktemp("sources")
    shutil.copy2(ROOT / "Snakefile", folder)
    for name in ("workflow", "config", "envs"):
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    (folder / "profiles").symlink_to("workflow/profiles")  # as in the repository
    return folder


@pytest.fixture(scope="session")
def new_workspace(tmp_path_factory, sources):
    """Make working folders; what runs in them is killed at the end."""
    made = []

    def _new(name, sources=sources, linked=True):
        folder = tmp_path_factory.mktemp(name)
        if linked:
            (folder / "resources").symlink_to(ROOT / "resources")
        (folder / "lexicons").mkdir()
        (folder / "lexicons" / "en-de.tsv").write_text(OWN_LEXICON)
        made.append(Workspace(folder, sources, (Path(__file__).parent / "config.yaml").read_text()))
        return made[-1]

    yield _new
    for workspace in made:
        workspace.end()


@pytest.fixture(scope="session")
def assets(new_workspace, tmp_path_factory):
    """The folder of the downloads: resources/ of the repository, fetched into unless they are there."""
    (ROOT / "resources").mkdir(exist_ok=True)
    mirror = {name: os.environ[name] for name in ["SWITCHRANK_MIRROR"] if name in os.environ}
    with locked(tmp_path_factory.getbasetemp().parent / "assets.lock"):
        targets = [f"resources/{name}" for name in ASSETS]
        done = new_workspace("assets").run("--cores", "1", *targets, environment=mirror)
    if done.status:
        errors = re.findall("asset [a-z0-9-]+: .*", done.said) or [done.said]
        pytest.fail(f"the downloads are not to be had: {errors[0]}", pytrace=False)
    return ROOT / "resources"


@pytest.fixture(scope="session")
def finished(new_workspace, assets):
    """A working folder in which everything was made; tests leave its results as they are."""
    workspace = new_workspace("finished")
    workspace.first_run = workspace.run("--cores", "2")
    assert workspace.first_run.status == 0, workspace.first_run.said
    return workspace


@pytest.fixture(scope="session")
def new_copy(finished, tmp_path_factory):
    """Make copies of the finished working folder, to be damaged; their results lie behind a link."""
    made = []

    def _new(name):
        folder = tmp_path_factory.mktemp(name) / "folder"
        shutil.copytree(finished.folder, folder, symlinks=True)
        (folder / "results").rename(folder.parent / "elsewhere")
        (folder / "results").symlink_to("../elsewhere")
        made.append(replace(finished, folder=folder, environment={}, started=[]))
        return made[-1]

    yield _new
    for workspace in made:
        workspace.end()


@pytest.fixture
def edited(sources, tmp_path):
    """Copy the sources and change files of them: `edited({path: (old, new)})` gives the copy."""

    def _edited(changes):
        folder = tmp_path / "edited"
        shutil.copytree(sources, folder, symlinks=True)
        for name, (old, new) in changes.items():
            text = (folder / name).read_text()
            assert old in text
            (folder / name).write_text(text.replace(old, new, 1))
        return folder

    return _edited
