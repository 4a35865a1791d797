"""A change redoes what hangs on it and nothing else; the dry run says why."""

import pytest

SWITCHED = "ml-cs.clwe.p0.50"
TABLES = {
    "table moir", "table clir", "table mlir", "all_cells", "variant_tables", "overlap", "bias", "examples",
    "costs", "claims", "report",
}  # fmt: skip
ML_CS = (
    "trained on switched English\n    ranker: kernel\n    training: {data: ml-cs, lexicon: clwe, ratio: 0.5}"
)
# What needs a model, rule by rule.
TRAINED = {"train", "rank_kernel", "rank_pair", "measure", "measure_pair", "cell_of_pair", "cell_of_group"}
ALIGNMENT = "workflow/switchrank/lexicons/alignment.py"


@pytest.fixture
def changed(finished, new_workspace):
    """The finished working folder, to be planned in with another config or other sources."""
    config, sources = finished.config, finished.sources
    yield finished
    finished.config, finished.sources = config, sources


def ranked(*systems):
    """The jobs from the runs of systems to their cells."""
    return {f"{rule} {system}" for system in systems for rule in ("measure", "cells")} | {
        f"rank_kernel kernel {system} 1" for system in systems
    }


def trained(*data):
    """The jobs from training data to models."""
    return {f"{rule} {one}" for one in data for rule in ("training_data", "encode_training")} | {
        f"train kernel {one} 1" for one in data
    }


def test_another_ratio_redoes_the_switched_side_only(changed):
    changed.configure(ML_CS, ML_CS.replace("0.5", "0.25"))
    planned = changed.plan()
    assert planned.jobs == ranked("ml-cs") | trained("ml-cs.clwe.p0.25") | TABLES
    assert "Missing output files" in planned.reasons["training_data ml-cs.clwe.p0.25"]


def test_another_hyperparameter_redoes_training_but_no_data(changed):
    changed.configure("steps: 70", "steps: 71")
    planned = changed.plan()
    needing_models = {job for job in changed.first_run.jobs if job.split()[0] in TRAINED}
    cells = {job for job in changed.first_run.jobs if job.startswith("cells")}  # cosine's are compared, too
    assert planned.jobs == (needing_models - {"measure cosine"}) | cells | TABLES
    assert "Params have changed" in planned.reasons["train kernel en-en 1"]


def test_an_edit_of_the_alignment_redoes_it_and_what_hangs_on_it(changed, edited):
    changed.sources = edited({ALIGNMENT: ("_NEIGHBOURS = 10", "_NEIGHBOURS = 9")})
    planned = changed.plan()
    pairs = ("de-de", "en-de", "en-xx6")
    of_pairs = {f"{rule} bl-cs {pair}" for pair in pairs for rule in ("measure_pair", "cell_of_pair")}
    of_pairs |= {f"rank_pair kernel bl-cs 1 {pair}" for pair in pairs}
    of_pairs |= {f"cell_of_group bl-cs {group}" for group in ("clir", "mlir")}
    assert planned.jobs == {
        *(f"alignment {language}" for language in ("ar", "de", "it", "nl", "ru")),
        *(f"induced_lexicon clwe {language}" for language in ("ar", "de", "it", "nl", "ru")),
        "shuffled_lexicon clwe-shuffled de",
        "translate clwe",
        "encode_translated clwe",
        *trained(SWITCHED, "ml-cs.clwe-shuffled.p0.50", "bl-cs.clwe.p0.50.en-de", "bl-cs.clwe.p0.50.en-xx6"),
        *ranked("ml-cs", "ml-cs-tt", "ml-cs-shuffled"),
        *of_pairs,
        *TABLES,
    }
    assert "Params have changed" in planned.reasons["alignment de"]
    assert "Input files updated by another job" in planned.reasons["induced_lexicon clwe de"]


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
