"""A small results folder for the report, its cells and tables made as the workflow makes them."""

from zlib import crc32

import numpy as np
import pandas as pd

from switchrank.files import write_json, write_parquet, write_text
from switchrank.statistics.cells import make
from switchrank.statistics.family import family_csv
from switchrank.statistics.tables import score_table, to_csv

QUERIES = pd.Index([f"q{number:03}" for number in range(60)], name="query_id")
LEVELS = {"bm25": 0.30, "cosine": 0.34, "zero-shot": 0.38, "bl-cs": 0.47, "ml-cs": 0.48, "wiki-cs": 0.40}
KERNEL = {"ranker": "kernel", "versus": ["zero-shot", "ml-cs"]}
CONFIG = {
    "collection": "pocket",
    "name": "tiny",
    "languages": ["en", "de", "ru", "fr", "hi"],
    "seeds": [1, 2],
    "candidates": {"method": "fused", "depth": 25},
    "mirror": "/somewhere/on/this/machine",
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
        | {
            "description": "switched with titles",
            "data": "ml-cs.titles.p1.00",
            "training": {"data": "ml-cs", "lexicon": "titles", "ratio": 1.0},
        },
    },
}


def with_systems(*names):
    """CONFIG with some of its systems."""
    return {**CONFIG, "systems": {name: CONFIG["systems"][name] for name in names}}


def build(results, config=CONFIG, levels=LEVELS):
    """Cells, tables and tests of a config."""
    groups = {group: pairs for group, pairs in config["pairs"].items() if pairs}
    systems = config["systems"]
    measured = {name: _measured(name, entry, groups, levels) for name, entry in systems.items()}
    cells = {}
    for name, entry in systems.items():
        versus = {other: measured[other] for other in entry.get("versus", ()) if other in measured}
        own = {
            other: {pair: frame for pair, frame in frames.items() if pair in measured[name]}
            for other, frames in versus.items()
        }
        shared = {pair: {"q000"} if pair == "en-de" else set() for pair in measured[name]}
        told = {"digest": f"digest-of-{name}", "rebuild": f"snakemake cells/{name}"}
        whole = {group: pairs for group, pairs in groups.items() if set(pairs) <= set(measured[name])}
        known = groups if len(whole) == len(groups) else whole | _partly(groups, whole, measured[name])
        cells[name] = make(name, measured[name], own, known, shared, 0.9, told)
        for cell, figures in cells[name].items():
            if cell in measured[name] or cell in whole:
                write_json(results / "cells" / name / f"{cell}.json", figures)
    for group, pairs in groups.items():
        shown = {
            name: [own[cell] for cell in [*pairs, group] if (results / f"cells/{name}/{cell}.json").exists()]
            for name, own in cells.items()
        }
        shown = {name: own for name, own in shown.items() if own}
        references = {name: next(iter(systems[name].get("versus", ())), None) for name in shown}
        impossible = {name: systems[name].get("impossible", ()) for name in shown}
        every = [cell for own in shown.values() for cell in own]
        table = score_table(every, group, list(shown), pairs, references, impossible)
        write_text(results / "tables" / f"{group}.csv", to_csv(table))
        write_text(results / "tables" / f"{group}.tests.csv", family_csv(table.tests))


def add_analyses(results):
    """Everything that a page shows beside cells and tables, where it is there."""
    gains = {
        name: value
        for group, level in (("moir", 40), ("clir", 45), ("mlir", 44), ("unseen", 43))
        for name, value in {
            group: level,
            f"{group} low": level - 1,
            f"{group} high": level + 1,
            f"{group} gain": level / 10,
            f"{group} gain low": level / 10 - 1,
            f"{group} gain high": level / 10 + 1,
        }.items()
    }
    ratio = [
        {"system": "zero-shot", "mode": "none", "stop_words": True, "ratio": 0, "realised": 0, "clir": 40},
        {"system": "ml-cs", "mode": "static", "stop_words": True, "ratio": 0.5, "realised": 0.43, **gains},
        {
            "system": "ml-cs-coverage",
            "mode": "coverage",
            "stop_words": True,
            "ratio": 0.5,
            "realised": 0.5,
            **gains,
        },
    ]
    lexicons = [
        {"system": "ml-cs", "lexicon": "clwe", "method": "csls", "words": 1234.0, "precision_at_1": 0.456}
    ]
    lexicons.append({"system": "wiki-cs", "lexicon": "titles", "method": "titles", **gains})
    bias = [
        {
            "system": s,
            "pair": "en-xx6",
            "language": language,
            "ratio": r,
            "ratio_low": r - 0.2,
            "ratio_high": r + 0.2,
        }
        | {"mrr": r / 4}
        for s in ("zero-shot", "ml-cs")
        for language, r in (("en", 1.5), ("de", 1.1), ("ar", 0.6))
    ]
    same = [{"system": "ml-cs", "pair": "en-xx6", "ratio": 1.25, "ratio_low": 1.1, "ratio_high": 1.4}]
    for name, rows in {"tables/ratio": ratio, "tables/lexicons": lexicons, "analyses/bias": bias}.items():
        write_text(results / f"{name}.csv", pd.DataFrame(rows).to_csv(index=False))
    write_text(results / "analyses/bias_same.csv", pd.DataFrame(same).to_csv(index=False))
    write_parquet(results / "analyses/overlap.parquet", _overlap())
    write_json(results / "analyses/examples.json", [EXAMPLE])
    write_json(results / "claims.json", CLAIMS)


