"""Write a whole model, with its card, as Hugging Face lays models out."""

from pathlib import Path

from switchrank.assets.manifest import read_manifest
from switchrank.collections.base import Corpus
from switchrank.exports.model_card import model_card
from switchrank.files import read_files, read_json, write_text
from switchrank.jobs.job import job
from switchrank.rankers.base import RANKERS, Resources

with job(snakemake):
    params, files, folder = snakemake.params, snakemake.params.files, Path(snakemake.output[0])
    resources = Resources.read(Corpus.read(params.corpus), pretrained=files["pretrained"])
    RANKERS[params.entry["kind"]].load(Path(files["model"][0]).parent, resources).export(folder)
    card = model_card(
        system=snakemake.wildcards.system,
        seed=int(snakemake.wildcards.seed),
        description=params.description,
        settings=params.entry,
        data=read_json(files["data"]),
        origin=read_json(f"{files['pretrained']}/origin.json"),
        cells=list(read_files(files["cells"]).values()),
        licences={name: read_manifest(name)["licence"] for name in params.data},
        folder=str(folder),
    )
    write_text(folder / "README.md", card)
