"""The cells of three systems on two pairs, in a table."""

from switchrank.statistics.tables import score_table

SYSTEMS = ["bm25", "zero-shot", "ml-cs"]
PAIRS = ["en-de", "ar-ru"]
REFERENCES = {"bm25": "zero-shot", "zero-shot": None, "ml-cs": "zero-shot"}


def versus(p, seeds=None, effect=0.2):
    """What is said of two systems compared."""
    return {
        "difference": 0.02, "interval": [-0.01, 0.05], "p": p, "detectable": 0.04, "p_t": p / 4,
        "p_randomisation": p / 2, "effect_size": effect, "wins": 3, "ties": 4, "losses": 2,
        "standard_error": {"queries": 0.01, "seeds": seeds, "both": 0.0125},
    }  # fmt: skip


def cell(system, pair, mean, p=None, reference="zero-shot", **changes):
    """A cell of a pair, or, with how many `pairs`, of the average."""
    query_language, _, document_language = pair.partition("-")
    return {
        "system": system, "query_language": query_language, "document_language": document_language,
        "group": "clir", "metric": "MRR@10", "mean": mean, "queries": 300, "ceiling": 0.901,
        "per_seed": {"0": mean} if system == "bm25" else {"1": mean, "2": mean, "3": mean},
        "distinct": {"queries": 280.5, "mean": mean - 0.03},
        "versus": {} if p is None else {reference: versus(p)},
        **changes,
    }  # fmt: skip


CELLS = [
    cell("ml-cs", "average", 0.48, p=0.0001, pairs=2),
    cell("ml-cs", "en-de", 0.5504, p=0.03),
    cell("ml-cs", "ar-ru", 0.42, p=0.001),
    cell("zero-shot", "average", 0.46, pairs=2),
    cell("zero-shot", "en-de", 0.5496),
    cell("zero-shot", "ar-ru", 0.37),
    cell("bm25", "en-de", 0.31, p=0.04),
    cell("bm25", "average", 0.31, pairs=1),
]


def arrange(cells=CELLS, systems=SYSTEMS, references=REFERENCES, **options):
    """Their table."""
    return score_table(cells, "clir", systems, PAIRS, references, **options)
