"""The cross-encoder on a small collection: what it reads, what it keeps, and what others can load of it."""

import logging
import subprocess
import sys
from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest
import small_corpus
from safetensors.torch import load_file, save_file
from tiny_transformers import POSITIONS, whole_scores, write_tiny

from switchrank.collections.base import Corpus, write_texts
from switchrank.errors import UserError
from switchrank.files import read_json
from switchrank.rankers import cross_encoder_training
from switchrank.rankers.base import RANKERS, Resources
from switchrank.rankers.cross_encoder import CrossEncoder, Settings
from switchrank.rankers.transformer import Transformer
from switchrank.retrieval.candidates import candidates_on
from switchrank.training.draws import record_of

CONFIG = Settings(
    model="tiny", steps=4, batch=4, learning_rate=0.002, warm_up=1, max_tokens=40, precision="fp32"
)
FROZEN = replace(CONFIG, frozen_embeddings=True)
TRAINED = small_corpus.IDS[:16]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("corpus")


@pytest.fixture(scope="module")
def corpus(folder):
    return small_corpus.write_corpus(folder)


@pytest.fixture
def asked(corpus):
    """Test queries of six languages and passages in Russian, of which most pieces are seen in no training."""
    pair = small_corpus.pair("xx6-ru")
    return candidates_on(small_corpus.candidates(), corpus, pair, "test")


def instances(epochs=1, records=False):
    """Of each training query its passage and the four that come next, in English."""
    rows = [
        (epoch, place, int(step == 0), i, TRAINED[(place + step) % len(TRAINED)])
        for epoch in range(epochs)
        for place, i in enumerate(TRAINED)
        for step in range(5)
    ]
    frame = pd.DataFrame(rows, columns=["epoch", "instance", "label", "query_id", "passage_id"])
    if records:
        for side in ("query_id", "passage_id"):
            frame[side] = [
                record_of(i, 0, epoch) for i, epoch in zip(frame[side], frame["epoch"], strict=True)
            ]
    return frame.assign(query_language="en", passage_language="en")


def fitted(corpus, pretrained, tmp_path, config=CONFIG, seed=1, data=None, training=None):
    """A trained ranker."""
    ranker = CrossEncoder(config, Resources(corpus=corpus, pretrained=pretrained, training=training))
    ranker.fit(instances() if data is None else data, seed, tmp_path / "checkpoint", lambda: {"dev_mrr": 0.5})
    return ranker


def texts_of(corpus, asked):
    """Query and passage of each row."""
    return [
        (corpus.queries(row.query_language)[row.query_id], corpus.passages("ru")[row.passage_id])
        for row in asked.itertuples()
    ]


def test_an_untrained_ranker_scores_as_the_pretrained_model(corpus, tiny, asked, tmp_path):
    ranker = fitted(corpus, tiny, tmp_path, replace(CONFIG, steps=0))
    expected = whole_scores(tiny, texts=texts_of(corpus, asked), most=CONFIG.max_tokens)
    np.testing.assert_allclose(ranker.score(asked), expected, atol=1e-5)


def test_figures_on_dev_are_of_the_weights_of_then(corpus, bert, asked, tmp_path):
    ranker = CrossEncoder(CONFIG, Resources(corpus=corpus, pretrained=bert))
    scores = [ranker.score(asked)]
    ranker.fit(instances(), 1, tmp_path / "checkpoint", lambda: scores.append(ranker.score(asked)) or {})
    assert len(scores) == 5 and np.array_equal(scores[-1], ranker.score(asked))
    assert len({own.tobytes() for own in scores}) == 5


def test_the_order_of_rows_does_not_matter(corpus, bert, asked, tmp_path):
    still = replace(CONFIG, dropout=0.0)
    ranker = fitted(corpus, bert, tmp_path / "a", still)
    other = fitted(corpus, bert, tmp_path / "b", still, data=instances().sample(frac=1, random_state=0))
    shuffled = asked.sample(frac=1, random_state=0)
    np.testing.assert_allclose(ranker.score(asked)[shuffled.index], ranker.score(shuffled), atol=1e-5)
    np.testing.assert_allclose(other.score(asked), ranker.score(asked), atol=1e-3)


def test_nothing_asked_has_no_scores(corpus, bert, asked):
    ranker = CrossEncoder(CONFIG, Resources(corpus=corpus, pretrained=bert))
    assert len(ranker.score(asked[:0])) == 0


