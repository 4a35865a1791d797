"""Lexicons as files, and what switching reads from them."""

import math
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.errors import UserError
from switchrank.lexicons.tsv import can_be_found, read_lexicon, to_mapping, to_translations, write_lexicon


def frame(*rows):
    return pd.DataFrame(rows, columns=["source", "target", "score"])


def test_a_lexicon_comes_back_as_written(tmp_path):
    path = tmp_path / "en-de.tsv"
    write_lexicon(path, frame(("red", "rot", 0.25), ("new york", "straße", -0.5)))
    written = "source\ttarget\tscore\nred\trot\t0.25\nnew york\tstraße\t-0.5\n"
    assert path.read_text(encoding="utf-8") == written
    assert to_mapping(read_lexicon(path, "en", "de")) == {"red": "rot", "new york": "straße"}


def test_a_users_lexicon_is_normalised_and_its_best_translation_comes_first(tmp_path):
    path = tmp_path / "mine.tsv"
    path.write_bytes(
        "source\ttarget\tscore\r\nRed\trot\t1\r\nred\tRöte\t2\r\nred\tlast\t2\r\ndog\tHund\t0\r\n".encode()
    )
    lexicon = read_lexicon(path, "en", "de")
    assert lexicon.to_dict("list") == {
        "source": ["red", "red", "red", "dog"],
        "target": ["Röte", "last", "rot", "Hund"],
        "score": [2, 2, 1, 0],
    }
    assert to_mapping(lexicon) == {"red": "Röte", "dog": "Hund"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", ": found no translation"),
        (b"source\ttarget\tscore\n", ": found no translation"),
        (b"en\tde\tscore\na\tb\t1\n", r", line 1: found \['en', 'de', 'score'\], expected the header"),
        (
            b"source\ttarget\tscore\na\tb\t1\na\tb\n",
            r", line 3: found \['a', 'b'\], expected source, target, score or share",
        ),
        (b"source\ttarget\tscore\n\tb\t1\n", ", line 2: found"),
        (b"source\ttarget\tscore\na\tb\tx\n", ", line 2: found score 'x', expected a finite number"),
        (b"source\ttarget\tscore\na\tb\tinf\n", ", line 2: found score 'inf'"),
        (b"source\ttarget\tscore\n\xff\tb\t1\n", ", line 2: found 'utf-8'"),
        (b"source\ttarget\tshare\na\tb\t0\n", ", line 2: found share '0', expected a number above 0"),
    ],
)
def test_bad_lines_are_named(tmp_path, content, message):
    path = tmp_path / "mine.tsv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"mine\.tsv" + message):
        read_lexicon(path, "en", "de")


def test_a_byte_order_mark_and_blank_lines_are_no_mistake(tmp_path):
    path = tmp_path / "mine.tsv"
    path.write_bytes("\ufeffsource\ttarget\tscore\r\n\r\nred\trot\t1\r\n\r\n".encode())
    assert to_mapping(read_lexicon(path, "en", "de")) == {"red": "rot"}


def test_shares_come_back_as_written_and_are_the_probabilities(tmp_path):
    lexicon = pd.DataFrame({"source": ["red"] * 3, "target": ["rot", "rote", "röter"], "share": [5, 3, 2]})
    write_lexicon(tmp_path / "mine.tsv", lexicon)
    drawn = to_translations(read_lexicon(tmp_path / "mine.tsv", "en", "de"))
    assert drawn == {"red": [("rot", 0.5), ("rote", 0.3), ("röter", 0.2)]}


def test_a_missing_lexicon_is_named(tmp_path):
    with pytest.raises(UserError, match=r"none\.tsv: not found"):
        read_lexicon(tmp_path / "none.tsv", "en", "de")


def test_a_pair_given_twice_counts_once_with_its_better_score(tmp_path):
    path = tmp_path / "mine.tsv"
    write_lexicon(
        path, frame(("bus  Stop", "Halt", 1), ("bus stop", "Halt", 2), ("bus stop", "Haltestelle", 2))
    )
    assert read_lexicon(path, "en", "de").values.tolist() == [
        ["bus stop", "Halt", 2],
        ["bus stop", "Haltestelle", 2],
    ]


