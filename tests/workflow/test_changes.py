"""A change redoes what hangs on it and nothing else; the dry run says why."""

import pytest

SWITCHED = "ml-cs.clwe.p0.50"
TABLES = {"table moir", "table clir", "all_cells", "variant_tables", "overlap", "claims", "report"}
RANKED = {"rank_kernel kernel ml-cs 1", "measure ml-cs", "cells ml-cs"} | TABLES
TRANSLATED = {"rank_kernel kernel ml-cs-tt 1", "measure ml-cs-tt", "cells ml-cs-tt"}
ALIGNMENT = "workflow/switchrank/alignment.py"


@pytest.fixture
def changed(finished, new_workspace):
    """The finished working folder, to be planned in with another config or other sources."""
    config, sources = finished.config, finished.sources
    yield finished
    finished.config, finished.sources = config, sources


def test_another_ratio_redoes_the_switched_side_only(changed):
    changed.configure("ratio: 0.5", "ratio: 0.25")
    other = "ml-cs.clwe.p0.25"
    planned = changed.plan()
    assert planned.jobs == RANKED | {
        f"training_data {other}",
        f"encode_training {other}",
        f"train kernel {other} 1",
    }
    assert "Missing output files" in planned.reasons[f"training_data {other}"]


def test_another_hyperparameter_redoes_training_but_no_data(changed):
    changed.configure("steps: 70", "steps: 71")
    planned = changed.plan()
    assert planned.jobs == RANKED | {
        "train kernel en-en 1",
        f"train kernel {SWITCHED} 1",
        "rank_kernel kernel zero-shot 1",
        "cells zero-shot",
        "cells_of_bm25 bm25",
    }
    assert "Params have changed" in planned.reasons["train kernel en-en 1"]


def test_an_edit_of_the_alignment_redoes_it_and_what_hangs_on_it(changed, edited):
    changed.sources = edited({ALIGNMENT: ("_NEIGHBOURS = 10", "_NEIGHBOURS = 9")})
    planned = changed.plan()
    assert planned.jobs == RANKED | {
        "alignment de",
        "lexicon de",
        f"training_data {SWITCHED}",
        f"encode_training {SWITCHED}",
        f"train kernel {SWITCHED} 1",
    }
    assert "Params have changed" in planned.reasons["alignment de"]
    assert "Input files updated by another job" in planned.reasons["lexicon de"]


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
