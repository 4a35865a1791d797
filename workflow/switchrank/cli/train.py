"""`switchrank train`: one recipe, plain or code-switched, on a user's own files, outside the workflow."""

import logging
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any

import pandas as pd
import torch

from switchrank.cli.switch import lexicon_files
from switchrank.cli.user_files import read_qrels, read_run, read_texts
from switchrank.collections.base import Contents, Corpus, write_texts
from switchrank.errors import UserError
from switchrank.experiment.recipes import recipe
from switchrank.languages import Pair, Side
from switchrank.pretrained.base import PRETRAINED
from switchrank.pretrained.writing import write_pretrained
from switchrank.rankers.base import RANKERS, Resources
from switchrank.registry import make
from switchrank.settings import parse_yaml, schema_of, validate
from switchrank.training.data import make_training_data


def run(arguments: Namespace) -> int:
    """Train a cross-encoder; write the whole model into a folder that was not there."""
    if Path(arguments.output).exists():
        raise UserError(f"--output: {arguments.output}: exists, expected a folder that does not")
    if not 0 <= arguments.ratio <= 1:
        raise UserError(f"--ratio: found {arguments.ratio:g}, expected 0 to 1")
    start = {"kind": "folder", "path": arguments.pretrained}
    kind, found = make(PRETRAINED, start)
    if problem := kind.check(found):
        raise UserError(f"--pretrained: {problem}")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(max(1, arguments.threads))
    entry = _entry(arguments.set)
    with tempfile.TemporaryDirectory(prefix="switchrank-") as folder:
        corpus, candidates = _corpus(arguments, Path(folder, "corpus"))
        language, lexicons = arguments.source_language, lexicon_files(arguments)
        side = Side(language, (language,))
        kind = (
            {"data": "ml-cs", "lexicon": "own", "ratio": arguments.ratio} if lexicons else {"data": "source"}
        )
        _, made = recipe(kind, Pair(side, side), side, sorted(lexicons))
        data = make_training_data(
            corpus, candidates, lexicons, vars(made), language, arguments.rounds, arguments.seed
        )
        training = None
        if lexicons:
            write_texts(Path(folder, "training"), language, data.queries, data.passages)
            training = Corpus.read(Path(folder, "corpus"), Path(folder, "training"))
        cls, settings = make(RANKERS, entry)
        pretrained = Path(folder, "pretrained")
        write_pretrained(start, pretrained)
        ranker = cls(settings, Resources(corpus=corpus, training=training, pretrained=pretrained))
        checkpoint = Path(f"{arguments.output}.checkpoint.safetensors")
        log = ranker.fit(data.instances, arguments.seed, checkpoint, dict)
        ranker.export(Path(arguments.output))
        checkpoint.unlink(missing_ok=True)
    logging.info("loss %.3f after %d steps; the model: %s", log["loss"].iloc[-1], len(log), arguments.output)
    return 0


def _entry(assignments: list[str]) -> dict[str, Any]:
    """The ranker's entry, as a config would have it."""
    entry: dict[str, Any] = {"kind": "cross-encoder", "model": "pretrained"}
    for assignment in assignments:
        key, sign, value = assignment.partition("=")
        if not sign or key in entry:
            raise UserError(f"--set: found {assignment!r}, expected a setting such as steps=900")
        entry[key] = parse_yaml(value, f"--set {key}", numbered=False)
    validate(entry, schema_of(RANKERS["cross-encoder"].Settings, kind={}), "--set")
    return entry


def _corpus(arguments: Namespace, folder: Path) -> tuple[Corpus, pd.DataFrame]:
    """The user's files as a collection of training queries and passages, and its candidates."""
    texts = {"query": read_texts(arguments.queries), "passage": read_texts(arguments.passages)}
    qrels = read_qrels(arguments.qrels)
    of_file = {"query": arguments.queries, "passage": arguments.passages}
    candidates = pd.DataFrame(columns=["query_id", "passage_id"], dtype=object)
    named = {arguments.qrels: qrels}
    if arguments.run:
        candidates = named[arguments.run] = read_run(arguments.run)
    for path, frame in named.items():
        for kind, known in texts.items():
            ids = frame[f"{kind}_id"]
            if not ids.isin(known.index).all():
                found = f"{kind} {ids[~ids.isin(known.index)].iloc[0]!r}"
                raise UserError(f"{path}: {found} has no text in {of_file[kind]}")
    asked = texts["query"][texts["query"].index.isin(qrels["query_id"][qrels["relevance"] >= 1])]
    if asked.empty:
        raise UserError(f"{arguments.qrels}: found no query with a relevant passage, expected some")
    logging.info("%d of %d queries have a relevant passage", len(asked), len(texts["query"]))
    of_queries = {
        kind: own[own["query_id"].isin(asked.index)] for kind, own in (("q", qrels), ("c", candidates))
    }
    sides = {"query": asked.sort_index(), "passage": texts["passage"].sort_index()}
    splits = [(side, name, "train") for side, own in sides.items() for name in own.index]
    language = arguments.source_language
    Contents(
        queries={language: sides["query"]},
        passages={language: sides["passage"]},
        qrels=of_queries["q"],
        splits=pd.DataFrame(splits, columns=["side", "id", "split"]),
    ).write(folder)
    return Corpus.read(folder), of_queries["c"]
