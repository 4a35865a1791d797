"""Texts that rankers do not read to their end."""

import numpy as np
import pandas as pd

from switchrank.analyses.truncated import count_truncated
from switchrank.encoders.encodings import Encodings, write_encodings


class Letters:
    """A token for each letter."""

    vocabulary, unknown = 2, 1

    def encode_tokens(self, texts):
        offsets = np.cumsum([0, *map(len, texts)])
        return (np.zeros(offsets[-1], np.int32), offsets, np.ones((offsets[-1], 1)), np.ones((len(texts), 1)))


def test_texts_are_counted_by_limit_kind_and_language(tmp_path):
    texts = {"en": (["a", "aa"], ["aaaa", "aa"]), "hi": (["aaa", "aaaa"], ["aaaaaa", "aaaaaa"])}
    for language, (queries, passages) in texts.items():
        items = (pd.Series(own, ["1", "2"]) for own in (queries, passages))
        write_encodings(tmp_path / language, *items, Letters())
    encodings = Encodings({"collection": {language: tmp_path / language for language in texts}})
    rows = count_truncated(encodings, {"kernel": 3, "short": 1, "kernel-fast": 3})
    shown = [(row["tokens"], row["rankers"], row["kind"], row["of"], row["texts"]) for row in rows]
    assert shown == [
        (1, ["short"], "query", 4, {"en": 1, "hi": 2}),
        (1, ["short"], "passage", 4, {"en": 2, "hi": 2}),
        (3, ["kernel", "kernel-fast"], "query", 4, {"en": 0, "hi": 1}),
        (3, ["kernel", "kernel-fast"], "passage", 4, {"en": 1, "hi": 2}),
    ]
