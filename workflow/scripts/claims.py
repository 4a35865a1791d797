"""Judge the paper's claims."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.claims import judge_claims

with job(snakemake.log[0]):
    config = Path(snakemake.scriptdir).resolve().parents[1] / "config"
    measures, plan = {}, snakemake.params.plan
    for path in map(Path, snakemake.input.measures):
        measures.setdefault(path.parent.name, {})[path.stem] = path
    judge_claims(
        config / "claims.yaml",
        config / "published.yaml",
        measures,
        plan["groups"],
        plan["impossible"],
        Path(snakemake.params.corpus),
        Path(snakemake.input.candidates),
        Path(snakemake.input.overlap),
        {system: Path(path) for system, path in plan["training"].items()},
        Path(snakemake.input.costs),
        plan["variants"],
        Path(snakemake.output.csv),
        Path(snakemake.output.json),
    )
