import pandas as pd
import pytest

from switchrank.collections.base import Contents, Corpus

SPLITS = ["train"] * 4 + ["test"] * 4
QUERIES = [f"q{number}" for number in range(8)]
# Passages are not parallel: p0 to p7 are in English and German, x4 to x7 in German alone.
PASSAGES = {"en": [f"p{number}" for number in range(8)]}
PASSAGES["de"] = [*PASSAGES["en"], *(f"x{number}" for number in range(4, 8))]


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    """Eight queries in two languages; test queries have a second relevant passage, which is German."""
    folder = tmp_path_factory.mktemp("corpus")
    pairs = [(f"q{number}", f"p{number}") for number in range(8)]
    pairs += [(f"q{number}", f"x{number}") for number in range(4, 8)]
    splits = [("query", f"q{number}", split) for number, split in enumerate(SPLITS)]
    splits += [("passage", f"p{number}", split) for number, split in enumerate(SPLITS)]
    splits += [("passage", f"x{number}", "test") for number in range(4, 8)]
    Contents(
        queries={
            "en": pd.Series({query: f"the red name{query}" for query in QUERIES}),
            "de": pd.Series({query: f"die rote {query}" for query in QUERIES}),
        },
        passages={
            language: pd.Series({passage: f"red, words of {passage} {language}" for passage in passages})
            for language, passages in PASSAGES.items()
        },
        qrels=pd.DataFrame(pairs, columns=["query_id", "passage_id"]).assign(relevance=1),
        splits=pd.DataFrame(splits, columns=["side", "id", "split"]),
    ).write(folder)
    return Corpus.read(folder)