@pytest.mark.parametrize("config", [CONFIG, FROZEN, replace(CONFIG, layers=(0, 2), frozen_layers=1)])
def test_a_loaded_ranker_scores_exactly_as_the_saved_one(corpus, tiny, asked, tmp_path, config):
    ranker = fitted(corpus, tiny, tmp_path, config)
    ranker.save(tmp_path / "model")
    loaded = CrossEncoder.load(tmp_path / "model", Resources(corpus=corpus, pretrained=tiny))
    assert loaded.settings == config
    assert np.array_equal(loaded.score(asked), ranker.score(asked))
    loaded.save(tmp_path / "again")
    for name in ("model.safetensors", "config.json"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "model" / name).read_bytes()


def test_what_was_frozen_is_that_of_the_pretrained_model(corpus, bert, tmp_path):
    config = replace(FROZEN, layers=(0, 2), frozen_layers=1)
    fitted(corpus, bert, tmp_path, config).save(tmp_path / "model")
    saved = load_file(tmp_path / "model" / "model.safetensors")
    before = Transformer(bert, config.layers).model.state_dict()
    changed = {name for name, weight in saved.items() if not weight.equal(before[name])}
    assert saved.keys() == before.keys() - {"bert.embeddings.word_embeddings.weight"}
    assert not [name for name in changed if name.startswith("bert.encoder.layer.0.")]
    assert "bert.encoder.layer.1.output.dense.weight" in changed and "classifier.weight" in changed


def test_the_saved_config_says_kind_settings_and_the_precision_that_was_taken(corpus, bert, tmp_path):
    auto = CrossEncoder(replace(CONFIG, precision="auto"), Resources(corpus=corpus, pretrained=bert))
    auto.save(tmp_path)
    config = read_json(tmp_path / "config.json")
    assert config.pop("precision") in ("fp32", "bf16")
    assert config == {"kind": "cross-encoder"} | {
        key: value for key, value in asdict(CONFIG).items() if key != "precision"
    }


