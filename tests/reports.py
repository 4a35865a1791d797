"""A small experiment for the report: its files, with cells made as the workflow makes them."""

from zlib import crc32

import numpy as np
import pandas as pd

from switchrank.files import write_json, write_parquet, write_text
from switchrank.languages import parse_pair, sides
from switchrank.statistics.comparison import averages, compare, standard_error
from switchrank.statistics.significance import bootstrap_interval

QUERIES = pd.Index([f"q{number:03}" for number in range(60)], name="query_id")
LEVELS = {"bm25": 0.30, "cosine": 0.34, "zero-shot": 0.38, "bl-cs": 0.47, "ml-cs": 0.48, "wiki-cs": 0.40}
KERNEL = {"ranker": "kernel", "versus": ["zero-shot", "ml-cs"]}
CONFIG = {
    "name": "tiny",
    "folder": "results/tiny",
    "collection": {"kind": "pocket"},
    "languages": ["en", "de", "ru", "fr", "hi", "it", "ar"],
    "source_language": "en",
    "metrics": ["MRR@10", "nDCG@10"],
    "seeds": [1, 2],
    "mixed": {"xx6": ["en", "de", "it", "ar", "fr", "ru"]},
    "candidates": {"method": "fused", "depth": 25},
    "training": {"languages": ["de", "ru"]},
    "lexicons": {"clwe": {"kind": "induced"}},
    "rankers": {"kernel": {"kind": "kernel"}},
    "treatment": "ml-cs",
    "reference": "zero-shot",
    "other_rankers": [],
    "main": "ml-cs",
    "main_reference": "zero-shot",
    "headline": None,
    "as_named": None,
    "doses": [],
    "provenance": {"commit": "0123abc", "clean": True, "packages": {"numpy": "2.1"}},
    "pairs": {
        "moir": ["en-en", "de-de"],
        "clir": ["en-de", "en-ru"],
        "mlir": ["en-xx6"],
        "unseen": ["fr-en", "fr-fr"],
    },
    "systems": {
        "bm25": {
            "ranker": "bm25",
            "description": "BM25 over the candidates",
            "versus": ["zero-shot"],
            "pairs": ["en-en", "de-de", "fr-fr"],
            "impossible": ["en-de", "en-ru", "en-xx6", "fr-en"],
        },
        "cosine": {"ranker": "cosine", "description": "the frozen <encoder>", "versus": ["zero-shot"]},
        "zero-shot": {"ranker": "kernel", "data": "en-en", "description": "trained on English"},
        "bl-cs": KERNEL
        | {
            "description": "one for each pair",
            "data_by_pair": {"de-de": "bl-cs.clwe.p0.50.de-de", "en-de": "bl-cs.clwe.p0.50.en-de"},
            "training": {"data": "bl-cs", "lexicon": "clwe", "ratio": 0.5},
            "pairs": ["de-de", "en-de"],
            "impossible": ["en-en"],
        },
        "ml-cs": KERNEL
        | {
            "description": "trained on switched text",
            "data": "ml-cs.clwe.p0.50",
            "training": {"data": "ml-cs", "lexicon": "clwe", "ratio": 0.5},
            "versus": ["zero-shot"],
        },
        "wiki-cs": KERNEL
        | {"data": "ml-cs.titles.p1.00", "training": {"data": "ml-cs", "lexicon": "titles", "ratio": 1.0}},
    },
}
KNOWN = sides(CONFIG["languages"], CONFIG["mixed"])
CONFIG["pair_objects"] = {
    name: parse_pair(name, KNOWN)
    for name in [*(pair for pairs in CONFIG["pairs"].values() for pair in pairs), "ar-it"]
}


def with_systems(*names):
    """CONFIG with some of its systems; what it is about may be gone."""
    main = {key: CONFIG[key] if CONFIG[key] in names else None for key in ("treatment", "reference")}
    return {**CONFIG, **main, "systems": {name: CONFIG["systems"][name] for name in names}}


def cells(folder, config=CONFIG, levels=LEVELS):
    """Write the cells of an experiment: system → pair or group → path."""
    groups = {group: pairs for group, pairs in config["pairs"].items() if pairs}
    systems = config["systems"]
    measured = {name: _measured(name, entry, groups, levels) for name, entry in systems.items()}
    paths = {}
    for name, entry in systems.items():
        averaged = _with_averages(measured[name], groups)
        versus = {
            other: compare(averaged, _with_averages(measured[other], groups))
            for other in entry.get("versus", ())
            if other in measured
        }
        paths[name] = {cell: str(folder / "cells" / name / f"{cell}.json") for cell in averaged}
        for cell, frame in averaged.items():
            compared = {other: figures[cell] for other, figures in versus.items() if cell in figures}
            write_json(paths[name][cell], _cell(name, cell, frame, compared, config))
    return paths


