import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.jobs.progress import Estimate, duration


def test_nothing_is_said_while_a_rule_is_unknown():
    estimate = Estimate({"train": 2, "score": 1}, {"train": 30}, now=0)
    assert estimate.remaining(0) is None


def test_before_the_first_job_the_typical_durations_are_taken():
    assert Estimate({"train": 2, "score": 1}, {"train": 30, "score": 10}, now=0).remaining(0) == 70


def test_what_jobs_took_here_counts_more_than_what_is_typical():
    estimate = Estimate({"train": 3}, {"train": 30}, now=0)
    estimate.start(1, "train", now=0)
    assert estimate.finish(1, now=60) == 60
    assert estimate.remaining(60) == 120


def test_a_slow_machine_is_slow_at_the_other_rules_too():
    estimate = Estimate({"train": 1, "score": 2}, {"train": 30, "score": 10}, now=0)
    estimate.start(1, "train", now=0)
    estimate.finish(1, now=60)
    assert estimate.remaining(60) == 40


def test_jobs_that_ran_side_by_side_will_go_on_so():
    estimate = Estimate({"train": 6}, {}, now=0)
    for job in (1, 2):
        estimate.start(job, "train", now=0)
    for job in (1, 2):
        estimate.finish(job, now=30)
    assert estimate.remaining(30) == 60


def test_the_last_job_is_not_shared():
    estimate = Estimate({"train": 2, "report": 1}, {"report": 50}, now=0)
    for job in (1, 2):
        estimate.start(job, "train", now=0)
    for job in (1, 2):
        estimate.finish(job, now=30)
    assert estimate.remaining(30) == 50


def test_what_a_running_job_has_done_is_done():
    estimate = Estimate({"train": 1}, {"train": 30}, now=0)
    estimate.start(1, "train", now=0)
    assert estimate.remaining(10) == 20
    assert estimate.remaining(40) == 0


@given(
    counts=st.dictionaries(st.sampled_from("abc"), st.integers(1, 4), min_size=1),
    seconds=st.lists(st.floats(0.1, 1000), min_size=12, max_size=12),
)
def test_it_ends_at_nothing(counts, seconds):
    estimate, now, job = Estimate(counts, dict.fromkeys("abc", 5.0), now=0), 0.0, 0
    for rule, count in counts.items():
        for _ in range(count):
            assert estimate.remaining(now) > 0
            estimate.start(job, rule, now)
            now += seconds[job]
            estimate.finish(job, now)
            job += 1
    assert estimate.remaining(now) == 0


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "1 s"), (59, "59 s"), (60, "1 min"), (3569, "59 min"), (3600, "1.0 h"), (9000, "2.5 h")],
)
def test_durations_are_said_briefly(seconds, said):
    assert duration(seconds) == said


def test_beforehand_the_table_tells_how_long_it_takes():
    estimate = Estimate({"train": 4, "rank": 2}, {"train": 20, "rank": 10}, now=0)
    assert estimate.beforehand(cores=1) == 100
    assert estimate.beforehand(cores=2) == 50
    assert estimate.beforehand(cores=64) == 20  # no job is cut in two
    assert Estimate({"train": 4, "other": 1}, {"train": 20}, now=0).beforehand(cores=2) is None
