"""The kernel ranker on texts made of random vectors: scores, trainings, resumed trainings, files."""

import logging
import subprocess
import sys
from dataclasses import dataclass, replace

import hypothesis
import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import strategies as st

from switchrank.errors import UserError
from switchrank.files import read_json
from switchrank.rankers.base import Resources
from switchrank.rankers.kernel import Kernel, Settings
from switchrank.tasks.ranking import measure

WIDTH, SIGNAL, PIECES = 16, 6, 2000
TOPICS, TRAINED = 60, 40  # a topic is one query and its passage
CONFIG = Settings(dimension=12, steps=80, batch=16, learning_rate=0.02, projection_learning_rate=0.01)
UNTRAINED = replace(CONFIG, steps=0)
IDF = np.linspace(0.2, 1, PIECES, dtype=np.float32)


@dataclass
class ToyEncodings:
    """Encodings in memory, in which a text is its own id, in whatever language and view."""

    texts: list[str]
    pieces: np.ndarray
    offsets: np.ndarray
    contextual: np.ndarray
    sentences: np.ndarray

    def longer_than(self, tokens):
        longer = (np.diff(self.offsets) > tokens).sum()
        index = pd.MultiIndex.from_tuples([("passage", "collection", "yy")])
        return pd.DataFrame({"longer": longer, "items": len(self.texts)}, index)

    def candidate_rows(self, candidates, view):
        assert view in ("collection", "training")
        index = pd.Index(self.texts)
        return index.get_indexer(candidates["query_id"]), index.get_indexer(candidates["passage_id"])


def items(queries, passages, **columns):
    """What a ranker is asked to score."""
    frame = pd.DataFrame({"query_id": queries, "passage_id": passages, **columns})
    return frame.assign(query_language="xx", passage_language="yy")


def unit(rows):
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def toy_texts(seed=0):
    """Queries q0… and passages p0… that share a weak signal; each text's own noise drowns it.

    Beside them an empty text, "", one of 100 tokens, "long", and "copy 3", which spells q3.
    """
    chance = np.random.default_rng(seed)
    signal = chance.normal(size=(TOPICS, SIGNAL))
    texts, pieces, vectors = [], [], []

    def add(text, own_pieces, own_vectors):
        texts.append(text)
        pieces.append(np.asarray(own_pieces, np.int32))
        vectors.append(unit(own_vectors))

    def noisy(topic, tokens):
        own = chance.normal(size=(tokens, WIDTH - SIGNAL)) * 2
        return np.hstack(
            [np.tile(signal[topic], (tokens, 1)) + chance.normal(size=(tokens, SIGNAL)) / 4, own]
        )

    for topic in range(TOPICS):
        for side, tokens in (("q", 2 + topic % 3), ("p", 3 + topic % 7)):
            add(f"{side}{topic}", chance.integers(PIECES, size=tokens), noisy(topic, tokens))
    add("copy 3", pieces[6], vectors[6])
    add("long", chance.integers(PIECES, size=100), noisy(0, 100))
    add("", [], np.empty((0, WIDTH)))
    offsets = np.cumsum([0, *map(len, pieces)])
    sentences = unit(chance.normal(size=(len(texts), WIDTH))).astype(np.float32)
    sentences[texts.index("copy 3")] = sentences[6]
    contextual = np.concatenate(vectors).astype(np.float16)
    return ToyEncodings(texts, np.concatenate(pieces), offsets, contextual, sentences)


TEXTS = toy_texts()


def to_train(seed=0, rounds=4):
    """Instances of the training topics with four random negatives."""
    chance, rows = np.random.default_rng(seed), []
    for instance in range(rounds * TRAINED):
        topic = instance % TRAINED
        negatives = chance.choice(np.delete(np.arange(TRAINED), topic), 4, replace=False)
        rows += [(0, instance, int(p == topic), f"q{topic}", f"p{p}") for p in [topic, *negatives]]
    epoch, instance, label, queries, passages = zip(*rows, strict=True)
    return items(queries, passages, epoch=epoch, instance=instance, label=label)


