"""The seed dictionary from the tagging schema."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tagging_schema import write_names, write_schema

from switchrank.errors import UserError
from switchrank.files import write_json
from switchrank.lexicons.dictionaries import PARTS, parallel_names, seed_dictionary

ENGLISH = {
    "presets": {
        "bridge": {"name": "Bridge", "terms": "overpass,span", "aliases": "Viaduct"},
        "hotel": {"name": "Hotel"},
        "bus": {"name": "Bus Stop"},
        "only": {"name": "Only"},
        "b": {"name": "B22"},
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


def test_parallel_single_words_that_are_not_spelt_alike(tmp_path):
    pairs, stats = seed_dictionary(write_schema(tmp_path, en=ENGLISH, de=GERMAN), "en", "de")
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
    write_names(folder, en=[s for s, _ in pairs], it=[t for _, t in pairs])
    frame, stats = seed_dictionary(folder, "en", "it")
    assert set(frame["part"]) <= set(PARTS)
    assert (frame["source"] != frame["target"]).all()
    assert (frame.groupby("source")["part"].nunique() <= 1).all()
    assert (frame.groupby("target")["part"].nunique() <= 1).all()
    distinct = {(s, t) for s, t in pairs if s != t}
    assert set(zip(frame["source"], frame["target"], strict=True)) <= distinct
    assert len(frame) + stats["target_in_later_part"] == len(distinct)
    write_names(folder, en=[s for s, _ in reversed(pairs)], it=[t for _, t in reversed(pairs)])
    assert seed_dictionary(folder, "en", "it")[0].equals(frame)


def test_a_word_is_in_the_same_part_for_every_language_and_parts_have_their_shares(tmp_path):
    sources = [a + b + c for a in "bcdfgh" for b in "aeiou" for c in "klmnprst"]
    write_names(tmp_path, de=sources, it=[f"{s}o" for s in sources], nl=[f"{s}en" for s in sources])
    italian, dutch = (seed_dictionary(tmp_path, "de", language)[0] for language in ("it", "nl"))
    assert italian["part"].tolist() == dutch["part"].tolist()
    for part, share in PARTS.items():
        assert abs((italian["part"] == part).mean() - share) < 0.12


def test_chinese_is_read_in_simplified_characters(tmp_path):
    write_names(tmp_path, en=["Bridge"], zh=["橋"], **{"zh-CN": ["桥"]})
    for language in ("zh", "zh-Hans"):
        assert seed_dictionary(tmp_path, "en", language)[0]["target"].tolist() == ["桥"]


def test_missing_and_foreign_files_are_named(tmp_path):
    write_schema(tmp_path, en=ENGLISH)
    with pytest.raises(UserError, match=r"hi\.json: not found"):
        seed_dictionary(tmp_path, "en", "hi")
    write_json(tmp_path / "dist" / "translations" / "hi.json", ["something else"])
    with pytest.raises(UserError, match=r"hi\.json: found no hi\.presets"):
        seed_dictionary(tmp_path, "en", "hi")


def test_pairs_are_as_vocabularies_have_their_words(tmp_path):
    write_names(tmp_path, en=["Hou\u00adse", "Light"], sr=["Кућа", "Светло"], tr=["Ev", "IŞIK"])
    serbian, turkish = (seed_dictionary(tmp_path, "en", language)[0] for language in ("sr", "tr"))
    assert dict(zip(serbian["source"], serbian["target"], strict=True)) == {
        "house": "kuća",
        "light": "svetlo",
    }
    assert dict(zip(turkish["source"], turkish["target"], strict=True)) == {"house": "ev", "light": "ışık"}


@pytest.mark.parametrize(
    "text", ["", " ", "\u00ad", "\u200b", "{shop}", "{count} Brücken", "%s", "↑↑↑", "Brücke {0}"]
)
def test_texts_without_a_name_are_left_out_on_either_side(tmp_path, text):
    write_names(tmp_path, en=["Bridge", "Road", text], de=[text, "Weg", "Brücke"])
    assert parallel_names(tmp_path, "en", "de") == [("road", "weg")]
    assert seed_dictionary(tmp_path, "en", "de")[1]["names"] == 1


def test_a_name_given_twice_is_one_pair(tmp_path):
    write_names(tmp_path, en=["Road", "road ", "Road"], de=["Weg", "weg", "Straße"])
    pairs, stats = seed_dictionary(tmp_path, "en", "de")
    assert pairs["target"].tolist() == ["straße", "weg"] and stats["names"] == 2


@pytest.mark.parametrize(("name", "kept"), [("3D", True), ("B2", True), ("B22", False), ("1920er", False)])
def test_numbers_are_those_of_lexicons(tmp_path, name, kept):
    write_names(tmp_path, en=[name], de=["Weg"])
    assert len(seed_dictionary(tmp_path, "en", "de")[0]) == kept


def test_a_broken_character_is_damage_and_names_the_file(tmp_path):
    folder = tmp_path / "dist" / "translations"
    write_names(tmp_path, en=["Road"])
    (folder / "de.json").write_text('{"de": {"presets": {"0": {"name": "We\\ud800g"}}}}')
    with pytest.raises(UserError, match=r"de\.json: damaged"):
        seed_dictionary(tmp_path, "en", "de")
