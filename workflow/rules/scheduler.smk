# A flaw of Snakemake's scheduler (seen in 9.27): at every step it starts a timer, and every timer causes a step. So
# with each job that ends there is one more step a second, which in the end takes a core. One timer at a time will do;
# benchmarks/scheduler.py says what it saves.
import time

from snakemake.scheduling.job_scheduler import JobScheduler

_start_timer = getattr(JobScheduler, "_schedule_reevalutation", None)


def _start_timer_unless_one_runs(scheduler, delay):
    now = time.monotonic()
    if now >= getattr(scheduler, "_timer_ends", now):
        scheduler._timer_ends = now + delay
        _start_timer(scheduler, delay)


if _start_timer:
    JobScheduler._schedule_reevalutation = _start_timer_unless_one_runs