SCORES = st.lists(st.floats(-5, 5), min_size=1, max_size=6)


@given(st.lists(SCORES, min_size=1, max_size=5))
def test_probabilities_add_up_to_one_and_follow_the_scores(scores):
    rows = [(f"s{i}", f"t{k}", score) for i, listed in enumerate(scores) for k, score in enumerate(listed)]
    for (source, drawn), listed in zip(to_translations(frame(*rows)).items(), scores, strict=True):
        assert source.startswith("s") and len(drawn) == len(listed)
        assert math.isclose(sum(probability for _, probability in drawn), 1)
        by_score = sorted(zip(listed, (probability for _, probability in drawn), strict=True))
        assert all(a[1] <= b[1] for a, b in pairwise(by_score))


def test_equal_scores_are_equally_likely_and_a_tenth_less_is_a_third_as_likely():
    drawn = to_translations(frame(("red", "rot", 1), ("red", "rote", 1), ("red", "röter", 0.9)))["red"]
    assert drawn[0][1] == drawn[1][1] == pytest.approx(math.e * drawn[2][1])


@pytest.mark.parametrize("source", ["red", "bus stop", "new york city", "dog's", "红色"])
def test_one_to_three_words_can_be_found(source):
    assert can_be_found(source, "en")


@pytest.mark.parametrize("source", ["", "!", "t-shirt", "red,", "the city of york", "bus  stop"])
def test_more_words_or_others_marks_between_cannot(source):
    assert not can_be_found(source, "en")


@pytest.mark.parametrize(
    ("source", "language", "target", "other", "expected"),
    [
        ("Bru\u0308cke", "de", "BRI\u00adDGE", "en", ["brücke", "BRIDGE"]),
        ("Straße", "de-CH", "road", "en", ["strasse", "road"]),
        ("IŞIK", "tr", "light", "en", ["ışık", "light"]),
        ("Кућа", "sr", "house", "en", ["kuća", "house"]),
        ("house", "en", "Кућа", "sr", ["house", "Кућа"]),
        ("car", "en", "汽車", "zh-Hant", ["car", "汽車"]),
        ("L’arbre", "fr", "the\u00a0tree", "en", ["l'arbre", "the tree"]),
        ("word", "en", "كَلِمَة", "ar", ["word", "كلمة"]),
        ("news", "en", "Ştiri", "ro", ["news", "Știri"]),
    ],
)
def test_sources_are_normalised_and_targets_cleaned(tmp_path, source, language, target, other, expected):
    path = tmp_path / "mine.tsv"
    path.write_text(f"source\ttarget\tscore\n{source}\t{target}\t1\n", encoding="utf-8")
    assert read_lexicon(path, language, other).values.tolist() == [[*expected, 1]]


@pytest.mark.parametrize("line", ["\u00ad\tb\t1", "a\t\u2060\t1", "a\t\u200b\t1"])
def test_what_has_no_letter_to_be_seen_is_missing(tmp_path, line):
    path = tmp_path / "mine.tsv"
    path.write_text(f"source\ttarget\tscore\n{line}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"mine\.tsv, line 2: found"):
        read_lexicon(path, "en", "de")


@pytest.mark.parametrize(
    ("source", "language", "found"),
    [
        ("l'arbre", "fr", True), ("l'", "fr", True), ("de l'eau", "fr", True),
        ("rue de l'arbre", "fr", True), ("rue d'un bel arbre", "fr", False),
        ("l' arbre", "fr", False), ("aujourd'hui", "fr", True), ("mp3", "en", True), ("4x4", "en", True),
        ("boys' club", "en", False), ("entr'eux", "fr", True), ("σ'αγαπώ", "el", True),
        ("1920s", "en", False), ("route 66", "en", False), ("bus 7", "en", False), ("قلب", "ar", True),
    ],
)  # fmt: skip
def test_elided_words_count_and_numbers_are_not_found(source, language, found):
    assert can_be_found(source, language) == found
