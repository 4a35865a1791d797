# Runs: the candidates of the test queries, scored on all pairs of a shard.


for suffix, shard in SHARDS.items():

    rule:
        name:
            f"rank{suffix}"
        input:
            partial(rank_inputs, shard=shard),
            corpus=paths.corpus_index(),
            candidates=paths.candidates,
        output:
            [paths.run("{system}", "{seed}", pair) for pair in shard.pairs],
        log:
            paths.log("rank", f"{{system}}/seed{{seed}}/{shard.name}"),
        benchmark:
            paths.benchmark("rank", f"{{system}}/seed{{seed}}/{shard.name}")
        wildcard_constraints:
            system=one_of(shard.systems),
        conda:
            "../../envs/training.yaml"
        resources:
            mem_mb=1500,
        params:
            corpus=corpus_folder,
            entry=entry_of_system,
            mixed=partial(mixed_sides, shard=shard),
            files=partial(rank_params, shard=shard),
            code=rank_code,
        script:
            "../scripts/rank.py"