def _measured(name, entry, groups, levels):
    seeds = [0] if name in ("bm25", "cosine") else [1, 2]
    every = [pair for pairs in groups.values() for pair in pairs]
    own = [pair for pair in every if pair in entry.get("pairs", every)]
    return {
        pair: pd.DataFrame({seed: _ranks(name, pair, seed, levels) for seed in seeds}, index=QUERIES)
        for pair in own
    }


def _partly(groups, whole, measured):
    """The pairs of groups that a system has only some of: they need a group, not its average."""
    return {
        group: [pair for pair in pairs if pair in measured]
        for group, pairs in groups.items()
        if group not in whole and any(pair in measured for pair in pairs)
    }


def _ranks(system, pair, seed, levels):
    """RR@10 of a system that is the better, the higher its level; the same queries are hard for all."""
    noise = np.random.default_rng(crc32(f"{system}{pair}{seed}".encode())).normal(0, 0.1, len(QUERIES))
    ease = np.random.default_rng(crc32(pair.encode())).normal(0, 0.2, len(QUERIES))
    return np.clip(levels[system] + ease + noise, 0, 1)


def _overlap():
    draws = np.random.default_rng(1)
    frames = [
        pd.DataFrame(
            {
                "system": system,
                "pair": pair,
                "query_id": QUERIES,
                "correlation": draws.normal(level, 0.1, len(QUERIES)),
                "overlap_relevant": 0.5,
                "overlap_top10": draws.uniform(0.2, 0.3, len(QUERIES)),
                "overlap_rest": draws.uniform(0.0, 0.1, len(QUERIES)),
            }
        )
        for system, pair, level in [
            ("zero-shot", "de-de", 0.4),
            ("zero-shot", "en-de", 0.2),
            ("ml-cs", "de-de", 0.3),
            ("ml-cs", "en-de", 0.2),
            ("bl-cs", "en-de", 0.1),
        ]
    ]
    return pd.concat(frames, ignore_index=True)


def _passage(text, english, relevant=False):
    told = {"passage_id": english, "text": text, "english": english}
    return told | {"language": "it", "relevant": relevant}


EXAMPLE = {
    "query_id": "1F431",
    "pair": "ar-it",
    "rule": "the one that rose most",
    "query": "وجه قطة",
    "english_query": "cat face",
    "relevant": "gatto, faccia",
    "english_relevant": "cat, face",
    "before": [_passage("cuore", "heart"), _passage("<sole>", "sun")],
    "after": [_passage("gatto, faccia", "cat, face", relevant=True), _passage("cuore", "heart")],
    "rank_before": None,
    "rank_after": 1,
    "reference": "zero-shot",
    "system": "ml-cs",
    "training": {
        "query": "dog face",
        "passage": "dog, face, face",
        "switched_query": "cane وجه",
        "switched_passage": "Hund, face, лицо",
        "switched": [
            ["dog", "cane", "it"],
            ["face", "وجه", "ar"],
            ["dog", "Hund", "de"],
            ["face", "лицо", "ru"],
        ],
    },
}
TEST = {
    "what": "ml-cs over zero-shot in CLIR",
    "verdict": "supported",
    "text": "+9.8 (+8.0 to +11.0) points",
    "because": "any gain is an improvement",
    "figures": {
        "estimate": 9.8,
        "low": 8.0,
        "high": 11.0,
        "confidence": 0.95,
        "p": 0.001,
        "power": 0.987,
        "pairs": 2,
        "of": 9,
    },
}
CLAIMS = [
    {
        "id": 1,
        "statement": "Code-switching helps.",
        "verdict": "supported",
        "published": "code-switching over zero-shot, CLIR: +5.1",
        "tests": [TEST],
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
        "variants": {},
    },
]
