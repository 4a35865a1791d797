"""The stages that make training data and train, on files."""

import shutil
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
from safetensors.numpy import save_file

from switchrank.collections.mixing import side_languages
from switchrank.experiment.recipes import Recipe
from switchrank.files import read_json, read_parquet, write_parquet
from switchrank.stages.training import train_kernel
from switchrank.stages.training_data import make_training

CONFIG = {"dimension": 4, "steps": 60, "batch": 8}


PLAIN = asdict(Recipe())
IDS = ["epoch", "instance", "query_id", "passage_id", "label"]


def make(corpus, candidates, folder, recipe=PLAIN, lexicons=None, seed=1):
    paths = folder / "pairs.parquet", folder / "stats.json"
    make_training(corpus, candidates, lexicons or {}, recipe, 2, seed, *paths)
    return read_parquet(paths[0]), read_json(paths[1])


def switched(query=("de", "it"), passage=("de", "it"), ratio=1.0, **options):
    return asdict(Recipe(query_into=query, passage_into=passage, lexicon="clwe", ratio=ratio, **options))


def first_words(pairs, side):
    return set(pairs[side].str.extract(r"^(\w+)", expand=False))


@pytest.fixture
def lexicons(tmp_path):
    """One word into two languages."""
    paths = {"de": tmp_path / "de.tsv", "it": tmp_path / "it.tsv"}
    for language, word in (("de", "rot"), ("it", "rosso")):
        paths[language].write_text(f"source\ttarget\tscore\nred\t{word}\t0.9\n", encoding="utf-8")
    return paths


def test_plain_data_is_the_english_side_of_the_training_split(corpus, candidates, tmp_path):
    pairs, stats = make(corpus, candidates, tmp_path)
    assert pairs.columns.tolist() == [*IDS, "query", "passage"]
    assert (pairs["epoch"] == 0).all()
    assert (pairs["query"] == "red name" + pairs["query_id"] + " en").all()
    assert (pairs["passage"] == "red, words" + pairs["passage_id"] + " en").all()
    assert pairs["query_id"].max() == pairs["passage_id"].max() == "15"
    expected = {"queries": 16, "rounds": 2, "instances": 32, "pairs": 160, "different_query_texts": 16}
    assert expected.items() <= stats.items()
    assert "nominal_ratio" not in stats


def test_ratio_1_switches_all_that_the_lexicons_have_and_draws_the_same_pairs(
    corpus, candidates, lexicons, tmp_path
):
    plain, _ = make(corpus, candidates, tmp_path)
    pairs, stats = make(corpus, candidates, tmp_path, switched(), lexicons)
    pd.testing.assert_frame_equal(pairs[IDS], plain[IDS])
    for side in ("query", "passage"):
        assert first_words(pairs, side) == {"rot", "rosso"}
        assert pairs[side].str.replace(r"^\w+", "red", regex=True).equals(plain[side])
        own = stats["sides"][side]
        assert own["realised_ratio"] == pytest.approx(1 / 3)  # of the words red, name12, en
        assert own["switched"] == own["texts"] and own["not_in_lexicon"] == 2 * own["texts"]
    assert (stats["mode"], stats["nominal_ratio"]) == ("static", 1)


def test_the_same_recipe_gives_the_same_bytes_and_another_seed_others(corpus, candidates, lexicons, tmp_path):
    written = []
    for seed, own in ((1, lexicons), (1, dict(reversed(lexicons.items()))), (2, lexicons)):
        make(corpus, candidates, tmp_path, switched(ratio=0.5), own, seed)
        written.append((tmp_path / "pairs.parquet").read_bytes())
    assert written[0] == written[1] != written[2]


def test_bilingual_switching_leaves_the_english_side_as_it_is(corpus, candidates, lexicons, tmp_path):
    plain, _ = make(corpus, candidates, tmp_path)
    pairs, stats = make(corpus, candidates, tmp_path, switched((), ("de",)), lexicons)
    assert pairs["query"].equals(plain["query"])
    assert first_words(pairs, "passage") == {"rot"}
    assert stats["sides"]["query"]["switched"] == 0 and stats["sides"]["query"]["words"] > 0
    assert stats["sides"]["query"]["languages"] == {}
    assert list(stats["sides"]["passage"]["languages"]) == ["de"]


