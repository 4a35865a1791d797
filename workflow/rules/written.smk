# A file that is not what was written is found before anything is made of it, removed, and made again.
from contextlib import suppress

from snakemake.cli import get_argument_parser

from switchrank.jobs.dates import end_future
from switchrank.jobs.written import damaged, remove

# What a command may ask for instead of running jobs.
NO_RUN = """
    dryrun touch unlock lint list_rules list_target_rules print_compilation dag rulegraph filegraph d3dag
    summary detailed_summary list_changes list_input_changes list_params_changes list_untracked archive
    containerize generate_unit_tests cleanup_metadata cleanup_shadow delete_all_output delete_temp_output
    list_conda_envs conda_cleanup_envs conda_create_envs_only container_cleanup_images
""".split()


def runs_jobs(words):
    """Whether a command runs jobs: it is no dry run, and asks for nothing else."""
    asked = vars(get_argument_parser().parse_args(words))
    only_report = (asked["report"] or asked["reporter"]) and not asked["report_after_run"]
    return not (only_report or workflow.output_settings.dryrun or any(map(asked.get, NO_RUN)))


DAMAGED = []
if workflow.is_main_process:
    RUNS_JOBS = runs_jobs(sys.argv[1:])
    if RUNS_JOBS:
        end_future([SHARED, RESULTS, paths.resources])
    try:
        DAMAGED = damaged([SHARED, RESULTS], renew=RUNS_JOBS)
        there = [path for path in DAMAGED if os.path.exists(path)]
        for path in there:
            fate = "removed, to be made again" if RUNS_JOBS else "a run makes it again"
            print(f"{path}: is not what was written (damaged or edited): {fate}", file=sys.stderr)
        if RUNS_JOBS and there:
            remove(there, [SHARED, RESULTS])
    except UserError as error:
        raise SystemExit(f"Error: {error}") from None
    except OSError as error:
        raise SystemExit(f"Error: {error.filename}: cannot be read or removed: {error.strerror}") from None


def made_again(wildcards):
    """What was removed, if a rule makes it.

    Snakemake does not remake a file if everything made from it is there.
    """
    return [path for path in DAMAGED if any(known.is_producer(path) for known in workflow.rules)]


# Snakemake gives a job's files another date when the job has ended. They are read once more here, so that the
# next run need not. Where they cannot be read, the next run says so.
def take_dates():
    with suppress(OSError):
        damaged([SHARED, RESULTS], renew=True)


onsuccess:
    take_dates()


onerror:
    take_dates()