INSTANCES = to_train()
DEV = items(
    *zip(*((f"q{q}", f"p{p}") for q in range(TRAINED, TOPICS) for p in range(TRAINED, TOPICS)), strict=True)
)


def dev_mrr(ranker):
    """MRR@10 on topics that were not trained on."""
    queries = [f"q{topic}" for topic in range(TRAINED, TOPICS)]
    qrels = pd.DataFrame({"query_id": queries, "passage_id": [q.replace("q", "p") for q in queries]})
    run = DEV.assign(score=ranker.score(DEV))
    return measure(run, qrels.assign(relevance=1), queries, ["MRR@10"])["MRR@10"].mean()


def resources(encodings=TEXTS, idf=IDF):
    return Resources(corpus=None, encodings=encodings, idf=idf.copy())


def fitted(path, config=CONFIG, instances=INSTANCES, seed=1, texts=TEXTS, idf=IDF, evaluate=None):
    """A trained ranker and its log."""
    ranker = Kernel(config, resources(texts, idf))
    log = ranker.fit(instances, seed, path / "checkpoint", evaluate or (lambda: {"dev_mrr": dev_mrr(ranker)}))
    return ranker, log


EVALUATED = {"dev_mrr": 0.5}


class Stopped(Exception):
    pass


def stopped(path, at=3, **arguments):
    """Train until the evaluation of that number, the third at step 75, breaks off."""
    evaluations = iter(range(1, at + 1))

    def evaluate():
        if next(evaluations) == at:
            raise Stopped
        return EVALUATED

    with pytest.raises(Stopped):
        fitted(path, evaluate=evaluate, **arguments)


def saved(ranker, folder):
    """The bytes of a saved model."""
    ranker.save(folder)
    return (folder / "model.safetensors").read_bytes()


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    return fitted(tmp_path_factory.mktemp("trained"))


def some_items(seed=0, rows=300):
    chance = np.random.default_rng(seed)
    queries, passages = ["q1", "q2", "q3", "q40", "q59", "", "long"], [f"p{n}" for n in range(TOPICS)]
    chosen = chance.choice(queries, rows), chance.choice([*passages, "", "long", "copy 3"], rows)
    return items(*chosen)


def test_scores_are_finite_whatever_is_empty(trained):
    asked = items(["q1", "q1", "", "", "q2"], ["p1", "", "p1", "", ""])
    scores = trained[0].score(asked)
    assert scores.dtype == np.float32 and np.isfinite(scores).all()
    assert np.isfinite(trained[0].score(asked[1:2])).all()  # no token in any passage


def test_scores_are_finite_where_all_queries_are_empty(trained):
    assert np.isfinite(trained[0].score(items([""], ["p1"]))).all()


def test_nothing_asked_has_no_scores(trained):
    assert len(trained[0].score(INSTANCES[:0])) == 0


def test_scores_do_not_depend_on_the_order_of_rows(trained):
    asked = some_items()
    shuffled = asked.sample(frac=1, random_state=0)
    scores = pd.Series(trained[0].score(shuffled), index=shuffled.index).sort_index()
    np.testing.assert_allclose(trained[0].score(asked), scores, atol=1e-5)


def test_scores_do_not_depend_on_other_rows_nor_on_padding(trained):
    asked = some_items().query("query_id != ''")
    scores = trained[0].score(asked)
    for row in range(0, len(asked), 7):
        alone = trained[0].score(asked.iloc[row : row + 1])
        np.testing.assert_allclose(scores[row], alone[0], atol=1e-5)


def test_scores_do_not_depend_on_other_texts_that_are_encoded(trained, tmp_path):
    trained[0].save(tmp_path)
    names = ["p1", "q1", "q2", "p2"]
    places = [TEXTS.texts.index(name) for name in names]
    tokens = [np.arange(TEXTS.offsets[place], TEXTS.offsets[place + 1]) for place in places]
    kept = np.concatenate(tokens)
    offsets = np.cumsum([0, *map(len, tokens)])
    few = ToyEncodings(names, TEXTS.pieces[kept], offsets, TEXTS.contextual[kept], TEXTS.sentences[places])
    asked = items(["q1", "q2"], ["p2", "p1"])
    scores = Kernel.load(tmp_path, resources(few)).score(asked)
    np.testing.assert_allclose(scores, trained[0].score(asked), atol=1e-5)