def test_each_side_is_switched_into_its_own_language(corpus, candidates, lexicons, tmp_path):
    pairs, _ = make(corpus, candidates, tmp_path, switched(("it",), ("de",)), lexicons)
    assert first_words(pairs, "query") == {"rosso"} and first_words(pairs, "passage") == {"rot"}


def test_a_language_without_a_lexicon_is_refused(corpus, candidates, lexicons, tmp_path):
    with pytest.raises(ValueError, match="lexicons of de, it: expected ru too"):
        make(corpus, candidates, tmp_path, switched(("ru",)), lexicons)


def test_fine_tuning_reads_the_pairs_own_texts_of_the_same_instances(corpus, candidates, tmp_path):
    plain, _ = make(corpus, candidates, tmp_path)
    pairs, _ = make(corpus, candidates, tmp_path, asdict(Recipe("ar", "xx6")))
    pd.testing.assert_frame_equal(pairs[IDS], plain[IDS])
    assert (pairs["query"] == "red name" + pairs["query_id"] + " ar").all()
    language = side_languages(pd.Index(pairs["passage_id"]), "xx6", "passage").to_numpy()
    assert len(set(language)) > 1
    assert (pairs["passage"] == "red, words" + pairs["passage_id"] + " " + language).all()


def test_dynamic_switching_has_epochs_of_the_same_instances_of_which_the_first_is_static(
    corpus, candidates, lexicons, tmp_path
):
    static, _ = make(corpus, candidates, tmp_path, switched(ratio=0.5), lexicons)
    recipe = switched(ratio=0.5, mode="dynamic", epochs=3)
    pairs, stats = make(corpus, candidates, tmp_path, recipe, lexicons)
    assert pairs["epoch"].tolist() == [epoch for epoch in range(3) for _ in range(len(static))]
    by_epoch = [own.drop(columns="epoch").reset_index(drop=True) for _, own in pairs.groupby("epoch")]
    pd.testing.assert_frame_equal(by_epoch[0], static.drop(columns="epoch"))
    for own in by_epoch[1:]:
        pd.testing.assert_frame_equal(own[IDS[1:]], static[IDS[1:]])
        assert not own["query"].equals(static["query"])
    assert (stats["mode"], stats["epochs"], stats["pairs"]) == ("dynamic", 3, 3 * len(static))
    assert stats["instances"] == static["instance"].nunique()


def test_coverage_goes_on_until_the_ratio_is_met_or_the_words_are_exhausted(
    corpus, candidates, lexicons, tmp_path
):
    for ratio, short in ((0.33, 0), (1.0, 1)):
        recipe = switched(ratio=ratio, mode="coverage")
        _, stats = make(corpus, candidates, tmp_path, recipe, lexicons)
        for own in stats["sides"].values():  # of three words the lexicons have one
            assert own["texts_short"] == short * own["texts"]
            assert own["switched"] == min(own["target_words"], own["texts"])
            assert own["target_words"] == pytest.approx(ratio * own["words"], rel=0.05)


def test_stop_words_stay_if_the_recipe_says_so(corpus, candidates, lexicons, tmp_path):
    lexicons["de"].write_text("source\ttarget\tscore\nthe\tdie\t0.9\nred\trot\t0.9\n", encoding="utf-8")
    folder = tmp_path / "corpus"
    shutil.copytree(corpus, folder)
    queries = read_parquet(folder / "en" / "queries.parquet")
    write_parquet(folder / "en" / "queries.parquet", queries.assign(text="the " + queries["text"]))
    for stop_words, start in ((True, "die rot"), (False, "the rot")):
        recipe = switched(("de",), ("de",), stop_words=stop_words)
        pairs, stats = make(folder, candidates, tmp_path, recipe, lexicons)
        assert pairs["query"].str.startswith(start).all()
        assert stats["sides"]["query"]["words"] == 4 * stats["sides"]["query"]["texts"]


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
