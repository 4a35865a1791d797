"""The seed dictionary from the tagging schema."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.errors import UserError
from switchrank.files import write_json
from switchrank.lexicons.dictionaries import PARTS, seed_dictionary

ENGLISH = {
    "presets": {
        "bridge": {"name": "Bridge", "terms": "overpass,span", "aliases": "Viaduct"},
        "hotel": {"name": "Hotel"},
        "bus": {"name": "Bus Stop"},
        "only": {"name": "Only"},
        "b": {"name": "B2"},
    },
    "fields": {
        "surface": {
            "label": "Surface",
            "placeholder": "Unknown",
            "options": {"asphalt": "Asphalt", "terms": {"title": "Terms", "description": "Long"}},
        }
    },
}
GERMAN = {
    "presets": {
        "bridge": {"name": " Bru\u0308cke", "terms": "viadukt", "aliases": "Viadukt"},
        "hotel": {"name": "Hotel"},
        "bus": {"name": "Haltestelle"},
        "b": {"name": "Zwei"},
    },
    "fields": {
        "surface": {
            "label": "Oberfläche",
            "placeholder": "Unbekannt",
            "options": {
                "asphalt": {"title": "Asphaltbelag"},
                "terms": {"title": "Begriffe", "description": "Lang"},
            },
        }
    },
}


def schema(folder, **languages):
    for code, presets in languages.items():
        write_json(folder / f"{code}.json", {code: {"presets": presets}})
    return folder


def names(pairs):
    return {"presets": {str(number): {"name": name} for number, name in enumerate(pairs)}}


def test_parallel_single_words_that_are_not_spelt_alike(tmp_path):
    pairs, stats = seed_dictionary(schema(tmp_path, en=ENGLISH, de=GERMAN), "de")
    assert list(zip(pairs["source"], pairs["target"], strict=True)) == [
        ("asphalt", "asphaltbelag"),
        ("bridge", "brücke"),
        ("surface", "oberfläche"),
        ("terms", "begriffe"),
    ]
    assert stats["names"] == 7
    assert stats["single_words"] == 5
    assert stats["spelt_alike"] == 1
    assert sum(stats["pairs"].values()) == len(pairs)
    json.dumps(stats)


LETTERS = st.text("abcdefgh", min_size=1, max_size=3)
PAIRS = st.lists(st.tuples(LETTERS, LETTERS), max_size=60)


@given(PAIRS)
def test_what_is_tested_is_seen_by_no_earlier_part_from_either_side(tmp_path_factory, pairs):
    folder = tmp_path_factory.mktemp("schema")
    schema(folder, en=names(s for s, _ in pairs), it=names(t for _, t in pairs))
    frame, stats = seed_dictionary(folder, "it")
    assert set(frame["part"]) <= set(PARTS)
    assert (frame["source"] != frame["target"]).all()
    assert (frame.groupby("source")["part"].nunique() <= 1).all()
    assert (frame.groupby("target")["part"].nunique() <= 1).all()
    distinct = {(s, t) for s, t in pairs if s != t}
    assert set(zip(frame["source"], frame["target"], strict=True)) <= distinct
    assert len(frame) + stats["target_in_later_part"] == len(distinct)
    schema(folder, en=names(s for s, _ in reversed(pairs)), it=names(t for _, t in reversed(pairs)))
    assert seed_dictionary(folder, "it")[0].equals(frame)


def test_a_word_is_in_the_same_part_for_every_language_and_parts_have_their_shares(tmp_path):
    sources = [a + b + c for a in "bcdfgh" for b in "aeiou" for c in "klmnprst"]
    schema(
        tmp_path, en=names(sources), it=names(f"{s}o" for s in sources), nl=names(f"{s}en" for s in sources)
    )
    italian, dutch = (seed_dictionary(tmp_path, language)[0] for language in ("it", "nl"))
    assert italian["part"].tolist() == dutch["part"].tolist()
    for part, share in PARTS.items():
        assert abs((italian["part"] == part).mean() - share) < 0.12


def test_chinese_is_read_in_simplified_characters(tmp_path):
    simplified, traditional = names(["桥"]), names(["橋"])
    schema(tmp_path, en=names(["Bridge"]), zh=traditional, **{"zh-CN": simplified})
    assert seed_dictionary(tmp_path, "zh")[0]["target"].tolist() == ["桥"]


def test_missing_and_foreign_files_are_named(tmp_path):
    schema(tmp_path, en=ENGLISH)
    with pytest.raises(UserError, match=r"hi\.json: not found"):
        seed_dictionary(tmp_path, "hi")
    write_json(tmp_path / "hi.json", ["something else"])
    with pytest.raises(UserError, match=r"hi\.json: found no hi\.presets"):
        seed_dictionary(tmp_path, "hi")
