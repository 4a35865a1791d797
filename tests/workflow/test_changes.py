"""A change redoes what depends on it and nothing else; the dry run says why."""

import re

import pytest

SWITCHED = "ml-cs.clwe.p0.50"
OTHERS = ("ar", "de", "it", "nl", "ru")
TABLES = {
    "table moir", "table clir", "table mlir", "all_cells", "variant_tables", "overlap", "bias", "examples",
    "costs", "claims", "neighbours", "fall", "report",
}  # fmt: skip
ML_CS = (
    "trained on switched English\n    ranker: kernel\n    training: {data: ml-cs, lexicon: clwe, ratio: 0.5}"
)
# What needs a model, rule by rule.
TRAINED = {"train", "choose", "rank", "measure", "cells", "averages"}
SHORT = f"train kernel-short {SWITCHED} 1"  # of what a ranker is chosen from
ALIGNMENT = "workflow/switchrank/lexicons/alignment.py"


@pytest.fixture
def changed(finished):
    """The finished working folder, to be planned in with another config or other sources."""
    config, sources = finished.config, finished.sources
    yield finished
    finished.config, finished.sources = config, sources


def evaluated(*systems):
    """The jobs from measures to cells."""
    return {f"{rule} {system}" for system in systems for rule in ("measure", "cells", "averages")}


def ranked(*systems):
    """The jobs from the runs of systems to their cells."""
    return evaluated(*systems) | {f"rank {system} 1" for system in systems}


def trained(*data):
    """The jobs from training data to models."""
    texts = {job for name in data for job in (f"training_data {name} 1", f"encode training/{name}/seed1 en")}
    return texts | {f"train kernel {name} 1" for name in data}


def test_another_ratio_redoes_the_switched_side_only(changed):
    changed.configure(ML_CS, ML_CS.replace("0.5", "0.25"))
    planned = changed.plan()
    assert planned.jobs == ranked("ml-cs") | trained("ml-cs.clwe.p0.25") | TABLES
    assert "Missing output files" in planned.reasons["training_data ml-cs.clwe.p0.25 1"]


def test_another_hyperparameter_redoes_training_but_no_data(changed):
    changed.configure("steps: 70", "steps: 71")
    planned = changed.plan()
    needing_models = {job for job in changed.first_run.jobs if job.split()[0] in TRAINED}
    untouched = {"rank cosine 0", "rank bm25 0", "measure cosine", "measure bm25", SHORT}
    assert planned.jobs == (needing_models - untouched) | TABLES  # the baselines' cells are compared, too
    assert "Missing output files" in planned.reasons["train kernel en-en 1"]


def test_an_edit_of_the_alignment_redoes_it_and_what_depends_on_it(changed, edited):
    changed.sources = edited({ALIGNMENT: ("_POOL = 4000", "_POOL = 3999")})
    planned = changed.plan()
    pairs = ("de-de", "en-de", "en-xx6")
    of_pairs = {f"{rule} bl-cs {pair}" for pair in pairs for rule in ("measure", "cells")}
    of_pairs |= {f"rank bl-cs 1 {pair}" for pair in pairs} | {"averages bl-cs"}
    assert planned.jobs == {
        *(f"alignment {language}" for language in OTHERS),
        *(f"lexicon clwe en {language}" for language in OTHERS),
        *(f"lexicon clwe {language} en" for language in OTHERS),
        "lexicon clwe-shuffled en de",
        *(f"translate clwe {language}" for language in OTHERS),
        *(f"encode translated/clwe {language}" for language in OTHERS),
        *trained(SWITCHED, "ml-cs.clwe-shuffled.p0.50", "bl-cs.clwe.p0.50.en-de", "bl-cs.clwe.p0.50.en-xx6"),
        SHORT,
        f"choose kernel-chosen {SWITCHED}",
        *ranked("ml-cs", "ml-cs-tt", "ml-cs-chosen", "ml-cs-shuffled"),
        *of_pairs,
        *TABLES,
    }
    assert "Params have changed" in planned.reasons["alignment de"]
    assert "Input files updated by another job" in planned.reasons["lexicon clwe en de"]


def test_an_edit_of_a_ranker_redoes_its_own_runs_and_no_others(changed, edited):
    network = "workflow/switchrank/rankers/cosine.py"
    changed.sources = edited({network: ('kind = "cosine"', 'kind = "cosine"\n    version = 2')})
    jobs = changed.plan().jobs
    assert {job for job in jobs if job.split()[0] in ("train", "rank", "measure")} == {
        "rank cosine 0",
        "measure cosine",
    }


def test_an_edit_of_comments_and_docstrings_redoes_nothing(changed, edited):
    changed.sources = edited(
        {
            ALIGNMENT: ('"""Alignment', '"""The alignment'),
            "workflow/switchrank/files.py": ("import json", "# Plain text.\nimport json"),
            "workflow/scripts/train.py": ("with job", "# Here we go.\nwith job"),
            "workflow/rules/training.smk": ("rule train:", "# The longest job.\nrule train:"),
            "envs/training.yaml": ("channels:", "# From here.\nchannels:"),
        }
    )
    changed.config += "\n# Nothing more.\n"
    assert changed.plan().nothing_to_do


def test_a_new_description_redoes_the_report_only(changed):
    changed.configure("trained on switched English", "trained on English with words of other languages")
    assert changed.plan().jobs == {"report"}


def test_a_new_pair_computes_that_pair(changed):
    changed.configure("clir: [en-de]", "clir: [en-de, de-en]")
    planned = changed.plan()
    whole = ("zero-shot", "ml-cs", "ml-cs-own", "wiki-cs", "ml-cs-tt", "zero-shot-masked", "ml-cs-chosen")
    whole += ("ml-cs-shuffled",)
    expected = {f"rank {system} 1" for system in whole} | {"rank cosine 0", "rank bl-cs 1 de-en"}
    assert {job for job in planned.jobs if job.startswith("rank ")} == expected
    outputs = "\n".join(re.findall(r"^ +output: (results/pocket/runs/.*)", planned.said, re.M))
    assert "de-en.parquet" in outputs and "en-de.parquet" not in outputs
    masking = {job for job in planned.jobs if "masked/" in job}
    assert masking == {"mask masked/de-en en", "encode masked/de-en en"}
    assert not {
        job for job in planned.jobs if job.split()[0] in ("vectors", "alignment", "candidates", "corpus")
    }


def test_a_new_system_computes_that_system(changed):
    entry = (
        "\n  another:\n    ranker: kernel\n    training: {data: ml-cs, lexicon: clwe, ratio: 0.75}\n\npairs:"
    )
    changed.configure("\npairs:", entry)
    assert changed.plan().jobs == ranked("another") | trained("ml-cs.clwe.p0.75") | (
        TABLES - {"examples", "fall"}
    )


def test_another_experiment_of_one_system_shares_all_that_is_there(changed):
    changed.configure("collection: {kind", "name: second\nonly: [ml-cs]\ncollection: {kind")
    jobs = changed.plan().jobs
    by_system_or_group = ("table", "averages", "cells", "measure", "rank")
    others = {job for job in jobs if job.split()[0] not in by_system_or_group}
    analyses = {"overlap", "candidate_splits", "truncated", "bias", "costs", "neighbours"}
    assert others == {"all_cells", "report", *analyses}
    assert {job for job in jobs if job.startswith("rank")} == {"rank ml-cs 1"}
