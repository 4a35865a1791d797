import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.jobs.progress import Progress, calibrate, duration, stage


def test_nothing_is_said_while_a_rule_is_unknown():
    progress = Progress({"train": 2, "score": 1}, {"train": 30}, now=0)
    assert progress.remaining(0) is None


def test_before_the_first_job_the_typical_durations_are_taken():
    assert Progress({"train": 2, "score": 1}, {"train": 30, "score": 10}, now=0).remaining(0) == 70


def test_what_jobs_took_here_counts_more_than_what_is_typical():
    progress = Progress({"train": 3}, {"train": 30}, now=0)
    progress.start(1, "train", now=0)
    assert progress.finish(1, now=60) == 60
    assert progress.remaining(60) == 120


def test_a_slow_machine_is_slow_at_the_other_rules_too():
    progress = Progress({"train": 1, "score": 2}, {"train": 30, "score": 10}, now=0)
    progress.start(1, "train", now=0)
    progress.finish(1, now=60)
    assert progress.remaining(60) == 30  # once and a half as slow: one job proves little


def test_jobs_that_ran_side_by_side_will_go_on_so():
    progress = Progress({"train": 6}, {}, now=0)
    for job in (1, 2):
        progress.start(job, "train", now=0)
    for job in (1, 2):
        progress.finish(job, now=30)
    assert progress.remaining(30) == 60


def test_the_last_job_is_not_shared():
    progress = Progress({"train": 2, "report": 1}, {"report": 50}, now=0)
    for job in (1, 2):
        progress.start(job, "train", now=0)
    for job in (1, 2):
        progress.finish(job, now=30)
    assert progress.remaining(30) == 50


def test_what_a_running_job_has_done_is_done():
    progress = Progress({"train": 1}, {"train": 30}, now=0)
    progress.start(1, "train", now=0)
    assert progress.remaining(10) == 20
    assert progress.remaining(40) == 0


@given(
    counts=st.dictionaries(st.sampled_from("abc"), st.integers(1, 4), min_size=1),
    seconds=st.lists(st.floats(0.1, 1000), min_size=12, max_size=12),
)
def test_it_ends_at_nothing(counts, seconds):
    progress, now, job = Progress(counts, dict.fromkeys("abc", 5.0), now=0), 0.0, 0
    for rule, count in counts.items():
        for _ in range(count):
            assert progress.remaining(now) > 0
            progress.start(job, rule, now)
            now += seconds[job]
            progress.finish(job, now)
            job += 1
    assert progress.remaining(now) == 0


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "1 s"), (59, "59 s"), (60, "1 min"), (3569, "59 min"), (3600, "1.0 h"), (9000, "2.5 h")],
)
def test_durations_are_said_briefly(seconds, said):
    assert duration(seconds) == said


@pytest.mark.parametrize(("cores", "seconds"), [(1, 100), (2, 50), (64, 20)])
def test_beforehand_the_work_is_shared_by_the_cores_but_no_job_is_cut_in_two(cores, seconds):
    progress = Progress({"train": 4, "rank": 2}, {"train": 20, "rank": 10}, now=0, cores=cores)
    assert progress.remaining(0) == seconds


def test_rules_that_share_a_stage_count_as_one():
    progress = Progress({"rank_0": 2, "rank_1": 1, "train": 1}, {"rank": 10, "train": 5}, now=0)
    assert progress.stages == {"rank": 3, "train": 1} and progress.total == 4
    assert progress.under_way() == []
    progress.start(1, "rank_0", now=0)
    progress.start(2, "rank_1", now=0)
    progress.finish(1, now=10)
    assert progress.under_way() == [("rank", 1, 3)] and progress.done == 1


def test_a_job_that_failed_is_still_to_be_done():
    progress = Progress({"train": 1}, {"train": 30}, now=0)
    progress.start(1, "train", now=0)
    progress.fail(1)
    assert progress.remaining(10) == 30 and progress.under_way() == []


@pytest.mark.parametrize(
    ("rule", "name"), [("rank", "rank"), ("rank_12", "rank"), ("all_cells", "all_cells"), ("bm25", "bm25")]
)
def test_a_stage_is_a_rule_without_the_number_of_its_share(rule, name):
    assert stage(rule) == name


def test_calibration_is_a_short_piece_of_work():
    assert 0.1 < calibrate() < 20
