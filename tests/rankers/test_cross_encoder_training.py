"""Trainings of tiny transformers: what they learn, how they go on after a kill, and what stops them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tiny_trainings import CONFIG, INSTANCES, STILL, texts, trained, weights
from tiny_transformers import write_tiny

from switchrank.errors import UserError
from switchrank.rankers.cross_encoder_training import pace
from switchrank.rankers.losses.aligned import Aligned
from switchrank.rankers.losses.bce import BinaryCrossEntropy
from switchrank.rankers.tokens import Tokens
from switchrank.rankers.transformer import Transformer


class Killed(Exception):
    pass


def killed(folder, checkpoint, at, **arguments):
    """Train until the evaluation of that number, which breaks off; they are after steps 2, 4, …, 10."""
    evaluations = iter(range(1, at + 1))

    def evaluate():
        if next(evaluations) == at:
            raise Killed
        torch.rand(3)  # draws as it likes
        return {"dev_mrr": 0.5}

    with pytest.raises(Killed):
        trained(folder, checkpoint, evaluate=evaluate, **arguments)


def test_training_learns(tiny, tmp_path):
    config = replace(STILL, steps=60, learning_rate=0.003)
    log = trained(tiny, tmp_path / "checkpoint", config)[1]
    assert log["loss"][-5:].mean() < log["loss"][:5].mean() / 2


@pytest.mark.parametrize("loss", ["softmax", "aligned"])
def test_training_learns_by_other_losses(bert, tmp_path, loss):
    log = trained(bert, tmp_path / "checkpoint", replace(STILL, steps=40, loss=loss))[1]
    assert log["loss"][-5:].mean() < log["loss"][:5].mean() / 1.5


def test_queries_are_aligned_with_their_sources(bert, tmp_path, monkeypatch):
    given_ = []
    monkeypatch.setattr(
        Aligned, "__call__", lambda self, scores, twins: given_.append(twins) or scores.sum() * 0
    )
    trained(bert, tmp_path / "checkpoint", replace(STILL, steps=1, batch=INSTANCES, loss="aligned"))
    network, tokens = Transformer(bert), Tokens(bert, 0, STILL.max_tokens)
    queries, _, sources = (rows[0] for rows in texts(tokens))
    network.use(tokens.pieces(np.concatenate([queries, sources])))
    for found, rows in zip(given_[0], (queries, sources), strict=True):
        expected = network.pooled(tokens.alone(rows))
        torch.testing.assert_close(found.mean(0), expected.mean(0), atol=1e-5, rtol=1e-4)


def test_a_share_is_dropped_in_every_step(bert, tmp_path):
    config = replace(CONFIG, batch=INSTANCES, learning_rate=1e-9)
    still = trained(bert, tmp_path / "still", replace(config, dropout=0.0))[1]["loss"]
    dropped = trained(bert, tmp_path / "dropped", config)[1]["loss"]
    assert np.ptp(still) < 1e-4 < np.abs(dropped - still).min()


def test_half_precision_learns_much_the_same(bert, tmp_path):
    single, half = (
        trained(bert, tmp_path / precision, STILL, precision=precision) for precision in ("fp32", "bf16")
    )
    assert weights(half[0]).dtype == torch.float32
    assert not single[1]["loss"].equals(half[1]["loss"])
    np.testing.assert_allclose(half[1]["loss"][:3], single[1]["loss"][:3], rtol=0.1)


def test_the_curve_has_every_step_and_five_evaluations(bert, tmp_path):
    log = trained(bert, tmp_path / "checkpoint", replace(CONFIG, steps=12))[1]
    assert log["step"].tolist() == list(range(1, 13))
    assert log.loc[log["dev_mrr"].notna(), "step"].tolist() == [3, 6, 9, 12]
    log = trained(bert, tmp_path / "checkpoint", CONFIG, evaluate=lambda: {"dev_mrr": 0.1, "other": 0.2})[1]
    assert log.columns.tolist() == ["step", "loss", "dev_mrr", "other"]
    assert log.loc[log["other"].notna(), "step"].tolist() == [2, 4, 6, 8, 10]


def test_no_steps_leave_the_model_as_it_is(bert, tmp_path):
    network, log = trained(bert, tmp_path / "checkpoint", replace(CONFIG, steps=0))
    assert log.empty and log.columns.tolist() == ["step", "loss", "dev_mrr"]
    whole = Transformer(bert)
    whole.use(network.pieces)
    assert weights(network).equal(weights(whole))


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(bert, tmp_path):
    first, again, other = (weights(trained(bert, tmp_path / f"{n}", seed=n // 2)[0]) for n in range(3))
    assert first.equal(again) and not first.equal(other)


def test_every_step_has_draws_of_its_own_by_the_seed(bert, tmp_path, monkeypatch):
    seeds, manual_seed = [], torch.manual_seed
    monkeypatch.setattr(torch, "manual_seed", lambda seed: seeds.append(seed) or manual_seed(seed))
    for seed in (1, 2):
        trained(bert, tmp_path / f"{seed}", seed=seed)
    assert len(seeds) == len(set(seeds)) == 2 * CONFIG.steps


@pytest.mark.parametrize("at", [1, 2, 5])
def test_a_training_that_was_killed_ends_the_same(tiny, tmp_path, at):
    whole, whole_log = trained(tiny, tmp_path / "whole")
    killed(tiny, tmp_path / "killed", at)
    assert (tmp_path / "killed").exists() == (at > 1)
    resumed = []
    network, log = trained(tiny, tmp_path / "killed", evaluate=lambda: resumed.append(1) or {"dev_mrr": 0.5})
    assert len(resumed) == 5 - (at - 1)  # what was done before is not done again
    assert weights(network).equal(weights(whole))
    pd.testing.assert_frame_equal(log, whole_log, check_exact=True)


OTHERS = {
    "seed": {"seed": 2},
    "config": {"config": replace(CONFIG, learning_rate=0.02)},
    "texts": {"drawn": 1},
    "precision": {"precision": "bf16"},
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_checkpoint_of_another_training_is_not_gone_on_from(bert, tmp_path, other):
    killed(bert, tmp_path / "used", 4)
    used, fresh = (weights(trained(bert, tmp_path / name, **OTHERS[other])[0]) for name in ("used", "fresh"))
    assert used.equal(fresh)


def test_a_checkpoint_of_another_pretrained_model_is_not_gone_on_from(bert, tmp_path):
    folder = write_tiny(tmp_path / "bert", "bert", seed=1)
    killed(bert, tmp_path / "used", 4)
    used, fresh = (weights(trained(folder, tmp_path / name)[0]) for name in ("used", "fresh"))
    assert used.equal(fresh)


def test_a_broken_checkpoint_is_named(bert, tmp_path):
    (tmp_path / "checkpoint").write_bytes(b"nonsense")
    with pytest.raises(UserError, match=r"checkpoint: damaged \(.*\): remove it"):
        trained(bert, tmp_path / "checkpoint")


def no_number(of_loss, at):
    """A loss that is no number, or whose gradient is none, in the call of that number."""
    calls = iter(range(1, 100))

    def loss(self, scores, twins=None):
        if next(calls) < at:
            return scores.square().mean()
        return scores.sum() * float("nan") if of_loss else (scores - scores.detach()).abs().sqrt().sum()

    return loss


@pytest.mark.parametrize(
    ("of_loss", "found"), [(True, "loss of nan"), (False, "loss of 0.0 and a gradient of nan")]
)
def test_a_loss_that_is_no_number_stops_the_training(bert, tmp_path, monkeypatch, of_loss, found):
    monkeypatch.setattr(BinaryCrossEntropy, "__call__", no_number(of_loss, at=4))
    with pytest.raises(UserError, match=rf"^training, step 4: found a {found}.*learning_rate") as error:
        trained(bert, tmp_path / "checkpoint")
    assert "\n" not in str(error.value)


def test_weights_decay_but_not_biases_and_norms(tiny, tmp_path):
    config = replace(STILL, steps=1, warm_up=0, weight_decay=0.0)
    without = trained(tiny, tmp_path / "checkpoint", config)[0]
    decayed = trained(tiny, tmp_path / "checkpoint", replace(config, weight_decay=0.5))[0]
    start = Transformer(tiny)
    start.use(without.pieces)
    for name, first in start.named_parameters():
        lost = without.get_parameter(name) - decayed.get_parameter(name)
        expected = 0.01 * 0.5 * first if first.dim() > 1 else torch.zeros_like(first)
        torch.testing.assert_close(lost.detach(), expected.detach(), atol=1e-6, rtol=1e-3)


def test_every_epoch_reads_its_own_texts(bert, tmp_path, monkeypatch):
    joined, read = Tokens.joined, []

    def watched(tokens, queries, passages):
        read.append(set(zip(queries, passages, strict=True)))
        return joined(tokens, queries, passages)

    monkeypatch.setattr(Tokens, "joined", watched)
    for epochs in (1, 2):
        trained(bert, tmp_path / f"{epochs}", replace(STILL, batch=INSTANCES, steps=2), epochs=epochs)
        queries, passages, _ = texts(Tokens(bert, 0, 32), 0, epochs)
        of_epochs = [
            {(query, p) for query, own in zip(*of, strict=True) for p in own[:3]}
            for of in zip(queries, passages, strict=True)
        ]
        assert read == [of_epochs[0], of_epochs[-1]]
        read.clear()


def test_data_for_too_few_epochs_are_refused(bert, tmp_path):
    config = replace(CONFIG, batch=INSTANCES, steps=3)
    with pytest.raises(UserError, match=r"found texts for 2 epochs, expected 3 for 3 steps"):
        trained(bert, tmp_path / "checkpoint", config, epochs=2)


STEPS = st.integers(1, 400)


@given(STEPS, st.none() | st.integers(0, 500), st.sampled_from(["paper", "released"]))
def test_the_pace_goes_up_and_then_down(steps, warm_up, variant):
    paces = np.array([pace(step, steps, warm_up, variant) for step in range(steps)])
    top = int(paces.argmax())
    assert ((paces > 0) & (paces <= 1)).all()
    assert (np.diff(paces[: top + 1]) > 0).all() and (np.diff(paces[top:]) <= 0).all()
    if warm_up is None or warm_up <= steps:
        assert paces[top] == 1 and top == max(1, round(steps / 40) if warm_up is None else warm_up) - 1
    if variant == "paper":
        assert pace(steps, steps, warm_up, variant) == 0 or (warm_up or 0) > steps


def test_the_paces_of_the_paper_and_of_its_released_code():
    at = {"steps": 200_000, "warm_up": 5_000}
    for variant, last in (("paper", 0), ("released", 0.366)):
        assert pace(4_999, **at, variant=variant) == 1
        assert pace(2_499, **at, variant=variant) == 0.5
        assert pace(200_000, **at, variant=variant) == pytest.approx(last, abs=5e-4)
        assert pace(77, 200_000, None, variant) == pace(77, **at, variant=variant)
    assert pace(102_500, **at, variant="paper") == 0.5
