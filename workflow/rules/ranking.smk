# Runs: the candidates of the test queries, scored on all pairs of a shard.


def ranking_files(system, pairs, seed):
    """By name, what a system ranks some pairs with: model, encodings, BM25's runs, texts of another view."""
    needs, view = experiment.ranker(system).needs, paths.view_of(system)
    languages = [language for language in experiment.languages if language != SOURCE]
    return {
        "view": None if view == "collection" else paths.view_folder(view),
        "texts": [] if view == "collection" else [paths.texts(view, language) for language in languages],
        "model": paths.model_of(system, seed, pairs[0]) if experiment.is_trained(system) else None,
        "encodings": paths.encodings_by_language(view) if "encodings" in needs else {},
        "bm25": BM25 if "bm25" in needs else {},
    }


def rank_inputs(wildcards, shard):
    """The same as a list."""
    files = ranking_files(wildcards.system, pairs_of(shard, wildcards), wildcards.seed)
    model = multiext(f"{files['model']}/", "model.safetensors", "config.json") if files["model"] else []
    return [*model, *flat([files["texts"], files["encodings"], files["bm25"]])]


def rank_params(wildcards, output, shard):
    """What the script is told: where everything lies, and which pairs it ranks."""
    pairs = pairs_of(shard, wildcards)
    return ranking_files(wildcards.system, pairs, wildcards.seed) | {
        "pairs": {pair: experiment.pairs[pair] for pair in pairs},
        "runs": dict(zip(pairs, output)),
    }


def entry_of_system(wildcards):
    """What the config says of a system's ranker."""
    return experiment.ranker_entry(wildcards.system)


def rank_code(wildcards):
    """The fingerprint of what ranks with this kind of ranker."""
    return code("rank.py", RANKERS.file(entry_of_system(wildcards)["kind"]))


for suffix, shard in SHARDS.items():

    rule:
        name:
            f"rank{suffix}"
        input:
            partial(rank_inputs, shard=shard),
            corpus=paths.corpus_files(),
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
            corpus=paths.corpus,
            entry=entry_of_system,
            files=partial(rank_params, shard=shard),
            code=rank_code,
        script:
            "../scripts/rank.py"
