"""The stages that make lexicons, on files."""

import json
import logging

import numpy as np
import pandas as pd
import pytest

from switchrank.errors import UserError
from switchrank.files import read_json, write_json
from switchrank.lexicons.tsv import read_lexicon, write_lexicon
from switchrank.lexicons.vectors import write_vectors
from switchrank.stages.induced_lexicon import induce_lexicons
from switchrank.stages.own_lexicon import copy_lexicon, own_lexicon
from switchrank.stages.shuffled_lexicon import shuffle_lexicon
from switchrank.stages.titles_lexicon import title_lexicons
from switchrank.stages.training_words import training_words

HEADER = "source\ttarget\tscore\n"


@pytest.fixture
def dictionaries(tmp_path):
    """A schema of 700 names in English and German, "word7" → "wort7", and some that are tested on."""
    folder = tmp_path / "schema"
    folder.mkdir()
    plain = [chr(97 + i // 26) + chr(97 + i % 26) for i in range(600)]  # one word each, no digits
    for code, stem in (("en", "name"), ("de", "wort")):
        names = {f"p{place}": {"name": f"{stem}{own}"} for place, own in enumerate(plain)}
        names |= {"bus": {"name": {"en": "Bus Stop", "de": "Haltestelle"}[code]}}
        content = {code: {"presets": {"presets": names}}}
        (folder / f"{code}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_training_words_are_those_of_the_training_split_of_a_language(corpus):
    found = training_words(corpus, "de")
    assert {"red", "name00", "words15", "de"} <= set(found)
    assert not {"name16", "words20", "en"} & set(found)


def entries(path):
    lexicon = read_lexicon(path)
    return dict(zip(lexicon["source"], lexicon["target"], strict=True))


def test_english_is_not_translated_into_words_that_only_the_collection_has(corpus, dictionaries, tmp_path):
    """Nearest to "b" is a German word that is not frequent; into English it is translated all the same."""
    degrees = {"en": {"a": 0, "b": 90}, "de": {"anfang": 10, "beginn": 91, "zettel": 60}}
    for language, own in degrees.items():
        angles = np.radians(list(own.values()))
        vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
        write_vectors(tmp_path / f"{language}.safetensors", list(own), vectors)
    write_json(tmp_path / "counts.json", {"frequent": 1})
    paths = [tmp_path / name for name in ("en-de.tsv", "de-en.tsv", "stats.json")]
    vectors = tmp_path / "de.safetensors", tmp_path / "en.safetensors"
    induce_lexicons(*vectors, tmp_path / "counts.json", dictionaries, corpus, "de", {"method": "nn"}, *paths)
    assert entries(paths[0]) == {"a": "anfang", "b": "anfang"}
    assert entries(paths[1]) == {"anfang": "a", "beginn": "b", "zettel": "b"}


def test_a_users_lexicon_is_taken_over_and_measured(corpus, dictionaries, tmp_path, caplog):
    rows = [f"{'name' + own}\twort{own}\t1\n" for own in ("aa", "ab", "ac")]
    source = tmp_path / "en-de.tsv"
    source.write_text(HEADER + "".join(rows) + "red\trot\t2\nt-shirt\tHemd\t1\n", encoding="utf-8")
    paths = tmp_path / "lexicon.tsv", tmp_path / "stats.json"
    with caplog.at_level(logging.WARNING):
        own_lexicon(source, dictionaries, corpus, "de", *paths)
    (warning,) = caplog.messages
    assert f"{source}: found 1 sources that are never switched, such as 't-shirt'" in warning
    pd.testing.assert_frame_equal(read_lexicon(paths[0]), read_lexicon(source))
    stats = read_json(paths[1])
    assert (stats["method"], stats["from_english"]["words"]) == ("file", 5)
    assert stats["from_english"]["precision_at_1"] in (1, None)  # by chance none of the three is tested on
    assert 0 < stats["coverage_of_training_tokens"] < 1


def test_a_bad_line_of_a_users_lexicon_is_named_and_nothing_is_written(tmp_path):
    source = tmp_path / "de-en.tsv"
    source.write_text(HEADER + "rot\tred\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"de-en\.tsv, line 2: found \['rot', 'red'\]"):
        copy_lexicon(source, tmp_path / "lexicon.tsv")
    assert not (tmp_path / "lexicon.tsv").exists()


def test_a_shuffled_lexicon_has_the_same_words_and_next_to_no_precision(corpus, dictionaries, tmp_path):
    own = [chr(97 + i // 26) + chr(97 + i % 26) for i in range(600)]
    right = pd.DataFrame(
        {"source": [f"name{o}" for o in own], "target": [f"wort{o}" for o in own], "score": 1.0}
    )
    write_lexicon(tmp_path / "en-de.tsv", right)
    paths = tmp_path / "shuffled.tsv", tmp_path / "stats.json"
    shuffle_lexicon(tmp_path / "en-de.tsv", dictionaries, corpus, "de", 1, *paths)
    shuffled = read_lexicon(paths[0])
    assert set(shuffled["target"]) == set(right["target"]) and set(shuffled["source"]) == set(right["source"])
    stats = read_json(paths[1])
    assert stats["from_english"]["n"] > 100 and stats["from_english"]["precision_at_1"] < 0.05


def test_titles_from_and_into_english_are_not_measured_on_themselves(corpus, dictionaries, tmp_path):
    paths = [tmp_path / name for name in ("en-de.tsv", "de-en.tsv", "stats.json")]
    title_lexicons(dictionaries, corpus, "de", *paths)
    assert {"bus stop": "haltestelle"}.items() <= dict(
        read_lexicon(paths[0])[["source", "target"]].values
    ).items()
    assert {"haltestelle": "bus stop"}.items() <= dict(
        read_lexicon(paths[1])[["source", "target"]].values
    ).items()
    stats = read_json(paths[2])
    assert stats["from_english"]["of_several_words"] == 1
    assert "precision_at_1" not in stats["from_english"]
