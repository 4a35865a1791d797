"""Training data from the English side of the training split, plain or code-switched."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from switchrank.collections.base import ids_of
from switchrank.files import read_parquet, write_json, write_parquet
from switchrank.lexicon import read_lexicon, to_mapping
from switchrank.stages.sides import texts_of
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

    texts = (texts_of(corpus, "en", side) for side in ("query", "passage"))
    frame = with_texts(drawn, *texts, rewrite)
    write_parquet(pairs, frame)
    counts = {"queries": len(queries), "rounds": rounds, "instances": int(frame["instance"].nunique())}
    counts |= {"pairs": len(frame)} | {
        f"different_{side}_texts": int(frame[side].nunique()) for side in ("query", "passage")
    }
    write_json(stats, counts | (tally.stats() if tally else {}))
