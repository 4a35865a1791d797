"""Score the candidates of the test queries on some pairs."""

from pathlib import Path

from switchrank.collections.base import Corpus
from switchrank.files import read_parquet, write_parquet
from switchrank.jobs.job import job
from switchrank.rankers.base import RANKERS, Resources
from switchrank.registry import make
from switchrank.retrieval.candidates import candidates_on

with job(snakemake.log[0]):
    files, system, seed = snakemake.params.files, snakemake.wildcards.system, int(snakemake.wildcards.seed)
    corpus = Corpus.read(snakemake.params.corpus)
    resources = Resources.read(
        Corpus.read(snakemake.params.corpus, files["view"]),
        encodings={"collection": files["encodings"]} if files["encodings"] else {},
        idf=files["idf"],
        bm25=files["bm25"],
    )
    cls, settings = make(RANKERS, snakemake.params.entry)
    ranker = cls.load(Path(files["model"]), resources) if files["model"] else cls(settings, resources)
    candidates = read_parquet(snakemake.input.candidates)
    for name, path in files["runs"].items():
        of_pair = candidates_on(candidates, corpus, files["pairs"][name], "test")
        write_parquet(path, ranker.run(system, seed, name, of_pair))
