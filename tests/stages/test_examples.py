"""Examples on files: the training text that they show is the text that was trained on."""

from dataclasses import asdict

import pytest

from switchrank.experiment.recipes import Recipe
from switchrank.files import read_json, read_parquet, write_parquet
from switchrank.stages.examples import make_examples
from switchrank.stages.training_data import make_training

PAIR = "en-xx6"


def write_run(candidates, path, place):
    """A run with the relevant passage of the first test query at this place, and all others' at the fifth."""
    asked = read_parquet(candidates)[["query_id", "passage_id"]]
    score = -asked.groupby("query_id").cumcount().astype(float)
    relevant = asked["query_id"] == asked["passage_id"]
    score[relevant] = -3.5
    score[relevant & (asked["query_id"] == "20")] = 1.5 - place
    write_parquet(path, asked.assign(score=score))
    return {PAIR: path}


@pytest.mark.parametrize("mode", ["static", "coverage"])
def test_the_query_that_rose_most_with_candidates_and_training_text(corpus, candidates, tmp_path, mode):
    lexicon = tmp_path / "de.tsv"
    lexicon.write_text("source\ttarget\tscore\nred\trot\t1\nen\tdeutsch\t1\n", encoding="utf-8")
    into = ("de",)
    recipe = asdict(Recipe(query_into=into, passage_into=into, lexicon="clwe", ratio=0.5, mode=mode))
    training = tmp_path / "pairs.parquet", tmp_path / "stats.json"
    make_training(corpus, candidates, {"de": lexicon}, recipe, 1, 7, *training)
    runs = [write_run(candidates, tmp_path / f"{place}.parquet", place) for place in (1, 3)]

    make_examples("ml-cs", "zero-shot", *runs, corpus, {"de": lexicon}, recipe, 7, tmp_path / "examples.json")

    (example,) = read_json(tmp_path / "examples.json")  # nothing fell
    assert (example["pair"], example["query_id"], example["query"]) == (PAIR, "20", "red name20 en")
    assert (example["rank_before"], example["rank_after"]) == (3, 1)
    assert [shown["relevant"] for shown in example["before"]] == [False, False, True, False, False]
    assert len({shown["language"] for shown in example["after"]}) > 1
    shown = example["training"]
    assert shown["switched"]
    pairs = read_parquet(training[0]).query("query_id == '00' and label == 1")
    assert pairs["query"].tolist() == [shown["switched_query"]]
    assert pairs["passage"].tolist() == [shown["switched_passage"]]
