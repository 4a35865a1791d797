"""Compares the cross-encoder with sentence-transformers' on the same model, texts and machine, in turn.

    .venv/bin/python benchmarks/against_sentence_transformers.py score MODEL COLLECTION [--rows 2000]
    .venv/bin/python benchmarks/against_sentence_transformers.py train PRETRAINED COLLECTION [--steps 40]

MODEL is a folder of `results/*/models`, PRETRAINED one of `resources/pretrained`, COLLECTION one of
`results/shared`. It needs `pip install sentence-transformers==6.2.0 accelerate datasets`. Each way runs three
times, one after the other, on one thread; medians and ratios are printed, the differences of scores and of
MRR@10, and for training the losses.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ |= {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}

import numpy as np
import pandas as pd
import torch

from switchrank import load
from switchrank.collections.base import Corpus
from switchrank.files import read_parquet
from switchrank.languages import Pair, Side
from switchrank.rankers.base import Resources
from switchrank.rankers.cross_encoder import CrossEncoder, Settings
from switchrank.rankers.device import precision
from switchrank.retrieval.candidates import candidates_on
from switchrank.tasks.ranking import measure

ROUNDS = 3


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("score", "train"))
    parser.add_argument("model", type=Path)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--pair", default="en-de")
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--steps", type=int, default=40)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    corpus = Corpus.read(asked.collection / "corpus")
    candidates = read_parquet(next(asked.collection.glob("candidates.*.parquet")))
    {"score": score, "train": train}[asked.what](asked, corpus, candidates)


def score(asked: argparse.Namespace, corpus: Corpus, candidates: pd.DataFrame) -> None:
    """Score the first rows of a pair's test candidates."""
    from sentence_transformers import CrossEncoder as Theirs

    query, document = (Side(language, (language,)) for language in asked.pair.split("-"))
    rows = candidates_on(candidates, corpus, Pair(query, document), "test")[: asked.rows]
    queries = list(corpus.queries(query.name).loc[rows["query_id"]])
    passages = list(corpus.passages(document.name).loc[rows["passage_id"]])
    fresh = [load(asked.model) for _ in range(ROUNDS)]  # what one has tokenised, it need not again
    theirs = Theirs(str(asked.model), device="cpu")
    half = Theirs(str(asked.model), device="cpu", model_kwargs={"dtype": torch.bfloat16})
    both = list(zip(queries, passages, strict=True))
    ways: dict[str, Callable[[], np.ndarray]] = {
        f"switchrank ({precision('auto')})": lambda: fresh.pop().score(queries, passages),
        "sentence-transformers (fp32)": lambda: theirs.predict(both, show_progress_bar=False),
    }
    if precision("auto") == "bf16":
        ways["sentence-transformers (bf16)"] = lambda: half.predict(both, show_progress_bar=False)
    seconds, scores = in_turn(ways)
    first, *others = ways
    report(seconds, len(rows), "instances")
    known = corpus.qrels, list(dict.fromkeys(rows["query_id"]))
    mrr = {
        way: float(measure(rows.assign(score=np.round(scores[way], 5)), *known, ["MRR@10"])["MRR@10"].mean())
        for way in ways
    }
    for way in others:
        difference = np.abs(np.float32(scores[first]) - np.float32(scores[way])).max()
        print(
            f"{way}: scores differ by {difference:.5f} at most; MRR@10 {mrr[way]:.4f}, ours {mrr[first]:.4f}"
        )


def train(asked: argparse.Namespace, corpus: Corpus, candidates: pd.DataFrame) -> None:
    """Train on the first seed's English data, by binary cross-entropy, batches of 8 positives."""
    folder = next((asked.collection / "training").glob("en-en.*")) / "seed1"
    instances = read_parquet(folder / "instances.parquet")
    settings = Settings(model="", steps=asked.steps, batch=8, max_tokens=128, learning_rate=1e-4, dropout=0.0)
    losses: dict[str, float] = {}

    def ours() -> None:
        ranker = CrossEncoder(settings, Resources(corpus=corpus, pretrained=asked.model))
        with tempfile.TemporaryDirectory() as aside:
            log = ranker.fit(instances, 1, Path(aside, "checkpoint"), dict)
        losses["switchrank"] = float(log["loss"].iloc[-10:].mean())

    def theirs(half: bool) -> None:
        name = f"sentence-transformers ({'bf16' if half else 'fp32'})"
        losses[name] = their_training(asked, corpus, instances, half)

    ways: dict[str, Callable[[], None]] = {
        "switchrank": ours,
        "sentence-transformers (fp32)": lambda: theirs(False),
    }
    if precision("auto") == "bf16":
        ways["sentence-transformers (bf16)"] = lambda: theirs(True)
    seconds, _ = in_turn(ways)
    report(seconds, asked.steps, "steps")
    for way, loss in losses.items():
        print(f"{way}: loss of the last ten steps {loss:.4f}")


def their_training(asked: argparse.Namespace, corpus: Corpus, instances: pd.DataFrame, half: bool) -> float:
    """Train with sentence-transformers' trainer, on the same rows in the same order of instances."""
    from datasets import Dataset
    from sentence_transformers.cross_encoder import CrossEncoder as Theirs
    from sentence_transformers.cross_encoder import CrossEncoderTrainer, CrossEncoderTrainingArguments
    from sentence_transformers.cross_encoder.losses import BinaryCrossEntropyLoss

    order = np.random.default_rng([1, 0]).permutation(instances["instance"].nunique())[: 8 * asked.steps]
    rows = instances.set_index("instance").loc[order]
    data = Dataset.from_dict(
        {
            "query": list(corpus.queries("en").loc[rows["query_id"]]),
            "passage": list(corpus.passages("en").loc[rows["passage_id"]]),
            "label": rows["label"].astype(float).tolist(),
        }
    )
    model = Theirs(str(asked.model), num_labels=1, device="cpu", max_length=128, config_kwargs={
        "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0})  # fmt: skip
    with tempfile.TemporaryDirectory() as aside:
        arguments = CrossEncoderTrainingArguments(
            output_dir=aside, max_steps=asked.steps, per_device_train_batch_size=40, learning_rate=1e-4,
            weight_decay=0.01, warmup_steps=max(1, asked.steps // 40), bf16=half, use_cpu=True, report_to=[],
            save_strategy="no", logging_steps=min(10, asked.steps), disable_tqdm=True,
        )  # fmt: skip
        trainer = CrossEncoderTrainer(model, arguments, data, loss=BinaryCrossEntropyLoss(model))
        trainer.train()
    return float(next(entry["loss"] for entry in reversed(trainer.state.log_history) if "loss" in entry))


def in_turn(ways: dict[str, Callable[[], object]]) -> tuple[dict[str, list[float]], dict[str, object]]:
    """Seconds of each way in each round, and what each gave."""
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    given: dict[str, object] = {}
    for _ in range(ROUNDS):
        for way, run in ways.items():
            begun = time.perf_counter()
            given[way] = run()
            seconds[way].append(time.perf_counter() - begun)
    return seconds, given


def report(seconds: dict[str, list[float]], count: int, noun: str) -> None:
    """Print medians, and how many times as fast the first way is."""
    first = next(iter(seconds))
    for way, took in seconds.items():
        ratio = median(took) / median(seconds[first])
        print(f"{way}: {count / median(took):.1f} {noun}/s, takes {ratio:.2f} times as long as {first}")


if __name__ == "__main__":
    main()
