"""Cells of pairs and of averages over pairs."""

import json

import numpy as np
import pandas as pd
import pytest

from switchrank.collections.base import Contents, Corpus
from switchrank.files import write_parquet
from switchrank.languages import parse_pair, sides
from switchrank.statistics.cells import Evidence, cells_of_groups, cells_of_pairs, shared_names
from switchrank.statistics.measures import measure_seeds, read
from switchrank.tasks.ranking import ceilings

QUERIES = pd.Index([f"q{number:03}" for number in range(60)], name="query_id")
REACHABLE = np.array([0.0, *(1 / rank for rank in range(1, 11))])
SIDES = sides(["en", "de", "ar", "it", "pt", "fr"], {"xx14": ["en", "de", "ar"]})
GROUPS = {"clir": ["ar-it", "en-de"], "unseen": ["en-pt", "fr-fr", "en-xx14"]}
GROUP_OF = {pair: group for group, pairs in GROUPS.items() for pair in pairs}
PROVENANCE = {"code": "abc", "rebuild": "snakemake cells/ml-cs"}
KEYS = [
    "metric", "mean", "per_seed", "interval", "standard_error", "queries", "ceiling", "distinct", "versus",
    "metrics", "provenance",
]  # fmt: skip


def ranks(seed):
    drawn = np.random.default_rng(seed).choice(REACHABLE, (len(QUERIES), 2))
    return pd.DataFrame(drawn, QUERIES, [1, 2])


MEASURED = {"ar-it": ranks(1), "en-de": ranks(2)}
REFERENCE = {"ar-it": ranks(3), "en-de": ranks(4)}


def evidence(measured=MEASURED, references=None, shared=(), ceilings=None):
    """Of two metrics, of which the second has half the values of the first."""
    references = {"zero-shot": REFERENCE} if references is None else references

    def of_metrics(by_pair):
        return {"MRR@10": by_pair, "nDCG@10": {pair: frame / 2 for pair, frame in by_pair.items()}}

    return Evidence(
        system="ml-cs",
        pairs={name: parse_pair(name, SIDES) for name in measured},
        measured=of_metrics(measured),
        references={name: of_metrics(by_pair) for name, by_pair in references.items()},
        shared={pair: set(shared) for pair in measured},
        ceilings=ceilings or dict.fromkeys(measured, 0.9),
        provenance=PROVENANCE,
    )


def cells(*args, **options):
    """Of the pairs, and of the groups of which all pairs are there."""
    made = evidence(*args, **options)
    groups = {group: pairs for group, pairs in GROUPS.items() if set(pairs) <= set(made.pairs)}
    return cells_of_pairs(made, {pair: GROUP_OF[pair] for pair in made.pairs}) | cells_of_groups(made, groups)


def test_a_pairs_cell_says_what_was_measured():
    cell = cells(shared=["q000", "q001", "unknown"])["ar-it"]
    mean = MEASURED["ar-it"].mean(axis=1)
    assert list(cell) == ["system", "query_language", "document_language", "setting", "group", *KEYS]
    assert (cell["query_language"], cell["document_language"], cell["setting"]) == ("ar", "it", "clir")
    assert cell["mean"] == pytest.approx(mean.mean())
    assert cell["per_seed"] == pytest.approx({"1": ranks(1)[1].mean(), "2": ranks(1)[2].mean()})
    assert cell["interval"][0] < cell["mean"] < cell["interval"][1]
    assert cell["queries"] == 60
    assert cell["distinct"] == {"queries": 58, "mean": pytest.approx(mean.iloc[2:].mean())}
    assert cell["versus"]["zero-shot"]["difference"] == pytest.approx(
        mean.mean() - REFERENCE["ar-it"].mean(axis=1).mean()
    )
    assert cell["provenance"] == {"code": "abc", "rebuild": "snakemake cells/ml-cs/ar-it.json"}


def test_other_metrics_are_told_more_briefly():
    for cell in cells().values():
        (metric,) = cell["metrics"]
        brief = cell["metrics"][metric]
        assert metric == "nDCG@10"
        assert list(brief) == ["mean", "per_seed", "interval", "standard_error", "versus"]
        assert brief["mean"] == pytest.approx(cell["mean"] / 2)
        full, versus = cell["versus"]["zero-shot"], brief["versus"]["zero-shot"]
        assert list(versus) == ["difference", "interval", "p"]
        assert versus["difference"] == pytest.approx(full["difference"] / 2)
        assert versus["p"] == pytest.approx(full["p"])


