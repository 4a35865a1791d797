"""Ids of queries and passages."""

from hypothesis import given
from hypothesis import strategies as st

from switchrank.collections.ids import joint_id

IDS = st.text('ab",[]\\ ', max_size=5)


@given(st.tuples(IDS, IDS), st.tuples(IDS, IDS))
def test_a_joint_id_is_of_one_query_and_one_passage(one, other):
    assert (joint_id(*one) == joint_id(*other)) == (one == other)