def test_more_queries_than_are_scored_at_once(trained):
    every = items([f"q{n}" for n in range(TOPICS)], "p7")
    alone = [trained[0].score(every[n : n + 1])[0] for n in range(TOPICS)]
    np.testing.assert_allclose(trained[0].score(every), alone, atol=1e-5)


def test_an_untrained_ranker_finds_an_exact_match_first(tmp_path):
    ranker, log = fitted(tmp_path, UNTRAINED)
    asked = items("q3", ["p1", "p3", "copy 3", "", "long", "p40"])
    assert asked["passage_id"][ranker.score(asked).argmax()] == "copy 3"
    assert log.empty and log.columns.tolist() == ["step", "loss", "dev_mrr"]


def test_training_learns_what_carries_over(tmp_path, trained):
    ranker, log = trained
    before = dev_mrr(fitted(tmp_path, UNTRAINED)[0])
    assert dev_mrr(ranker) > before + 0.2
    assert log["loss"].tail(10).mean() < log["loss"].head(10).mean() - 0.2


def test_the_log_has_every_step_and_an_evaluation_now_and_then(trained):
    ranker, log = trained
    assert log["step"].tolist() == list(range(1, CONFIG.steps + 1))
    assert log.loc[log["dev_mrr"].notna(), "step"].tolist() == [25, 50, 75, 80]
    assert log["dev_mrr"].iloc[-1] == dev_mrr(ranker)


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(tmp_path, trained):
    weights = {
        seed: saved(fitted(tmp_path / str(seed), seed=seed)[0], tmp_path / str(seed)) for seed in (1, 2)
    }
    assert weights[1] == saved(trained[0], tmp_path)
    assert weights[2] != weights[1]


def test_the_order_of_the_rows_of_training_data_does_not_matter(tmp_path, trained):
    log = fitted(tmp_path, instances=INSTANCES.sample(frac=1, random_state=0))[1]
    np.testing.assert_allclose(log["loss"][:25], trained[1]["loss"][:25], atol=1e-4)


@pytest.mark.parametrize("at", [1, 3, 4])
def test_a_training_that_was_stopped_ends_the_same(tmp_path, at):
    whole, whole_log = fitted(tmp_path / "whole", evaluate=lambda: EVALUATED)
    stopped(tmp_path, at)
    # Checkpoints come every 50 steps, after the evaluation.
    assert (tmp_path / "checkpoint").exists() == (at > 2)
    ranker, log = fitted(tmp_path, evaluate=lambda: EVALUATED)
    assert saved(ranker, tmp_path / "b") == saved(whole, tmp_path / "a")
    pd.testing.assert_frame_equal(log, whole_log, check_exact=True)


def test_a_training_that_is_over_is_not_repeated(tmp_path):
    config = replace(CONFIG, steps=50)
    first, log = fitted(tmp_path, config, evaluate=lambda: EVALUATED)
    second, again = fitted(tmp_path, config, evaluate=lambda: pytest.fail("evaluated again"))
    assert saved(second, tmp_path / "b") == saved(first, tmp_path / "a")
    pd.testing.assert_frame_equal(log, again, check_exact=True)