def test_a_single_metric_leaves_metrics_empty():
    only = evidence()
    measured = {"MRR@10": only.measured["MRR@10"]}
    alone = Evidence(**{**vars(only), "measured": measured, "references": {}})
    assert cells_of_pairs(alone, {"en-de": "clir"})["en-de"]["metrics"] == {}


def test_a_pairs_cell_does_not_depend_on_other_pairs():
    for pair in MEASURED:
        alone = cells({pair: MEASURED[pair]}, {"zero-shot": {pair: REFERENCE[pair]}})
        assert json.dumps(alone[pair]) == json.dumps(cells()[pair])


def test_the_order_of_pairs_and_references_does_not_matter():
    references = {"zero-shot": REFERENCE, "cosine": MEASURED}
    turned = {name: dict(reversed(by_pair.items())) for name, by_pair in references.items()}
    first, again = cells(references=references), cells(dict(reversed(MEASURED.items())), turned)
    assert {name: json.dumps(cell) for name, cell in first.items()} == {
        name: json.dumps(cell) for name, cell in again.items()
    }


def test_an_average_is_the_mean_of_its_pairs():
    result = cells(shared=["q001"])
    average, pairs = result["clir"], [result["ar-it"], result["en-de"]]
    assert list(average) == ["system", "setting", "group", "pairs", *KEYS]
    assert (average["pairs"], average["setting"], average["group"]) == (2, "clir", "clir")
    assert average["mean"] == pytest.approx(np.mean([cell["mean"] for cell in pairs]))
    for seed in ("1", "2"):
        assert average["per_seed"][seed] == pytest.approx(np.mean([cell["per_seed"][seed] for cell in pairs]))
    assert average["distinct"]["mean"] == pytest.approx(np.mean([cell["distinct"]["mean"] for cell in pairs]))
    assert average["distinct"]["queries"] == 59
    assert average["versus"]["zero-shot"]["difference"] == pytest.approx(
        np.mean([cell["versus"]["zero-shot"]["difference"] for cell in pairs])
    )
    assert (average["queries"], average["ceiling"]) == (60, 0.9)


def test_an_average_over_several_settings_is_mixed():
    result = cells({pair: ranks(5) for pair in GROUPS["unseen"]}, {})
    assert result["unseen"]["setting"] == "mixed"
    assert (result["en-xx14"]["setting"], result["fr-fr"]["setting"]) == ("mlir", "moir")


def test_where_ceilings_differ_by_pair_a_group_has_their_mean():
    result = cells(ceilings={"ar-it": 0.8, "en-de": 0.9})
    assert [result[name]["ceiling"] for name in ("ar-it", "en-de")] == [0.8, 0.9]
    assert result["clir"]["ceiling"] == pytest.approx(0.85)


def test_a_reference_counts_where_it_was_measured():
    result = cells(references={"bl-cs": {"en-de": ranks(9)}})
    assert {name: list(cell["versus"]) for name, cell in result.items()} == {
        "ar-it": [], "en-de": ["bl-cs"], "clir": [],
    }  # fmt: skip


def test_a_pair_in_which_every_name_is_shared_has_no_distinct_mean():
    result = cells(shared=QUERIES)
    assert result["en-de"]["distinct"] == {"queries": 0, "mean": None}
    assert result["clir"]["distinct"]["mean"] is None


def test_a_query_that_a_seed_lacks_is_refused():
    lacking = ranks(1)
    lacking.iloc[3, 1] = np.nan
    with pytest.raises(ValueError, match="not finite"):
        cells({"en-de": lacking}, {})