def files(folder):
    """Write all that a page may show: paths by what they hold."""
    paths = {name: str(folder / f"{name}.parquet") for name in _FRAMES}
    for name, rows in _FRAMES.items():
        write_parquet(paths[name], pd.DataFrame(rows))
    side = {"texts": 20, "words": 5000, "switched": 2160, "not_in_lexicon": 150, "languages": {}}
    log = folder / "seed1" / "log.csv"
    write_text(log, "step,loss,dev_mrr\n0,3,0.3\n100,1,0.4\n")
    contents = {
        "corpus": {"symbols": 1641, "splits": {"train": 1000, "test": 500}, "a_key_of_the_future": 0.25},
        "training": {"nominal_ratio": 0.5, "mode": "coverage", "sides": {"query": side, "passage": side}},
        "lexicon": {"coverage": 0.87},
        "examples": [EXAMPLE],
        "fall": {"difference": 0.3, "interval": [0.25, 0.35], "share": 0.34, "share_interval": [0.2, 0.48]},
        "claims": {"digest": "0123456789ab", "claims": CLAIMS},
    }
    for name, content in contents.items():
        paths[name] = str(folder / f"{name}.json")
        write_json(paths[name], content)
    return paths | {
        "cells": cells(folder),
        "lexicons": {"clwe": {"en-de": paths.pop("lexicon")}},
        "training": {"ml-cs.clwe.p0.50": {1: paths["training"], 2: paths["training"]}},
        "logs": {"zero-shot": {"seed 1": str(log)}},
    }


def _cell(system, name, frame, versus, config):
    """A cell: of a pair, or of a group's average."""
    groups, (leading, *others) = config["pairs"], config["metrics"]
    values = frame.mean(axis=1).to_numpy()
    average = name in groups
    group = name if average else next(group for group, pairs in groups.items() if name in pairs)
    ends = ("query_language", "document_language")
    about = {"pairs": len(groups[group])} if average else dict(zip(ends, name.split("-"), strict=True))
    figures = {"mean": float(values.mean()), "interval": [float(end) for end in bootstrap_interval(values)]}
    return {
        "system": system,
        **about,
        "group": group,
        "metric": leading,
        **figures,
        "per_seed": {str(seed): float(mean) for seed, mean in frame.mean().items()},
        "standard_error": standard_error(frame),
        "metrics": dict.fromkeys(others, figures),
        "queries": len(values),
        "ceiling": 0.9,
        "distinct": {"queries": len(values), "mean": figures["mean"]},
        "versus": versus,
        "provenance": {"digest": f"digest-of-{system}", "rebuild": f"snakemake cells/{system}/{name}.json"},
    }


def _with_averages(measured, groups):
    return {**measured, **averages(measured, groups)}


def _measured(name, entry, groups, levels):
    seeds = [0] if name in ("bm25", "cosine") else [1, 2]
    every = [pair for pairs in groups.values() for pair in pairs]
    return {
        pair: pd.DataFrame({seed: _ranks(name, pair, seed, levels) for seed in seeds}, index=QUERIES)
        for pair in every
        if pair in entry.get("pairs", every)
    }


def _ranks(system, pair, seed, levels):
    """RR@10 of a system that is the better, the higher its level; the same queries are hard for all."""
    noise = np.random.default_rng(crc32(f"{system}{pair}{seed}".encode())).normal(0, 0.1, len(QUERIES))
    ease = np.random.default_rng(crc32(pair.encode())).normal(0, 0.2, len(QUERIES))
    return np.clip(levels[system] + ease + noise, 0, 1)


def gains(level, gain):
    """What a row of the tables of ratios and lexicons says of every group."""
    return {
        f"{group}{figure}{end}": value + step
        for group in CONFIG["pairs"]
        for figure, value in (("", level), (" gain", gain))
        for end, step in (("", 0.0), (" low", -1.0), (" high", 1.0))
    }


def variant(system, mode, ratio, gain, stop_words=True):
    """A row of the table of ratios; without a gain it is of plain text."""
    realised = dict.fromkeys(("realised_query", "realised_passage", "realised"), 0.9 * ratio)
    row = {"system": system, "mode": mode, "stop_words": stop_words, "ratio": ratio}
    return row | realised | gains(40, float("nan") if gain is None else gain)


def neighbour(group, rank, system, after, p_holm):
    """A row of the ranking of a group."""
    interval = {"difference": 1.5, "interval_low": -0.5, "interval_high": 3.5, "detectable": 2.75}
    head = {"group": group, "rank": rank, "system": system, "mean": 50.0 - rank, "next_system": after}
    return head | interval | {"p": p_holm / 2, "p_holm": p_holm}


