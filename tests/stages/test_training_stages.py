"""The stages that make training data and train, on files."""

import numpy as np
import pandas as pd
import pytest
from safetensors.numpy import save_file

from switchrank.files import read_json, read_parquet
from switchrank.stages.training import train_kernel
from switchrank.stages.training_data import make_training

CONFIG = {"dimension": 4, "steps": 60, "batch": 8}


def make(corpus, candidates, folder, lexicons=None, ratio=None, seed=1):
    recipe = {"data": "en-en"} if ratio is None else {"data": "ml-cs", "lexicon": "clwe", "ratio": ratio}
    paths = folder / "pairs.parquet", folder / "stats.json"
    make_training(corpus, candidates, lexicons or {}, recipe, 2, seed, *paths)
    return read_parquet(paths[0]), read_json(paths[1])


@pytest.fixture
def lexicons(tmp_path):
    """One word into two languages."""
    paths = {"de": tmp_path / "de.tsv", "it": tmp_path / "it.tsv"}
    for language, word in (("de", "rot"), ("it", "rosso")):
        paths[language].write_text(f"source\ttarget\tscore\nred\t{word}\t0.9\n", encoding="utf-8")
    return paths


def test_plain_data_is_the_english_side_of_the_training_split(corpus, candidates, tmp_path):
    pairs, stats = make(corpus, candidates, tmp_path)
    assert pairs.columns.tolist() == ["instance", "query_id", "passage_id", "label", "query", "passage"]
    assert (pairs["query"] == "red name" + pairs["query_id"] + " en").all()
    assert (pairs["passage"] == "red, words" + pairs["passage_id"] + " en").all()
    assert pairs["query_id"].max() == pairs["passage_id"].max() == "15"
    expected = {"queries": 16, "rounds": 2, "instances": 32, "pairs": 160, "different_query_texts": 16}
    assert expected.items() <= stats.items()


def test_ratio_1_switches_all_that_the_lexicons_have_and_draws_the_same_pairs(
    corpus, candidates, lexicons, tmp_path
):
    plain, _ = make(corpus, candidates, tmp_path)
    switched, _ = make(corpus, candidates, tmp_path, lexicons, 1.0)
    ids = ["instance", "query_id", "passage_id", "label"]
    pd.testing.assert_frame_equal(switched[ids], plain[ids])
    for side in ("query", "passage"):
        first = switched[side].str.extract(r"^(\w+)", expand=False)
        assert set(first) == {"rot", "rosso"}
        assert switched[side].str.replace(r"^\w+", "red", regex=True).equals(plain[side])


def test_the_same_recipe_gives_the_same_bytes_and_another_seed_others(corpus, candidates, lexicons, tmp_path):
    written = []
    for seed, own in ((1, lexicons), (1, dict(reversed(lexicons.items()))), (2, lexicons)):
        make(corpus, candidates, tmp_path, own, 0.5, seed)
        written.append((tmp_path / "pairs.parquet").read_bytes())
    assert written[0] == written[1] != written[2]


@pytest.fixture
def train(corpus, candidates, encoded, toy_encode, tmp_path):
    """Train into a folder."""
    pairs, _ = make(corpus, candidates, tmp_path)
    toy_encode([*pairs["query"], *pairs["passage"]]).save(tmp_path / "training.safetensors")
    save_file({"idf": np.ones(50, np.float32)}, tmp_path / "idf.safetensors")
    files = tmp_path / "pairs.parquet", [tmp_path / "training.safetensors", encoded["en"]]

    def run(name, seed=1):
        arguments = corpus, candidates, CONFIG, seed, tmp_path / f"{name}.checkpoint", tmp_path / name
        train_kernel(*files, tmp_path / "idf.safetensors", *arguments)
        return tmp_path / name

    return run


def test_training_writes_model_config_and_learning_curve_and_removes_the_checkpoint(train, tmp_path):
    folder = train("model")
    assert {path.name for path in folder.iterdir()} == {"model.safetensors", "config.json", "log.csv"}
    assert CONFIG.items() <= read_json(folder / "config.json").items()
    log = pd.read_csv(folder / "log.csv")
    assert log["step"].tolist() == list(range(1, 61)) and log["loss"].notna().all()
    assert log.loc[log["dev_mrr"].notna(), "step"].tolist() == [25, 50, 60]
    assert log["dev_mrr"].dropna().between(0, 1).all()
    assert not (tmp_path / "model.checkpoint").exists()


def test_the_same_training_writes_the_same_bytes(train):
    one, two = train("one"), train("two")
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes()