@pytest.fixture
def files(tmp_path):
    """Two seeds that put the relevant passage first and second, a reference fifth; one name is shared."""
    ids = [f"{number:02}" for number in range(8)]
    corpus, path = tmp_path / "corpus", tmp_path.joinpath
    queries = {
        language: pd.Series([f"name{i} {language}" for i in ids], index=pd.Index(ids))
        for language in ("en", "de", "it")
    }
    queries["de"]["07"] = "NAME07 en"
    split = ["train"] * 4 + ["test"] * 4
    splits = [(kind, i, name) for kind in ("query", "passage") for i, name in zip(ids, split, strict=True)]
    qrels = pd.DataFrame({"query_id": ids, "passage_id": ids, "relevance": 1})
    Contents(queries, queries, qrels, pd.DataFrame(splits, columns=["side", "id", "split"])).write(corpus)
    candidates = pd.DataFrame([(q, p) for q in ids for p in ids], columns=["query_id", "passage_id"])

    def run(place):
        score = -candidates.groupby("query_id").cumcount().astype(float)
        score[candidates["query_id"] == candidates["passage_id"]] = 1.5 - place
        return candidates.assign(score=score)

    measures = {}
    for system, places in {"ml-cs": {1: 1, 2: 2}, "zero-shot": {1: 5}}.items():
        runs = {seed: run(place) for seed, place in places.items()}
        for pair in ("en-en", "de-de", "de-it"):
            tidy = measure_seeds(system, pair, runs, qrels, ids[4:], ["MRR@10", "Recall@10"])
            measures.setdefault(system, {})[pair] = path(system, f"{pair}.parquet")
            write_parquet(measures[system][pair], tidy)
    return Corpus.read(corpus), candidates, measures


def test_cells_from_files(files):
    corpus, candidates, measures = files
    measured, reference = (read(paths, ["MRR@10", "Recall@10"]) for paths in measures.values())
    named = {name: parse_pair(name, SIDES) for name in ("en-en", "de-de", "de-it")}
    queries = {pair: frame.index for pair, frame in measured["MRR@10"].items()}
    made = Evidence(
        system="ml-cs",
        pairs=named,
        measured=measured,
        references={"zero-shot": reference},
        shared=shared_names(corpus, named, "en"),
        ceilings=ceilings(candidates, corpus, queries, named, "MRR@10"),
        provenance={"rebuild": "cells"},
    )
    pairs = cells_of_pairs(made, {"en-en": "moir", "de-de": "moir", "de-it": "clir"})
    result = pairs | cells_of_groups(made, {"moir": ["en-en", "de-de"]})
    for name, cell in result.items():
        assert cell["per_seed"] == {"1": 1.0, "2": 0.5} and cell["mean"] == 0.75
        assert (cell["queries"], cell["ceiling"]) == (4, 1.0)
        assert cell["provenance"] == {"rebuild": f"cells/{name}.json"}
        assert cell["versus"]["zero-shot"]["difference"] == pytest.approx(0.55)
        # Queries do not differ, the two seeds do: .5 apart, so that the mean's standard error is .25.
        assert cell["standard_error"] == {"queries": 0.0, "seeds": 0.25, "both": 0.25}
        assert cell["metrics"]["Recall@10"]["mean"] == 1.0
    assert result["moir"]["pairs"] == 2
    distinct = {name: cell["distinct"]["queries"] for name, cell in pairs.items()}
    assert distinct == {"en-en": 4, "de-de": 3, "de-it": 3}


def test_case_and_spelling_do_not_matter_and_the_source_language_shares_nothing(tmp_path):
    written = {
        "fr": {"q0": "Robot", "q1": "caf\u00e9", "q2": "chat", "q3": "taxi", "q5": "l’eau  vive"},
        "de": {"q0": "robot", "q1": "cafe\u0301", "q2": "Katze", "q4": "taxi", "q5": "L'eau vive"},
    }
    texts = {language: pd.Series(by_id) for language, by_id in written.items()}
    qrels = pd.DataFrame({"query_id": ["q0"], "passage_id": ["q0"], "relevance": 1})
    splits = pd.DataFrame({"side": ["query"], "id": ["q0"], "split": ["test"]})
    Contents(texts, texts, qrels, splits).write(tmp_path)
    corpus, known = Corpus.read(tmp_path), sides(["fr", "de"], {"both": ["fr", "de"]})
    pairs = {name: parse_pair(name, known) for name in ("de-fr", "fr-de", "both-fr")}
    drawn = corpus.side_languages("query", known["both"])
    german = set(drawn.index[drawn == "de"])
    assert shared_names(corpus, pairs, "fr") == {
        "de-fr": {"q0", "q1", "q5"},  # q4 is not there in French
        "fr-de": set(),
        "both-fr": {"q0", "q1", "q5"} & german,
    }
    assert shared_names(corpus, pairs, "de")["fr-de"] == {"q0", "q1", "q5"}
