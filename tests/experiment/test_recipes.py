"""What training data are made of, pair by pair, and what they are called."""

import pytest

from switchrank.experiment.recipes import Recipe, recipe
from switchrank.languages import parse_pair, sides

FIVE = ("de", "it", "nl", "ru", "ar")
FOURTEEN = ["ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "nl", "pt", "ru", "vi", "zh"]
SIDES = sides(FOURTEEN, {"xx6": ["en", *FIVE], "xx14": FOURTEEN})
ENGLISH = SIDES["en"]
SWITCHED = {"lexicon": "clwe", "ratio": 0.5}
SOURCE = {"query": ENGLISH, "passage": ENGLISH}


def ml_cs(**values):
    return {"data": "ml-cs", **SWITCHED, **values}


def of(training, pair="en-de"):
    return recipe(training, parse_pair(pair, SIDES), ENGLISH, FIVE)


@pytest.mark.parametrize("pair", ["en-en", "ar-it", "xx6-xx6"])
def test_one_model_for_all_pairs(pair):
    assert of({"data": "source"}, pair) == ("en-en", Recipe(**SOURCE))
    name, made = of(ml_cs(), pair)
    assert name == "ml-cs.clwe.p0.50"
    assert made == Recipe(**SOURCE, query_into=FIVE, passage_into=FIVE, **SWITCHED)


@pytest.mark.parametrize(
    ("pair", "query_into", "passage_into"),
    [
        ("de-it", ("de",), ("it",)),
        ("ar-ar", ("ar",), ("ar",)),
        ("en-de", (), ("de",)),
        ("fr-en", ("fr",), ()),
        ("xx6-en", FIVE, ()),
        ("en-xx6", (), FIVE),
    ],
)
def test_bl_cs_switches_each_side_into_its_own_language_and_never_english(pair, query_into, passage_into):
    name, made = of({"data": "bl-cs", **SWITCHED}, pair)
    assert name == f"bl-cs.clwe.p0.50.{pair}"
    assert made == Recipe(**SOURCE, query_into=query_into, passage_into=passage_into, **SWITCHED)
    assert made.lexicon_languages == sorted({*query_into, *passage_into})
    assert made.switched


@pytest.mark.parametrize("pair", ["en-en", "ar-it", "xx6-xx6"])
def test_whole_texts_are_switched_without_a_lexicon(pair):
    name, made = of({"data": "whole-texts", "ratio": 0.5}, pair)
    assert name == "whole-texts.p0.50"
    assert made == Recipe(**SOURCE, query_into=FIVE, passage_into=FIVE, ratio=0.5, mode="whole-texts")
    assert not made.switched and made.lexicon_languages == []


def test_the_collection_s_own_texts_are_of_the_sides_and_of_what_whole_texts_are_switched_into():
    assert of({"data": "whole-texts", "ratio": 0.5})[1].text_languages == ["en", *FIVE]
    assert of(ml_cs())[1].text_languages == ["en"]
    assert of({"data": "fine-tune"}, "ar-xx6")[1].text_languages == ["ar", "en", "de", "it", "nl", "ru"]


def test_bl_cs_is_ml_cs_where_both_sides_mix_all_languages():
    assert of({"data": "bl-cs", **SWITCHED}, "xx6-xx6") == of(ml_cs(), "xx6-xx6")
    assert of({"data": "bl-cs", **SWITCHED}, "xx14-xx14")[0] == "bl-cs.clwe.p0.50.xx14-xx14"


def test_bl_cs_has_nothing_to_switch_in_english():
    assert of({"data": "bl-cs", **SWITCHED}, "en-en") is None


@pytest.mark.parametrize("pair", ["de-it", "xx6-en", "ar-ar"])
def test_fine_tune_takes_the_texts_of_the_pair(pair):
    name, made = of({"data": "fine-tune"}, pair)
    assert (name, made) == (f"fine-tune.{pair}", Recipe(*(SIDES[name] for name in pair.split("-"))))
    assert not made.switched and made.lexicon_languages == []


def test_fine_tune_in_english_is_zero_shot():
    assert of({"data": "fine-tune"}, "en-en") == of({"data": "source"})


@pytest.mark.parametrize(
    ("training", "name"),
    [
        (ml_cs(ratio=0.25), "ml-cs.clwe.p0.25"),
        (ml_cs(ratio=1), "ml-cs.clwe.p1.00"),
        (ml_cs(ratio=0), "ml-cs.clwe.p0.00"),
        (ml_cs(ratio=0.125), "ml-cs.clwe.p0.125"),
        (ml_cs(lexicon="titles", ratio=1.0), "ml-cs.titles.p1.00"),
        (ml_cs(mode="static", stop_words=True), "ml-cs.clwe.p0.50"),
        (ml_cs(mode="coverage"), "ml-cs.clwe.p0.50.coverage"),
        (ml_cs(mode="dropout"), "ml-cs.clwe.p0.50.dropout"),
        (ml_cs(mode="dynamic", epochs=2), "ml-cs.clwe.p0.50.dynamic2"),
        (ml_cs(mode="coverage", stop_words=False), "ml-cs.clwe.p0.50.coverage.no-stop-words"),
        ({"data": "bl-cs", **SWITCHED, "stop_words": False}, "bl-cs.clwe.p0.50.no-stop-words.en-de"),
    ],
)
def test_names_of_switched_data(training, name):
    assert of(training)[0] == name


def test_different_ratios_never_share_a_name():
    ratios = [0.3, 0.30000001, 0.1 + 0.2, 1 / 3, 0.33, 1e-9, 0]
    assert len({of(ml_cs(ratio=ratio))[0] for ratio in ratios}) == len(ratios)


def test_the_source_language_need_not_be_english():
    german = SIDES["de"]
    name, made = recipe({"data": "source"}, parse_pair("ar-it", SIDES), german, FIVE)
    assert (name, made) == ("de-de", Recipe(german, german))
    name, made = recipe({"data": "bl-cs", **SWITCHED}, parse_pair("de-en", SIDES), german, ("en",))
    assert (made.query_into, made.passage_into) == ((), ("en",))
