"""Which pairs one job does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.errors import UserError
from switchrank.experiment.shards import Shard, one_by_one, read_recorded, shards, with_new_pairs

PAIRS = st.lists(st.sampled_from(["en-en", "de-de", "en-de", "de-en", "it-it"]), unique=True, min_size=1)


def test_all_pairs_at_first_and_new_ones_by_themselves():
    first = with_new_pairs({}, {"ml-cs": ["en-en", "en-de"], "bm25": ["en-en"]})
    assert first == {"ml-cs": {"en-en+1": ["en-en", "en-de"]}, "bm25": {"en-en": ["en-en"]}}
    wanted = {"ml-cs": ["en-en", "en-de", "de-de"], "bm25": ["en-en", "de-de"], "new": ["de-de"]}
    second = with_new_pairs(first, wanted)
    assert second == {
        "ml-cs": {"en-en+1": ["en-en", "en-de"], "de-de": ["de-de"]},
        "bm25": {"en-en": ["en-en"], "de-de": ["de-de"]},
        "new": {"de-de": ["de-de"]},
    }


def test_a_shard_keeps_its_name_whatever_pairs_go():
    first = with_new_pairs({}, {"ml-cs": ["en-en", "en-de", "de-de"]})
    assert with_new_pairs(first, {"ml-cs": ["en-de", "de-de"]}) == {"ml-cs": {"en-en+2": ["en-de", "de-de"]}}
    assert with_new_pairs(first, {"ml-cs": []}) == {"ml-cs": {}}


@given(st.lists(PAIRS, min_size=1))
def test_each_pair_is_done_once_whatever_came_before(history):
    recorded = {}
    for pairs in history:
        recorded = with_new_pairs(recorded, {"system": pairs})
        assert sorted(pair for shard in recorded["system"].values() for pair in shard) == sorted(pairs)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"a": [["en-en"]]}', '{"a": {"b": 3}}', '{"a": {"b": [1]}}', "\x00"]
)
def test_a_damaged_record_is_reported_in_one_line(tmp_path, text):
    path = tmp_path / "shards.json"
    assert read_recorded(path) == {}
    path.write_text(text)
    with pytest.raises(
        UserError, match=r"shards.json: damaged \(.*\): remove it, then run the same command again"
    ):
        read_recorded(path)


def test_systems_with_the_same_shard_share_a_rule():
    both = {"en-en+1": ["en-en", "de-de"]}
    made = shards({"a": both, "b": both | {"en-de": ["en-de"]}, "c": {"en-de": ["en-de"], "gone": []}})
    assert made == {
        "_0": Shard("en-en+1", ("a", "b"), ("en-en", "de-de")),
        "_1": Shard("en-de", ("b", "c"), ("en-de",)),
    }


def test_files_of_single_pairs_are_made_one_by_one():
    single = {"cells/ml-cs/en-de.json", "runs/ml-cs/seed1/en-de.parquet"}
    assert one_by_one(["cells/ml-cs/en-de.json"], single)
    assert not one_by_one([], single)
    assert not one_by_one(["cells/ml-cs/en-de.json", "report.html"], single)
