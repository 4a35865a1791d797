"""Files read, and the tables of their cells."""

import pytest
import reports

from switchrank.errors import UserError
from switchrank.files import read_json
from switchrank.report.estimates import Estimate
from switchrank.report.inputs import read


def test_what_does_not_apply_may_be_none_or_not_there(files):
    inputs = read({"cells": files["cells"], "overlap": None, "logs": {}}, reports.CONFIG)
    assert inputs.overlap is inputs.bias is inputs.claims is None
    assert inputs.logs == inputs.lexicons == {}


def test_systems_without_cells_and_groups_without_systems_are_left_out(files):
    cells = {"bm25": {"en-en": files["cells"]["bm25"]["en-en"]}, "cosine": {}}
    inputs = read({"cells": cells}, reports.CONFIG)
    assert list(inputs.cells) == ["bm25"]
    assert inputs.groups == {"moir": "MoIR"}


def test_tables_hold_the_cells_of_their_group(inputs, files):
    mean = read_json(files["cells"]["ml-cs"]["en-de"])["mean"]
    assert inputs.tables["clir"].scores.loc["ml-cs", "en-de"] == 100 * mean
    assert inputs.tables["moir"].references["wiki-cs"] == "zero-shot"
    assert inputs.metric == "MRR@10"


def test_a_difference_is_known_from_either_side(inputs):
    gain = inputs.difference("ml-cs", "wiki-cs", "clir")  # wiki-cs's cells hold wiki-cs − ml-cs
    loss = inputs.difference("wiki-cs", "ml-cs", "clir")
    assert gain == Estimate(-loss.middle, -loss.high, -loss.low, loss.detectable)
    assert gain.detectable > 0
    assert gain.low < gain.middle < gain.high
    assert inputs.difference("ml-cs", "nothing", "clir") is None


def test_a_training_log_may_have_a_column_more(files, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("step,loss,dev_mrr,dev_mrr_on_other_pairs,time\n0,3,0.3,0.1,1\n50,2,0.4,,2\n")
    frame = read(files | {"logs": {"zero-shot": {"seed 1": str(log)}}}, reports.CONFIG).logs["zero-shot"][
        "seed 1"
    ]
    assert list(frame) == ["step", "loss", "dev_mrr", "dev_mrr_on_other_pairs"]
    assert frame["dev_mrr_on_other_pairs"].tolist()[0] == 0.1 and frame["dev_mrr_on_other_pairs"].isna()[1]


@pytest.mark.parametrize(
    "content",
    ["step,loss\n0,3\n", "loss,dev_mrr\n3,0.3\n", "step,loss,dev_mrr\n0,three,0.3\n", "step,loss,dev_mr", ""],
    ids=["no metric", "no step", "no number", "cut", "empty"],
)
def test_a_damaged_training_log_is_named(files, tmp_path, content):
    log = tmp_path / "log.csv"
    log.write_text(content)
    with pytest.raises(UserError, match=r"log\.csv: damaged \(.*\): remove it"):
        read(files | {"logs": {"zero-shot": {"seed 1": str(log)}}}, reports.CONFIG)
