"""Training data, trained models, and the runs that they give."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from safetensors.numpy import load_file

from switchrank import encodings
from switchrank.collections.base import ids_of
from switchrank.evaluation import reciprocal_ranks
from switchrank.files import read_parquet, write_json, write_parquet, write_text
from switchrank.languages import parse_pair
from switchrank.lexicon import read_lexicon, to_mapping
from switchrank.mixing import side_text
from switchrank.rankers.kernel import KernelConfig, KernelRanker
from switchrank.stages.first_stage import sentence_vectors
from switchrank.switching import Tally, switch
from switchrank.training import instances, with_texts


def make_training(
    corpus: Path,
    candidates: Path,
    lexicons: Mapping[str, Path],
    recipe: Mapping[str, Any],
    rounds: int,
    seed: int,
    pairs: Path,
    stats: Path,
) -> None:
    """Write training data from the English side of the training split.

    Args:
        corpus: folder of the collection.
        candidates: the candidates of every query; hard negatives come from them.
        lexicons: language → TSV from English; empty for plain text.
        recipe: the training entry of a system; `ratio` where there are lexicons.
        rounds: how often every query comes.
        seed: of negatives and switching.
        pairs, stats: files to write.
    """
    splits, qrels = read_parquet(corpus / "splits.parquet"), read_parquet(corpus / "qrels.parquet")
    queries = ids_of(splits, "query", "train")
    drawn = instances(
        queries, ids_of(splits, "passage", "train"), qrels, read_parquet(candidates), rounds, seed
    )
    translations = {language: to_mapping(read_lexicon(path)) for language, path in lexicons.items()}
    tally = Tally(recipe["ratio"], translations) if translations else None

    def rewrite(text: str, record: str, side: str) -> str:
        if tally is None:
            return text
        switched, switches = switch(text, translations, recipe["ratio"], seed, record, side)
        tally.add(side, text, switches)
        return switched

    texts = (_texts(corpus, "en", side) for side in ("query", "passage"))
    frame = with_texts(drawn, *texts, rewrite)
    write_parquet(pairs, frame)
    counts = {"queries": len(queries), "rounds": rounds, "instances": int(frame["instance"].nunique())}
    counts |= {"pairs": len(frame)} | {
        f"different_{side}_texts": int(frame[side].nunique()) for side in ("query", "passage")
    }
    write_json(stats, counts | (tally.stats() if tally else {}))


def train_kernel(
    pairs: Path,
    encoded: Sequence[Path],
    idf: Path,
    corpus: Path,
    candidates: Path,
    config: Mapping[str, Any],
    seed: int,
    checkpoint: Path,
    folder: Path,
) -> None:
    """Train a kernel ranker and write model, config and learning curve (MRR@10 on dev, English–English).

    Args:
        pairs: training data.
        encoded: encodings of the training texts and of the English side.
        idf: weights of the pieces.
        corpus, candidates: for dev.
        config: hyperparameters; see KernelConfig.
        seed: of the training.
        checkpoint: file that a killed training goes on from; removed when the model is written.
        folder: to write model.safetensors, config.json and log.csv into.
    """
    ranker = KernelRanker(KernelConfig(**config), encodings.load(encoded), load_file(idf)["idf"])
    splits, qrels = read_parquet(corpus / "splits.parquet"), read_parquet(corpus / "qrels.parquet")
    dev = ids_of(splits, "query", "dev")
    asked = _to_score(read_parquet(candidates), dev, *(_texts(corpus, "en", s) for s in ("query", "passage")))

    def evaluate() -> float:
        return float(reciprocal_ranks(asked.assign(score=ranker.score(asked)), qrels, dev).mean())

    log = ranker.fit(read_parquet(pairs), seed, checkpoint, evaluate)
    write_text(folder / "log.csv", log.to_csv(index=False, lineterminator="\n"))
    ranker.save(folder)
    checkpoint.unlink(missing_ok=True)


def rank_kernel(
    model: Path, encoded: Mapping[str, Path], corpus: Path, candidates: Path, runs: Mapping[str, Path]
) -> None:
    """Score the candidates of the test queries on every pair with a trained kernel ranker.

    Args:
        model: folder of the model.
        encoded: language → encodings of its side of the collection.
        corpus, candidates: what is ranked.
        runs: pair → run to write.
    """
    ranker = KernelRanker.load(model, encodings.load(list(encoded.values())))
    for pair, asked in _pairs_to_score(corpus, candidates, encoded, runs):
        _write_run(runs[pair], asked, ranker.score(asked))


def rank_cosine(
    encoded: Mapping[str, Path], corpus: Path, candidates: Path, runs: Mapping[str, Path]
) -> None:
    """Score the candidates of the test queries by the cosine of the sentence vectors; see rank_kernel."""
    frozen = encodings.load(list(encoded.values()))
    for pair, asked in _pairs_to_score(corpus, candidates, encoded, runs):
        queries, passages = (sentence_vectors(frozen, asked[side]) for side in ("query", "passage"))
        _write_run(runs[pair], asked, np.einsum("ij,ij->i", queries, passages))


def rank_bm25(found: Mapping[str, Path], corpus: Path, candidates: Path, runs: Mapping[str, Path]) -> None:
    """Score the candidates of the test queries by BM25 in their own language; what it did not find gets 0.

    Args:
        found: language → BM25 run over the whole collection.
        corpus, candidates: what is ranked.
        runs: pair (of one language) → run to write.
    """
    queries = ids_of(read_parquet(corpus / "splits.parquet"), "query", "test")
    chosen = read_parquet(candidates)
    asked = chosen.loc[chosen["query_id"].isin(queries), ["query_id", "passage_id"]]
    for pair, path in runs.items():
        scored = asked.merge(read_parquet(found[parse_pair(pair)[0]]), how="left")
        _write_run(path, scored, scored["score"].fillna(0).to_numpy())


def _texts(corpus: Path, language: str, side: str) -> pd.Series:
    name = {"query": "queries", "passage": "passages"}[side]
    return read_parquet(corpus / language / f"{name}.parquet").set_index(f"{side}_id")["text"]


def _to_score(
    candidates: pd.DataFrame, ids: Sequence[str], queries: pd.Series, passages: pd.Series
) -> pd.DataFrame:
    """Candidates of some queries with their texts: query_id, passage_id, query, passage."""
    asked = candidates.loc[candidates["query_id"].isin(ids), ["query_id", "passage_id"]]
    return asked.assign(
        query=queries.loc[asked["query_id"]].to_numpy(), passage=passages.loc[asked["passage_id"]].to_numpy()
    ).reset_index(drop=True)


def _pairs_to_score(corpus: Path, candidates: Path, languages: Mapping[str, Any], pairs: Mapping[str, Any]):
    ids = ids_of(read_parquet(corpus / "splits.parquet"), "query", "test")
    chosen = read_parquet(candidates)
    sides = {side: {own: _texts(corpus, own, side) for own in languages} for side in ("query", "passage")}
    for pair in pairs:
        query_language, document_language = parse_pair(pair)
        queries = side_text(sides["query"], query_language, "query")
        passages = side_text(sides["passage"], document_language, "passage")
        yield pair, _to_score(chosen, ids, queries, passages)


def _write_run(path: Path, asked: pd.DataFrame, scores: np.ndarray) -> None:
    write_parquet(path, asked[["query_id", "passage_id"]].assign(score=scores))
