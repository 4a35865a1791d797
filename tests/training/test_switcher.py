"""Switching as a recipe says."""

import pytest
import small_corpus

from switchrank.experiment.recipes import Recipe
from switchrank.training.switcher import switcher

EN = small_corpus.SIDES["en"]


@pytest.fixture
def lexicons(tmp_path):
    path = tmp_path / "de.tsv"
    path.write_text("source\ttarget\tscore\nthe\tdie\t0.9\nred\trot\t0.9\n", encoding="utf-8")
    return {"de": path}


def recipe(**options):
    options = {"query_into": ("de",), "lexicon": "clwe", "ratio": 1.0} | options
    return vars(Recipe(EN, EN, **options))


def test_each_side_is_switched_into_its_languages_and_one_without_any_stays(lexicons):
    switched = switcher(recipe(), lexicons, 1)
    text, switches, wanted = switched("the red hat", "1/0", "query")
    assert text == "die rot hat" and wanted is None
    assert [(item.word, item.translation) for item in switches] == [
        ("the", "die"), ("red", "rot"), ("hat", None),
    ]  # fmt: skip
    assert switched("the red hat", "1/0", "passage") == ("the red hat", [], None)


def test_in_coverage_mode_it_says_how_many_words_were_wanted(lexicons):
    assert switcher(recipe(mode="coverage"), lexicons, 1)("the red hat", "1/0", "query")[2] == 3


def test_stop_words_stay_if_the_recipe_says_so(lexicons):
    assert switcher(recipe(stop_words=False), lexicons, 1)("the red hat", "1/0", "query")[0] == "the rot hat"


def test_a_language_without_a_lexicon_is_refused(lexicons):
    with pytest.raises(ValueError, match="lexicons of de: expected ru too"):
        switcher(recipe(passage_into=("ru",)), lexicons, 1)
