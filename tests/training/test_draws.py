"""Records: named after their items, from which they are known again."""

from hypothesis import given
from hypothesis import strategies as st

from switchrank.training.draws import record_of, source_of

IDS = st.text(min_size=1) | st.lists(st.sampled_from(["a", "0", "1", "/"]), min_size=1).map("".join)
NUMBERS = st.integers(0, 12)


@given(IDS, NUMBERS, NUMBERS)
def test_the_source_of_a_record_is_the_item_that_it_is_of(i, number, epoch):
    assert source_of(record_of(i, number, epoch), epoch) == i


@given(st.lists(st.tuples(IDS, NUMBERS), unique=True), NUMBERS)
def test_the_records_of_an_epoch_are_all_different(items, epoch):
    records = {record_of(i, number, epoch) for i, number in items}
    assert len(records) == len(items)
