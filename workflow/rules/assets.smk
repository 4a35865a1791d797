rule asset:
    output:
        directory("resources/{asset}"),
    log:
        "resources/logs/{asset}.log",
    benchmark:
        "resources/benchmarks/{asset}.tsv"
    wildcard_constraints:
        asset=one_of(ASSETS),
    localrule: True
    conda:
        "../../envs/download.yaml"
    resources:
        mem_mb=300,
    params:
        spec=lookup(dpath="{asset}", within=ASSETS),
        code=asset_code,
    script:
        "../scripts/asset.py"