OTHERS = {
    "seed": {"seed": 2},
    "config": {"config": replace(CONFIG, learning_rate=0.03)},
    "instances": {"instances": to_train(1)},
    "idf": {"idf": IDF[::-1]},
    "vectors": {"texts": toy_texts(1)},
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_checkpoint_of_another_training_is_not_gone_on_from(tmp_path, other):
    stopped(tmp_path / "used")
    assert (tmp_path / "used" / "checkpoint").exists()
    rankers = [
        fitted(tmp_path / name, **OTHERS[other], evaluate=lambda: EVALUATED)[0] for name in ("used", "fresh")
    ]
    used, fresh = (saved(ranker, tmp_path / str(number)) for number, ranker in enumerate(rankers))
    assert used == fresh


def test_a_broken_checkpoint_is_named(tmp_path):
    (tmp_path / "checkpoint").write_bytes(b"nonsense")
    with pytest.raises(UserError, match=r"checkpoint: damaged \(.*\): remove it"):
        fitted(tmp_path)


@pytest.mark.parametrize("config", [CONFIG, UNTRAINED], ids=["trained", "untrained"])
def test_a_loaded_ranker_scores_exactly_as_the_saved_one(tmp_path, config):
    ranker, _ = fitted(tmp_path, config)
    ranker.save(tmp_path / "model")
    loaded = Kernel.load(tmp_path / "model", Resources(corpus=None, encodings=TEXTS))
    assert loaded.settings == config
    assert np.array_equal(loaded.score(some_items()), ranker.score(some_items()))
    assert saved(loaded, tmp_path / "again") == (tmp_path / "model" / "model.safetensors").read_bytes()


@pytest.mark.parametrize("missing", ["config.json", "model.safetensors"])
def test_a_missing_file_of_a_model_is_named(tmp_path, trained, missing):
    trained[0].save(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(UserError, match=rf"{missing}: not found"):
        Kernel.load(tmp_path, resources())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.json", "{"),
        ("config.json", "[]"),
        ("config.json", '{"dimensions": 12}'),
        ("config.json", '{"dimension": 11}'),
        ("model.safetensors", ""),
        ("model.safetensors", "nonsense"),
    ],
)
def test_a_broken_file_of_a_model_is_refused_in_one_line(tmp_path, trained, name, content):
    trained[0].save(tmp_path)
    (tmp_path / name).write_text(content)
    with pytest.raises(UserError, match=r"(json|safetensors): damaged \(.*\): remove it") as error:
        Kernel.load(tmp_path, resources())
    assert "\n" not in str(error.value)


def test_the_saved_config_says_kind_and_settings(tmp_path, trained):
    trained[0].save(tmp_path)
    expected = {"kind": "kernel", "max_tokens": 64, "dimension": 12, "steps": 80, "batch": 16}
    assert read_json(tmp_path / "config.json") == expected | {
        "learning_rate": 0.02,
        "projection_learning_rate": 0.01,
    }


def test_a_seed_changes_what_is_trained_only():
    assert Kernel.varies(CONFIG) and not Kernel.varies(UNTRAINED)


def test_instances_of_records_are_looked_up_among_the_training_texts(tmp_path):
    views = []

    class Watched(ToyEncodings):
        def candidate_rows(self, candidates, view):
            views.append(view)
            return super().candidate_rows(candidates, view)

    watched = Watched(**vars(TEXTS))
    for training, view in ((None, "collection"), ("texts by record", "training")):
        ranker = Kernel(UNTRAINED, replace(resources(watched), training=training))
        ranker.fit(INSTANCES, 1, tmp_path / "checkpoint", lambda: EVALUATED)
        assert set(views) == {view}
        views.clear()
        ranker.score(DEV)
        assert set(views) == {"collection"}
        views.clear()


def two_epochs(instances):
    """The instances once more, with other negatives' texts: what a second epoch reads."""
    renamed = instances["passage_id"].where(instances["label"] == 1, "long")
    return pd.concat([instances, instances.assign(epoch=1, passage_id=renamed)], ignore_index=True)


def test_every_epoch_reads_its_own_texts(tmp_path):
    size = INSTANCES["instance"].nunique()
    in_one, in_two = (replace(CONFIG, batch=size, steps=steps) for steps in (1, 2))

    def losses(config, instances):
        return fitted(tmp_path / "checkpoint", config, instances, evaluate=lambda: EVALUATED)[1][
            "loss"
        ].tolist()

    assert losses(in_one, two_epochs(INSTANCES)) == losses(in_one, INSTANCES)  # the first epoch is the same
    assert losses(in_two, two_epochs(INSTANCES))[1] != losses(in_two, INSTANCES)[1]


def test_data_for_too_few_epochs_are_refused(tmp_path):
    config = replace(CONFIG, batch=INSTANCES["instance"].nunique(), steps=3)
    with pytest.raises(UserError, match=r"found texts for 2 epochs, expected 3 for 3 steps"):
        fitted(tmp_path, config, two_epochs(INSTANCES))


def test_who_asks_for_the_kind_alone_need_not_wait_for_torch():
    code = "import sys, switchrank.rankers.kernel; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def spelt(pieces, sentences):
    """Texts of pieces from 0 to 9, of which a token's vector depends on its place alone."""
    offsets = np.cumsum([0, *map(len, pieces)])
    vectors = unit(np.random.default_rng(5).normal(size=(12, WIDTH)))
    contextual = np.concatenate([vectors[: len(own)] for own in pieces]).astype(np.float16)
    joined = np.array([piece for own in pieces for piece in own], np.int32)
    return ToyEncodings([f"t{n}" for n in range(len(pieces))], joined, offsets, contextual, sentences)


UNKNOWN, ELSEWHERE = 0, 9
OF_PIECES = st.lists(st.lists(st.integers(0, 8), min_size=1, max_size=6), min_size=2, max_size=6)


@hypothesis.settings(max_examples=30, deadline=None)
@hypothesis.given(OF_PIECES)
def test_unknown_pieces_match_no_unknown_pieces(pieces):
    idf = np.where(np.arange(10) == UNKNOWN, 0, np.linspace(0.2, 1, 10)).astype(np.float32)
    sentences = unit(np.random.default_rng(6).normal(size=(len(pieces), WIDTH))).astype(np.float32)
    query, *passages = pieces
    others = [[ELSEWHERE if piece == UNKNOWN else piece for piece in passage] for passage in passages]
    asked = items("t0", [f"t{n}" for n in range(1, len(pieces))])
    network = Kernel(UNTRAINED, resources(spelt(pieces, sentences), idf))._network
    with torch.no_grad():
        network.initialise(torch.randn(40, WIDTH, generator=torch.Generator().manual_seed(1)))
    scores = []
    for texts in (passages, others):
        ranker = Kernel(UNTRAINED, resources(spelt([query, *texts], sentences), idf))
        ranker._network.load_state_dict(network.state_dict())
        scores.append(ranker.score(asked))
    np.testing.assert_array_equal(*scores)


@pytest.mark.parametrize("limit", [1, 5, 64, 100])
def test_text_beyond_the_limit_is_not_read_and_that_is_said(caplog, limit):
    caplog.set_level(logging.INFO)
    config = replace(UNTRAINED, max_tokens=limit)
    assert Kernel.max_tokens(config) == limit
    ranker = Kernel(config, resources())
    expected = sum(TEXTS.offsets[n + 1] - TEXTS.offsets[n] > limit for n in range(len(TEXTS.texts)))
    count = f"{expected} of {len(TEXTS.texts)}"
    said = [f"{count} passages have more than {limit} tokens; the rest is not read"]
    assert caplog.messages == (said if expected else [])
    rows = np.arange(len(TEXTS.texts))
    assert ranker._texts.lengths(rows).max() == min(limit, 100)


def test_tokens_beyond_the_limit_change_no_score():
    cut = replace(TEXTS, pieces=TEXTS.pieces.copy(), contextual=TEXTS.contextual.copy())
    start = TEXTS.offsets[TEXTS.texts.index("long")]
    cut.pieces[start + 10 : start + 100] = 1
    cut.contextual[start + 10 : start + 100] = cut.contextual[0]
    asked, scores = items(["q0", "q1"], "long"), {}
    for limit in (10, 11):
        rankers = [Kernel(replace(CONFIG, max_tokens=limit), resources(texts)) for texts in (TEXTS, cut)]
        for ranker in rankers:
            with torch.no_grad():
                ranker._network.initialise(torch.from_numpy(TEXTS.contextual[:200].astype(np.float32)))
        scores[limit] = [ranker.score(asked) for ranker in rankers]
    assert np.array_equal(*scores[10]) and not np.array_equal(*scores[11])


def test_a_fault_of_the_program_is_no_damage_of_a_model(tmp_path, trained, monkeypatch):
    trained[0].save(tmp_path)

    def broken(*_):
        raise TypeError("a mistake of ours")

    monkeypatch.setattr(Kernel, "__init__", broken)
    with pytest.raises(TypeError, match="a mistake of ours"):
        Kernel.load(tmp_path, resources())
