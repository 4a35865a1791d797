"""A run that is killed goes on part by part, to the same run."""

import numpy as np
import pandas as pd
import pytest

from switchrank.rankers import parts
from switchrank.rankers.base import Ranker, Resources
from switchrank.rankers.parts import identity, run_in_parts

CANDIDATES = pd.DataFrame(
    {
        "query_language": "en",
        "query_id": np.repeat([f"q{number}" for number in range(7)], [3, 5, 1, 4, 4, 2, 6]),
        "passage_language": "de",
        "passage_id": [f"p{number}" for number in range(25)],
    }
)


class Counting(Ranker):
    """Scores that depend on what is scored together, and a death after some calls."""

    kind = "counting"

    def __init__(self, lives=100):
        super().__init__(None, Resources(corpus=None))
        self.lives, self.scored = lives, []

    def score(self, candidates, view="collection"):
        self.lives -= 1
        if self.lives < 0:
            raise KeyboardInterrupt
        self.scored.append(list(candidates["query_id"].unique()))
        return np.arange(len(candidates)) / len(candidates)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(parts, "_ROWS", 8)


def run(ranker, folder, code="code"):
    return run_in_parts(ranker, "s", 1, "en-de", CANDIDATES, folder, [], code)


def test_parts_have_whole_queries_and_are_filled(tmp_path):
    ranker = Counting()
    run(ranker, tmp_path)
    assert ranker.scored == [["q0", "q1"], ["q2", "q3"], ["q4", "q5"], ["q6"]]


def test_a_killed_run_goes_on_to_the_same(tmp_path):
    whole = run(Counting(), tmp_path / "whole")
    killed, again = Counting(lives=2), Counting()
    with pytest.raises(KeyboardInterrupt):
        run(killed, tmp_path / "killed")
    pd.testing.assert_frame_equal(run(again, tmp_path / "killed"), whole)
    assert killed.scored + again.scored == [["q0", "q1"], ["q2", "q3"], ["q4", "q5"], ["q6"]]


def test_a_damaged_part_is_made_again(tmp_path):
    whole = run(Counting(), tmp_path)
    (part,) = tmp_path.glob("*/1.parquet")
    part.write_bytes(b"nonsense")
    again = Counting()
    pd.testing.assert_frame_equal(run(again, tmp_path), whole)
    assert again.scored == [["q2", "q3"]]


def test_parts_of_other_code_are_not_taken(tmp_path):
    run(Counting(), tmp_path)
    again = Counting()
    run(again, tmp_path, "other code")
    assert len(again.scored) == 4


def test_a_short_run_has_no_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "_ROWS", 100)
    run(Counting(), tmp_path / "parts")
    assert not (tmp_path / "parts").exists()


def test_no_candidates_are_a_run_without_rows(tmp_path):
    assert len(run_in_parts(Counting(), "s", 1, "en-de", CANDIDATES[:0], tmp_path, [], "")) == 0


def test_the_identity_is_of_all_that_scores_depend_on(tmp_path):
    """A text that another lexicon translated, say, or the embeddings of another pretrained model."""
    model, pretrained = tmp_path / "model", tmp_path / "pretrained" / "deep"
    pretrained.mkdir(parents=True)
    model.write_bytes(b"one")
    (pretrained / "weights").write_bytes(b"one")
    files = [str(model), str(tmp_path / "pretrained")]
    first = identity(CANDIDATES, files, "code")
    assert first == identity(CANDIDATES.copy(), files[::-1], "code")
    others = [identity(CANDIDATES[1:], files, "code"), identity(CANDIDATES, files, "other")]
    for changed in (model, pretrained / "weights"):
        changed.write_bytes(b"two")
        others.append(identity(CANDIDATES, files, "code"))
    assert len({first, *others}) == 5
