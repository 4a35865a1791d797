rule asset:
    output:
        directory("resources/{asset}"),
    log:
        "logs/assets/{asset}.log",
    benchmark:
        "results/benchmarks/assets/{asset}.tsv"
    wildcard_constraints:
        asset="|".join(ASSETS),
    localrule: True
    conda:
        "../../envs/download.yaml"
    resources:
        mem_mb=300,
    params:
        spec=lookup(dpath="{asset}", within=ASSETS),
        code=code("fetch_asset.py"),
    script:
        "../scripts/fetch_asset.py"