@pytest.mark.parametrize("missing", ["config.json", "model.safetensors"])
def test_a_missing_file_of_a_model_is_named(corpus, bert, tmp_path, missing):
    resources = Resources(corpus=corpus, pretrained=bert)
    CrossEncoder(CONFIG, resources).save(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(UserError, match=rf"{missing}: not found"):
        CrossEncoder.load(tmp_path, resources)


def foreign(path):
    save_file(load_file(path) | {"foreign": load_file(path)["classifier.bias"]}, path)


DAMAGES = {
    "config is no JSON": ("config.json", lambda path: path.write_text("{")),
    "config is a list": ("config.json", lambda path: path.write_text("[]")),
    "config of another kind": ("config.json", lambda path: path.write_text('{"dimension": 12}')),
    "weights are empty": ("model.safetensors", lambda path: path.write_text("")),
    "weights are nonsense": ("model.safetensors", lambda path: path.write_text("nonsense")),
    "weights of another model": ("model.safetensors", foreign),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_of_a_model_is_refused_in_one_line(corpus, bert, tmp_path, damage):
    resources = Resources(corpus=corpus, pretrained=bert)
    CrossEncoder(CONFIG, resources).save(tmp_path)
    name, spoil = DAMAGES[damage]
    spoil(tmp_path / name)
    with pytest.raises(UserError, match=rf"{name}: damaged \(.*\): remove it") as error:
        CrossEncoder.load(tmp_path, resources)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("config", [CONFIG, replace(FROZEN, layers=(0, 2), max_tokens=24)])
def test_a_whole_model_is_loaded_by_transformers_with_the_same_scores(corpus, tiny, asked, tmp_path, config):
    ranker = fitted(corpus, tiny, tmp_path, config)
    ranker.export(tmp_path / "whole")
    found = whole_scores(tmp_path / "whole", texts=texts_of(corpus, asked), most=config.max_tokens)
    np.testing.assert_allclose(found, ranker.score(asked), atol=1e-5)
    assert np.std(found) > 0.001


@pytest.mark.parametrize("config", [CONFIG, replace(FROZEN, layers=(0, 2), max_tokens=24)])
def test_a_whole_model_is_loaded_by_sentence_transformers_with_the_same_scores(
    corpus, tiny, asked, tmp_path, config
):
    library = pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    ranker = fitted(corpus, tiny, tmp_path, config)
    ranker.export(tmp_path / "whole")
    model = library.CrossEncoder(str(tmp_path / "whole"), local_files_only=True, device="cpu")
    found = model.predict(texts_of(corpus, asked), show_progress_bar=False)
    np.testing.assert_allclose(found, ranker.score(asked), atol=1e-5)


def test_more_tokens_than_the_model_can_read_are_one_line(corpus, tiny):
    most = replace(CONFIG, max_tokens=POSITIONS)
    CrossEncoder(most, Resources(corpus=corpus, pretrained=tiny))
    more = replace(CONFIG, max_tokens=POSITIONS + 1)
    said = rf"^max_tokens: found {POSITIONS + 1}, expected at most {POSITIONS}, which tiny can read$"
    with pytest.raises(UserError, match=said):
        CrossEncoder(more, Resources(corpus=corpus, pretrained=tiny))


def test_how_many_are_not_read_to_their_end_is_told(corpus, bert, asked, caplog):
    caplog.set_level(logging.INFO)
    ranker = CrossEncoder(replace(CONFIG, max_tokens=8), Resources(corpus=corpus, pretrained=bert))
    ranker.score(asked)
    told = "queries and their passages have more than 8 tokens; the rest is not read"
    assert f"{len(asked)} of {len(asked)} {told}" in caplog.text


def switched(folder, to, epochs=1):
    """Texts made for training: each record's says which one it is."""
    names = [record_of(i, 0, epoch) for epoch in range(epochs) for i in TRAINED]
    sides = (pd.Series({name: f"{side} {name}" for name in names}) for side in ("rot", "gelb"))
    write_texts(to, "en", *sides)
    return Corpus.read(folder, to)


@pytest.fixture
def given_to_training(monkeypatch):
    """The texts that are given to the trainings that follow, each as a list: queries, passages, sources."""
    given_ = []

    def train(network, tokens, settings, queries, passages, sources, *others):
        text_of = {row: text for text, row in tokens._row_of.items()}
        given_.extend([text_of[row] for row in rows.ravel()] for rows in (queries, passages, sources))
        assert set(tokens.pieces(np.concatenate([queries, sources], axis=None))) <= set(network.pieces)
        return pd.DataFrame()

    monkeypatch.setattr(cross_encoder_training, "train", train)
    return given_


@pytest.mark.parametrize("epochs", [1, 3])
def test_what_was_switched_is_aligned_with_its_source(
    corpus, folder, bert, tmp_path, given_to_training, epochs
):
    training, data = switched(folder, tmp_path / "texts", epochs), instances(epochs, records=True)
    fitted(corpus, bert, tmp_path, replace(CONFIG, loss="aligned"), data=data, training=training)
    queries, passages, sources = given_to_training
    assert queries == [f"rot {record_of(i, 0, epoch)}" for epoch in range(epochs) for i in TRAINED]
    assert passages[:6] == [f"gelb {i}/0" for i in [*TRAINED[:5], TRAINED[1]]]
    assert sources == [small_corpus.query(i, "en") for i in TRAINED] * epochs


def test_other_losses_do_not_read_the_sources(corpus, folder, bert, tmp_path, given_to_training):
    training, data = switched(folder, tmp_path / "texts"), instances(records=True)
    fitted(corpus, bert, tmp_path, CONFIG, data=data, training=training)
    queries, _, sources = given_to_training
    assert sources == queries


def test_what_was_not_switched_is_its_own_source(corpus, bert, tmp_path, given_to_training):
    fitted(corpus, bert, tmp_path, replace(CONFIG, loss="aligned"))
    queries, _, sources = given_to_training
    assert sources == queries == [small_corpus.query(i, "en") for i in TRAINED]


def test_passages_of_a_view_are_those_of_the_view(corpus, folder, bert, asked, tmp_path):
    queries = corpus.queries("ru")
    write_texts(tmp_path, "ru", queries, corpus.passages("ru").map(lambda text: text.replace("red", "")))
    masked = {"xx6-ru": Corpus.read(folder, tmp_path)}
    ranker = CrossEncoder(CONFIG, Resources(corpus=corpus, pretrained=bert, masked=masked))
    asked = asked[asked["query_language"] != "ru"].reset_index(drop=True)
    texts = [(query, passage.replace("red", "")) for query, passage in texts_of(corpus, asked)]
    expected = whole_scores(bert, texts=texts, most=CONFIG.max_tokens)
    np.testing.assert_allclose(ranker.score(asked, "xx6-ru"), expected, atol=1e-5)


def test_the_head_of_a_model_without_one_is_drawn_by_the_seed(corpus, asked, tmp_path):
    headless = write_tiny(tmp_path / "headless", "xlm-roberta", head=False)
    config = replace(CONFIG, steps=0)
    first, again, other = (
        fitted(corpus, headless, tmp_path, config, seed=seed).score(asked) for seed in (1, 1, 2)
    )
    assert np.array_equal(first, again) and not np.array_equal(first, other)


def test_a_seed_changes_what_is_trained_only():
    assert CrossEncoder.varies(CONFIG) and not CrossEncoder.varies(replace(CONFIG, steps=0))


def test_who_asks_for_the_kind_alone_need_not_wait_for_torch():
    code = "import sys, switchrank.rankers.cross_encoder; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert RANKERS["cross-encoder"] is CrossEncoder
