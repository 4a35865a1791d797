# Which pairs are done by one job; see experiment.shards. Where files of single pairs are asked for and nothing
# is there yet, each pair is a job of its own, so that a cell by name computes that cell and no other.
TOGETHER = {
    system: experiment.pairs_of(system)
    for system in experiment.systems
    if experiment.ranker(system).shard == "all" and not experiment.has_models_by_pair(system)
}
if not RECORDED and one_by_one(TARGETS, paths.single_pair_files()):
    TOGETHER = {}
SHARDED = with_new_pairs(RECORDED, TOGETHER)
# A job on another machine gets its rule, and does not know what was asked for.
ALONE = [system for system in experiment.systems if system not in TOGETHER or not workflow.is_main_process]
SHARDS = {"": Shard(SINGLE, tuple(ALONE), (SINGLE,))} | shards(SHARDED)
AVERAGES = shards({system: {"averages": experiment.groups_with(system)} for system in experiment.systems})


onstart:
    try:
        check_writable(RESULTS)
        if TOGETHER:
            write_json(SHARDS_FILE, RECORDED | SHARDED)
    except UserError as error:
        raise SystemExit(f"Error: {error}") from None
