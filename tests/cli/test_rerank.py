"""switchrank train and rerank: from files to a model, and to a run."""

import subprocess
import sys

import pytest
import tiny_models

import switchrank
from switchrank.cli.main import main

QUERIES = {f"q{number}": f"the {word}" for number, word in enumerate(("water", "house", "red"))}
PASSAGES = {f"p{number}": text for number, text in enumerate(
    ("water is cold", "the house is red", "red", "cold house", "wasser kalt", "cold", "is the")
)}  # fmt: skip


@pytest.fixture(scope="module")
def pretrained(tmp_path_factory):
    return tiny_models.write_model(tmp_path_factory.mktemp("tiny") / "bert", "bert")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with the files of a small collection."""
    monkeypatch.chdir(tmp_path)
    for name, texts in (("queries", QUERIES), ("passages", PASSAGES)):
        (tmp_path / f"{name}.tsv").write_text("".join(f"{i}\t{text}\n" for i, text in texts.items()))
    (tmp_path / "qrels.txt").write_text("q0 0 p0 1\nq1 0 p1 2\nq2 0 p2 1\nq2 0 p3 0\n")
    lines = [f"{query} Q0 {passage} 1 1 bm25\n" for query in QUERIES for passage in PASSAGES]
    (tmp_path / "bm25.run").write_text("".join(lines))
    (tmp_path / "en-de.tsv").write_text("source\ttarget\tscore\nwater\twasser\t1\ncold\tkalt\t1\n")
    return tmp_path


def train(pretrained, *words):
    files = ["--queries", "queries.tsv", "--passages", "passages.tsv", "--qrels", "qrels.txt"]
    settings = ["--set", "steps=3", "--set", "batch=2", "--set", "max_tokens=24"]
    return main(["train", "--pretrained", str(pretrained), *files, *settings, "-o", "model", *words])


def rerank(*words):
    files = ["--queries", "queries.tsv", "--passages", "passages.tsv", "--run", "bm25.run"]
    return main(["rerank", "--model", "model", *files, *words])


@pytest.mark.parametrize("words", [[], ["--lexicon", "de=en-de.tsv"], ["--run", "bm25.run", "--rounds", "2"]])
def test_a_trained_model_ranks_a_run_anew(folder, pretrained, capsys, words):
    assert train(pretrained, *words) == 0
    assert not list(folder.glob("*checkpoint*"))
    capsys.readouterr()
    assert rerank("--tag", "mine") == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [(row[0], row[3], row[5]) for row in rows] == [
        (query, str(rank), "mine") for query in QUERIES for rank in range(1, len(PASSAGES) + 1)
    ]
    ranked = switchrank.load("model").rank(QUERIES["q1"], list(PASSAGES.values()))
    names = list(PASSAGES)
    expected = sorted((-round(score, 5), names[place]) for place, score in ranked)  # ties by id
    assert [row[2] for row in rows if row[0] == "q1"] == [name for _, name in expected]


def test_the_same_seed_gives_the_same_model(folder, pretrained):
    weights = []
    for seed in ("1", "1", "2"):
        assert train(pretrained, "--seed", seed) == 0
        weights.append((folder / "model" / "model-00002-of-00002.safetensors").read_bytes())
        (folder / "model").rename(folder / f"model{len(weights)}")
    assert weights[0] == weights[1] != weights[2]


def test_switched_texts_train_another_model(folder, pretrained):
    weights = []
    for words in ([], ["--lexicon", "de=en-de.tsv", "--ratio", "1"]):
        assert train(pretrained, *words) == 0
        weights.append((folder / "model" / "model-00002-of-00002.safetensors").read_bytes())
        (folder / "model").rename(folder / f"model{len(weights)}")
    assert weights[0] != weights[1]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("queries.tsv", "q0 the water\n", "queries.tsv, line 1: found 1 columns, expected an id and a text"),
        ("queries.tsv", "q0\ta\nq0\tb\n", "queries.tsv, line 2: found the id 'q0' again"),
        ("queries.tsv", "", "queries.tsv: found no text"),
        ("passages.tsv", b"p0\t\xff\n", "passages.tsv, line 1: found"),
        (
            "qrels.txt",
            "q0 0 p0\n",
            'qrels.txt, line 1: found 3 columns, expected "query 0 passage relevance"',
        ),
        ("qrels.txt", "q0 0 p0 yes\n", "qrels.txt, line 1: found 'yes', expected a whole number"),
        (
            "qrels.txt",
            "q0 0 p0 1\nq0 0 p0 1\n",
            "qrels.txt, line 2: found query 'q0' with passage 'p0' again",
        ),
        ("qrels.txt", "q9 0 p0 1\n", "qrels.txt: query 'q9' has no text in queries.tsv"),
        ("qrels.txt", "q0 0 p0 0\n", "qrels.txt: found no query with a relevant passage"),
        ("qrels.txt", None, "qrels.txt: No such file or directory"),
    ],
)
def test_a_mistake_in_a_file_is_one_line(folder, pretrained, capsys, file, content, said):
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert train(pretrained) == 1
    errors = capsys.readouterr().err.splitlines()
    assert errors[-1].startswith(f"switchrank: {said}")
    assert not (folder / "model").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set", "stepps=3"], "--set: stepps: unknown key; did you mean steps?"),
        (["--set", "steps"], "--set: found 'steps'"),
        (["--set", "learning_rate=fast"], "--set: learning_rate: 'fast' is not a number"),
        (["--ratio", "2"], "--ratio: found 2"),
        (["--pretrained", "nowhere"], "path: found 'nowhere', expected a folder that exists"),
    ],
)
def test_a_mistake_on_the_command_line_is_one_line(folder, pretrained, capsys, words, said):
    assert train(pretrained, *words) == 1
    assert said in capsys.readouterr().err.splitlines()[-1]


def test_a_folder_that_exists_is_left_alone(folder, pretrained, capsys):
    (folder / "model").mkdir()
    assert train(pretrained) == 1
    assert "--output: model: exists" in capsys.readouterr().err


def test_a_run_of_unknown_passages_is_one_line(folder, pretrained, capsys):
    assert train(pretrained) == 0
    (folder / "bm25.run").write_text("q0 Q0 p0 1 1 x\nq0 Q0 p77 2 1 x\n")
    capsys.readouterr()
    assert rerank() == 1
    output, errors = capsys.readouterr()
    assert (output, errors) == (
        "", "switchrank: bm25.run, line 2: passage 'p77' has no text in passages.tsv\n",
    )  # fmt: skip


def test_the_package_loads_without_torch():
    code = "import sys, switchrank; assert not {'torch', 'transformers'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})
