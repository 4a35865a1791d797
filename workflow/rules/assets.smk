rule asset:
    output:
        directory("resources/{asset}"),
    log:
        "logs/assets/{asset}.log",
    benchmark:
        "results/benchmarks/assets/{asset}.tsv"
    wildcard_constraints:
        asset="|".join(ASSETS),
    params:
        spec=lookup(dpath="{asset}", within=ASSETS),
        code=code("fetch_asset.py"),
    resources:
        mem_mb=300,
    conda:
        "../../envs/download.yaml"
    localrule: True
    script:
        "../scripts/fetch_asset.py"
