# Whole models, as Hugging Face lays them out, by name: models/ml-cs-ce/seed1
rule whole_model:
    input:
        files_of(needed_for_whole_model, "system", "seed"),
        corpus=paths.corpus_index(),
    output:
        directory(paths.whole_model("{system}", "{seed}")),
    log:
        paths.log("whole_model", "{system}/seed{seed}"),
    benchmark:
        paths.benchmark("whole_model", "{system}/seed{seed}")
    wildcard_constraints:
        system=one_of(experiment.exported),
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1500,
    params:
        corpus=arranged(paths.corpus),
        entry=lookup(dpath="{system}", within=RANKERS_OF_SYSTEMS),
        description=given(lambda system: experiment.entry(system)["description"], "system"),
        files=arranged(needed_for_whole_model, "system", "seed"),
        data=given(paths.assets_of, "system"),
        code=code_of_kind("whole_model.py", RANKERS, RANKERS_OF_SYSTEMS, "system"),
    script:
        "../scripts/whole_model.py"
