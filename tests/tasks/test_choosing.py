"""The choice among trained rankers, by a metric on dev."""

import numpy as np
import pytest
import small_corpus

from switchrank.errors import UserError
from switchrank.files import read_json, write_json
from switchrank.rankers.base import Ranker, Resources
from switchrank.tasks.choosing import choose


class Placing(Ranker):
    """Ranks the relevant passage at a place of its own in each query language."""

    trained = True

    @classmethod
    def load(cls, folder, resources):
        return cls(read_json(folder / "config.json"), resources)

    def score(self, asked, view="collection"):
        place = asked["query_language"].map(self.settings).to_numpy()
        order = asked.groupby("query_id").cumcount().to_numpy()
        relevant = (asked["query_id"] == asked["passage_id"]).to_numpy()
        return np.where(relevant, 1.5 - place, -order.astype(float))


@pytest.fixture(scope="module")
def resources(tmp_path_factory):
    return Resources(corpus=small_corpus.write_corpus(tmp_path_factory.mktemp("corpus")))


@pytest.fixture
def chosen(tmp_path, resources):
    """Choose among rankers by the places that they give with each seed, on some pairs."""

    def _chosen(places, *names, metric="MRR@10"):
        models = {name: {} for name in places}
        for name, seeds in places.items():
            for seed, by_language in seeds.items():
                models[name][seed] = tmp_path / name / f"seed{seed}"
                write_json(models[name][seed] / "config.json", by_language)
        pairs = {name: small_corpus.pair(name) for name in names}
        return choose(Placing, models, resources, small_corpus.candidates(), pairs, metric)

    return _chosen


def test_the_best_mean_over_seeds_is_chosen(chosen):
    places = {
        "steady": {1: {"en": 2}, 2: {"en": 2}},
        "lucky": {1: {"en": 1}, 2: {"en": 5}},
        "last": {1: {"en": 9}, 2: {"en": 9}},
    }
    made = chosen(places, "en-en")
    assert (made["chosen"], made["metric"], made["pairs"]) == ("lucky", "MRR@10", ["en-en"])
    assert made["rankers"]["lucky"]["per_seed"] == pytest.approx({"1": 1, "2": 0.2})
    assert made["rankers"]["lucky"]["mean"] == pytest.approx(0.6)
    assert made["rankers"]["steady"]["mean"] == pytest.approx(0.5)
    assert list(made["rankers"]) == ["steady", "lucky", "last"]


def test_every_pair_has_the_same_weight_and_others_are_not_looked_at(chosen):
    places = {"english": {1: {"en": 1, "de": 8, "it": 1}}, "even": {1: {"en": 2, "de": 2, "it": 9}}}
    assert chosen(places, "en-en")["chosen"] == "english"
    made = chosen(places, "en-en", "de-en")
    assert made["chosen"] == "english" and made["rankers"]["english"]["mean"] == pytest.approx(0.5625)
    assert chosen(places, "en-en", "de-en", "de-de")["chosen"] == "even"


@pytest.mark.parametrize("order", [("one", "other"), ("other", "one")])
def test_of_equal_ones_the_first_is_chosen(chosen, order):
    assert chosen({name: {1: {"en": 3}} for name in order}, "en-en")["chosen"] == order[0]


def test_another_metric_may_choose_another(chosen):
    places = {"spread": {1: {"en": 1}, 2: {"en": 4}}, "middle": {1: {"en": 3}, 2: {"en": 3}}}
    assert chosen(places, "en-en")["chosen"] == "spread"
    assert chosen(places, "en-en", metric="Recall@3")["chosen"] == "middle"


def test_queries_of_other_splits_do_not_count(chosen, resources, monkeypatch):
    asked = set()
    score = Placing.score

    def spy(self, candidates, view="collection"):
        asked.update(candidates["query_id"])
        return score(self, candidates, view)

    monkeypatch.setattr(Placing, "score", spy)
    chosen({"one": {1: {"en": 1}}}, "en-en")
    assert asked == set(resources.corpus.ids("query", "dev"))


def test_a_model_that_is_not_there_is_named(tmp_path, resources):
    pairs = {"en-en": small_corpus.pair("en-en")}
    models = {"one": {1: tmp_path / "nowhere"}}
    with pytest.raises(UserError, match=r"nowhere/config\.json: not found"):
        choose(Placing, models, resources, small_corpus.candidates(), pairs, "MRR@10")
