"""What a user does wrong ends in one line that says what to do, with nothing done."""

import re

import pytest

from switchrank.assets.fetch import load_assets

PREAMBLE = "Using workflow specific profile"  # Snakemake's own


def errors(done):
    return [line for line in done.said.splitlines() if line and not line.startswith(PREAMBLE)]


def state(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("steps: 70", "stepps: 70", ["rankers.kernel.stepps", "unknown key", "did you mean steps?", "batch"]),
        (
            "titles, ratio: 1.0",
            "titles, ratio: 1.5",
            ["systems.wiki-cs.training.ratio", "1.5", "maximum of 1"],
        ),
        ("clir: [en-de]", "clir: [en-xx]", ["pairs.clir", "'en-xx'", "unknown side 'xx'", "ar", "xx6"]),
        ("clir: [en-de]", "clir: [en-vi]", ["pairs.clir", "'en-vi'", "unknown side 'vi'"]),
        ("ranker: cosine", "ranker: cosinus", ["systems.cosine.ranker", "'cosinus'", "bm25, cosine, kernel"]),
        (
            "lexicon: titles",
            "lexicon: title",
            ["systems.wiki-cs.training.lexicon", "'title'", "clwe, titles"],
        ),
    ],
)
def test_a_wrong_config_is_told_in_one_line(finished, old, new, told):
    config, before = finished.config, state(finished.results)
    finished.configure(old, new)
    try:
        done = finished.run("--cores", "2")
    finally:
        finished.config = config
    (line,) = errors(done)
    assert done.status == 1
    assert line.startswith("Error: config.yaml: ")
    assert all(words in line for words in told), line
    assert state(finished.results) == before


def test_a_mistake_on_the_command_line_is_told_in_one_line(new_workspace):
    done = new_workspace("bad-command-line").run("--cores", "1", "--config", "seeds=[1")
    assert done.status == 1
    assert errors(done) == ["Error: --config seeds: did not find expected ',' or ']'"]


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("cells/bl-cs/en-en.json", "such a cell cannot exist"),
        (
            "cells/fine-tune/de-de.json",
            "fine-tune is not measured on de-de: add it to systems.fine-tune.pairs",
        ),
        ("trec/ml-cs/seed9/en-de.run", "did you mean results/pocket/trec/"),
        ("cells/ml-sc/en-de.json", "did you mean results/pocket/cells/ml-cs/en-de.json?"),
    ],
)
def test_a_result_that_no_system_has_is_told_in_one_line(new_workspace, target, told):
    done = new_workspace("no-target").run("--cores", "1", f"results/pocket/{target}")
    (line,) = errors(done)
    assert done.status == 1
    assert line.startswith(f"Error: results/pocket/{target}: ") and told in line


def test_a_bad_line_of_a_users_lexicon_is_told_at_the_start(new_workspace):
    workspace = new_workspace("bad-lexicon")
    with open(workspace.folder / "lexicons" / "en-de.tsv", "a") as lexicon:
        lexicon.write("blue\tblau\tmuch\n")
    done = workspace.run("--cores", "1")
    assert done.status == 1
    assert errors(done) == [
        "Error: lexicons/en-de.tsv, line 6: found share 'much', expected a number above 0"
    ]
    assert not workspace.results.exists()


def test_a_wrong_asset_is_told_in_one_line(new_workspace, edited):
    pins = "workflow/switchrank/assets/assets.yaml"
    sources = edited({pins: ("  kind: npm", "  kind: nmp")})
    done = new_workspace("wrong-asset", sources).run("--cores", "1")
    (line,) = errors(done)
    assert done.status == 1
    assert f"{sources / pins}: cldr.kind: 'nmp'" in line
    assert "did you mean npm?" in line


def test_a_corrupted_download_is_told_and_repaired_by_the_next_run(new_workspace, assets, sources):
    workspace = new_workspace("corrupted", linked=False)
    spec = load_assets()["cldr"]
    kept = assets / ".archives" / spec["file"]
    whole = kept.read_bytes()
    archive = workspace.folder / "resources" / ".archives" / spec["file"]
    archive.parent.mkdir(parents=True)
    archive.write_bytes(whole[:1000] + b"?" + whole[1001:])

    done = workspace.run("--cores", "1", "resources/cldr")
    (line,) = set(re.findall("asset cldr: .*expected.*", done.said))  # as it happens, and in the log
    assert done.status == 1
    assert f"expected sha256 {spec['sha256']}, found " in line
    assert "Traceback" not in done.said
    assert not archive.exists()
    assert not (workspace.folder / "resources" / "cldr").exists()

    mirror = {"SWITCHRANK_MIRROR": str(kept.parent)}  # so that the test needs no network
    done = workspace.run("--cores", "1", "resources/cldr", environment=mirror)
    assert done.status == 0, done.said
    assert archive.read_bytes() == whole
    assert (workspace.folder / "resources" / "cldr" / "annotations" / "en" / "annotations.json").exists()
