"""What all kinds of rankers have in common, and that a ranker may go by texts alone."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import small_corpus
from safetensors.numpy import save_file

from switchrank.collections.base import Corpus, write_texts
from switchrank.encoders.encodings import write_encodings
from switchrank.errors import UserError
from switchrank.files import read_json, write_json, write_parquet
from switchrank.rankers.base import MODEL_FILES, RANKERS, Ranker, Resources, copy_model, fit_and_save
from switchrank.registry import NoSettings, make
from switchrank.retrieval.candidates import candidates_on
from switchrank.views.masking import mask_shared


@dataclass(frozen=True)
class Settings:
    weight: float = 1.0


class SharedWords(Ranker):
    """Counts the words that query and passage share; training counts instances."""

    kind = "shared-words"
    Settings = Settings
    trained = True

    def score(self, asked, view="collection"):
        corpus = self.resources.texts(view)
        texts = {
            kind: [
                corpus.texts(kind, language, [i]).iloc[0].split()
                for language, i in zip(asked[f"{kind}_language"], asked[f"{kind}_id"], strict=True)
            ]
            for kind in ("query", "passage")
        }
        shared = [len(set(q) & set(p)) for q, p in zip(texts["query"], texts["passage"], strict=True)]
        return self.settings.weight * np.array(shared)

    def fit(self, instances, seed, checkpoint, evaluate):
        checkpoint.write_text("half-way")
        loss = float(-self.score(instances, self.resources.training_view).mean())
        return pd.DataFrame({"step": [1], "loss": [loss], **evaluate()})

    def save(self, folder):
        write_json(folder / "config.json", {"kind": self.kind, "weight": self.settings.weight})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("corpus")


@pytest.fixture(scope="module")
def corpus(folder):
    return small_corpus.write_corpus(folder)


REQUIRED = {"cross-encoder": {"model": "tiny", "steps": 1}}  # settings without a default


@pytest.mark.parametrize("kind", RANKERS)
def test_a_kind_is_known_by_its_name_and_needs_what_resources_hold(kind):
    cls, settings = make(RANKERS, {"kind": kind, **REQUIRED.get(kind, {})})
    assert issubclass(cls, Ranker) and cls.kind == kind
    assert isinstance(settings, cls.Settings)
    assert cls.needs <= set(Resources.__dataclass_fields__)
    assert cls.accepts == {"text"} and cls.shard in ("all", "pair")


def test_what_is_not_trained_does_not_vary_and_is_not_fitted(tmp_path):
    untrained = [RANKERS[kind] for kind in RANKERS if not RANKERS[kind].trained]
    assert len(untrained) == 2
    for cls in untrained:
        assert not cls.varies(NoSettings())
        ranker = cls(NoSettings(), Resources(corpus=None))
        with pytest.raises(NotImplementedError):
            ranker.fit(None, 1, tmp_path, lambda: 0.0)


@pytest.mark.parametrize("name", ["de-de", "de-it", "xx6-xx6", "en-xx6"])
def test_bm25_ranks_within_one_language_only(name):
    pair = small_corpus.pair(name)
    assert RANKERS["bm25"].can_rank(pair) == (name == "de-de")
    assert RANKERS["cosine"].can_rank(pair) and RANKERS["kernel"].can_rank(pair)


def test_resources_are_read_from_files(corpus, tmp_path):
    run = pd.DataFrame({"query_id": ["20"], "passage_id": ["07"], "score": [1.5]})
    write_parquet(tmp_path / "de.parquet", run)
    save_file({"idf": np.ones(50, np.float32)}, tmp_path / "idf")
    encodings = {"collection": small_corpus.write_toy_encodings(corpus, tmp_path, ["de"])}
    bm25 = {"de": tmp_path / "de.parquet"}
    resources = Resources.read(corpus, None, encodings, tmp_path / "idf", bm25)
    assert resources.encodings.rows("query", "collection", ["de"], ["00"]).shape == (1,)
    assert resources.idf.tolist() == [1] * 50
    pd.testing.assert_frame_equal(resources.bm25["de"], run)
    assert resources.training_view == "collection"
    bare = Resources.read(corpus, training=corpus)
    assert (bare.encodings, bare.idf, bare.bm25, bare.training_view) == (None, None, {}, "training")


@pytest.mark.parametrize(("name", "expected"), [("de-de", {1}), ("xx6-ar", {0, 1})])  # some are Arabic
def test_a_ranker_may_read_texts_alone(corpus, name, expected):
    candidates = candidates_on(small_corpus.candidates(), corpus, small_corpus.pair(name), "test")
    run = SharedWords(Settings(), Resources(corpus=corpus)).run("shared", 3, name, candidates)
    assert set(run["score"]) == expected  # words shared: the language


@pytest.mark.parametrize("name", ["de-de", "xx6-xx6"])
def test_a_passage_that_is_masked_on_a_pair_is_scored_as_such(corpus, folder, tmp_path, name):
    pair = small_corpus.pair(name)
    candidates = candidates_on(small_corpus.candidates(), corpus, pair, "test")
    chosen = candidates["passage_id"] > "11"
    for language in pair.document.languages:
        masked = mask_shared(candidates[chosen], corpus, language)
        write_texts(tmp_path, language, masked.queries, masked.passages)
    ranker = SharedWords(Settings(), Resources(corpus=corpus, masked={name: Corpus.read(folder, tmp_path)}))
    run = ranker.run("masked", 1, name, candidates)
    same = candidates["query_language"] == candidates["passage_language"]
    assert run["score"].tolist() == (same & ~chosen).astype(float).tolist()  # the name of the language
    assert run[["query_id", "passage_id"]].equals(candidates[["query_id", "passage_id"]])
    assert set(ranker.run("masked", 1, "ar-ar", candidates)["score"]) >= {1}  # not masked on this pair


def test_masked_passages_are_looked_up_in_their_own_encodings(corpus, folder, tmp_path):
    candidates = candidates_on(small_corpus.candidates(), corpus, small_corpus.pair("en-de"), "test")
    encoder, masked = small_corpus.ToyEncoder(), mask_shared(candidates[::2], corpus, "de")
    write_texts(tmp_path / "masked", "de", masked.queries, masked.passages)
    write_encodings(tmp_path / "masked.safetensors", masked.queries, masked.passages, encoder)
    collection = small_corpus.write_toy_encodings(corpus, tmp_path, ["en", "de"])
    views = {"collection": collection, "en-de": collection | {"de": tmp_path / "masked.safetensors"}}
    view = {"en-de": Corpus.read(folder, tmp_path / "masked")}
    resources = Resources.read(corpus, encodings=views, masked=view)
    scores = RANKERS["cosine"](NoSettings(), resources).run("masked", 0, "en-de", candidates)["score"]
    for row, (query, passage) in enumerate(candidates[["query_id", "passage_id"]].to_numpy()):
        left = small_corpus.passage(passage, "de") if row % 2 else f", words{passage} de"
        expected = np.prod(encoder.encode([small_corpus.query(query, "en"), left]), axis=0).sum()
        assert scores[row] == pytest.approx(expected, abs=1e-5)


def test_a_ranker_that_reads_texts_alone_is_trained_on_switched_ones(corpus, tmp_path):
    texts = pd.Series({"00/0": "a b"}), pd.Series({"00/0": "a b c", "01/0": "d"})
    write_texts(tmp_path / "training", "en", *texts)
    training = Corpus.read(tmp_path, tmp_path / "training")
    instances = pd.DataFrame({"query_id": "00/0", "passage_id": ["00/0", "01/0"], "label": [1, 0]})
    instances = instances.assign(query_language="en", passage_language="en")
    ranker = SharedWords(Settings(), Resources(corpus=corpus, training=training))
    pairs = {"dev_mrr": "en-en", "dev_mrr_on_other_pairs": "de-it"}
    dev = {
        name: candidates_on(small_corpus.candidates(), corpus, small_corpus.pair(pair), "dev")
        for name, pair in pairs.items()
    }
    checkpoint, folder = tmp_path / "checkpoint", tmp_path / "model"
    fit_and_save(ranker, instances, dev, lambda run: float(run["score"].sum()), 1, checkpoint, folder)
    # In one language query and passage share its name, in two nothing.
    rows, name = len(dev["dev_mrr"]), "dev_mrr_on_other_pairs"
    assert (folder / "log.csv").read_text() == f"step,loss,dev_mrr,{name}\n1,-1.0,{rows * 1.0},0.0\n"
    assert read_json(folder / "config.json")["kind"] == "shared-words"
    assert not Path(checkpoint).exists()


def test_a_model_is_copied_whole(tmp_path):
    (tmp_path / "model").mkdir()
    for name in MODEL_FILES:
        (tmp_path / "model" / name).write_bytes(name.encode())
    copy_model(tmp_path / "model", tmp_path / "copies" / "model")
    copied = {path.name: path.read_bytes() for path in (tmp_path / "copies" / "model").iterdir()}
    assert copied == {name: name.encode() for name in MODEL_FILES}
    (tmp_path / "model" / "config.json").unlink()
    with pytest.raises(UserError, match=r"model/config\.json cannot be read"):
        copy_model(tmp_path / "model", tmp_path / "other")
    assert not (tmp_path / "other" / "config.json").exists()
