"""Weigh the encoder's pieces by the passages of all languages."""

from safetensors.numpy import save_file

from switchrank.encoders.encodings import Encodings, piece_idf
from switchrank.files import atomic
from switchrank.jobs.job import job

with job(snakemake):
    idf = piece_idf(Encodings({"collection": snakemake.params.encodings}))
    with atomic(snakemake.output[0]) as aside:
        save_file({"idf": idf}, aside)