def _overlap():
    draws = np.random.default_rng(1)
    measured = [(system, pair) for system in ("zero-shot", "ml-cs") for pair in ("de-de", "en-de")]
    columns = ("correlation", "overlap_relevant", "overlap_top10", "overlap_rest")
    return [
        {"system": system, "pair": pair, "query_id": query} | {column: draws.uniform() for column in columns}
        for system, pair in [*measured, ("bl-cs", "en-de")]
        for query in QUERIES
    ]


def _ratio(middle):
    return {"ratio": middle, "ratio_low": middle - 0.2, "ratio_high": middle + 0.2}


_LEXICON = {"method": "csls", "words": 1234.0, "precision_at_1": 0.456, "coverage": None}
_FRAMES = {
    "ratio": [
        variant("zero-shot", "none", 0.0, None),
        variant("ml-cs", "static", 0.5, 4.0),
        variant("ml-cs-coverage", "coverage", 0.5, 4.5),
    ],
    "lexicon_table": [
        {"system": "ml-cs", "lexicon": "clwe", **_LEXICON, "coverage_of_training_words": 0.9, "realised": 0.4}
        | gains(45, 5)
    ],
    "bias": [
        {"system": system, "pair": "en-xx6", "language": language, "mean": middle / 4, **_ratio(middle)}
        for system in ("zero-shot", "ml-cs")
        for language, middle in (("en", 1.5), ("de", 1.1), ("ar", 0.6))
    ],
    "same_language": [{"system": "ml-cs", "pair": "en-xx6", **_ratio(1.25)}],
    "neighbours": [
        neighbour("moir", 1, "ml-cs", "wiki-cs", 0.0004),
        neighbour("moir", 2, "wiki-cs", "zero-shot", 0.2),
        neighbour("clir", 1, "ml-cs", "zero-shot", 0.0625),
    ],
    "overlap": _overlap(),
    "costs": [
        {"system": "ml-cs", "pairs": 36, "models": 1, "megabytes": 0.26, "training": 20.0, "ranking": 15.5},
        {"system": "bm25", "pairs": 12, "models": 0, "megabytes": 0.0, "training": 0.0, "ranking": None},
    ],
    "stages": [
        {"stage": "train", "jobs": 2, "seconds": 62.5, "longest": 40.0, "rss": 812.4},
        {"stage": "corpus", "jobs": 1, "seconds": 0.4, "longest": 0.4, "rss": None},
    ],
}


def _passage(text, source, relevant=False):
    return {"passage_id": source, "text": text, "source": source, "language": "it", "relevant": relevant}


EXAMPLE = {
    "query_id": "1F431",
    "pair": "ar-it",
    "rule": "the one that rose most",
    "query": "وجه قطة",
    "source_query": "cat face",
    "relevant": "gatto, faccia",
    "source_relevant": "cat, face",
    "before": [_passage("cuore", "heart"), _passage("<sole>", "sun")],
    "after": [_passage("gatto, faccia", "cat, face", relevant=True), _passage("cuore", "heart")],
    "rank_before": None,
    "rank_after": 1,
    "reference": "zero-shot",
    "system": "ml-cs",
    "training": {
        "query": "dog face",
        "passage": "dog, face, face",
        "switched_query": [["cane", "dog", "it"], [" ", "", ""], ["وجه", "face", "ar"]],
        "switched_passage": [["Hund", "dog", "de"], [", face, ", "", ""], ["лицо", "face", "ru"]],
    },
}
TEST = {
    "what": "ml-cs over zero-shot in CLIR",
    "kind": "above",
    "verdict": "supported",
    "text": "+9.8 (+8.0 to +11.0) points",
    "because": "any gain is an improvement",
    "figures": {
        "estimate": 9.8,
        "low": 8.0,
        "high": 11.0,
        "confidence": 0.95,
        "power": 0.987,
        "pairs": 2,
        "of": 9,
    },
}
FORMER = {"because": "it showed no reliance", "tests": [TEST | {"what": "they follow the overlap"}]}
CLAIMS = [
    {
        "id": 1,
        "statement": "Code-switching helps.",
        "verdict": "supported",
        "published": "code-switching over zero-shot, CLIR: +5.1",
        "tests": [TEST],
        "margins": [
            {"margin": 0.5, "stated": False, "verdict": "supported"},
            {"margin": 1.0, "stated": True, "verdict": "supported"},
        ],
        "former": FORMER,
        "variants": {"fast": {"verdict": "undecided", "tests": [TEST | {"verdict": "undecided"}]}},
    },
    {
        "id": 13,
        "statement": "Code-switching is cheap.",
        "verdict": "not testable here",
        "published": None,
        "tests": [
            TEST | {"verdict": "not testable here", "text": "it would take a translator", "figures": {}}
        ],
        "margins": [],
        "former": None,
        "variants": {},
    },
]
