"""Translate Test on files: every text is read with the lexicon of its own language."""

import pytest

from switchrank.collections.mixing import side_languages, side_text
from switchrank.files import read_json, read_parquet
from switchrank.stages.sides import texts_of
from switchrank.stages.translation import translate_corpus

OTHERS = ("de", "it", "nl", "ru", "ar")


@pytest.fixture
def translated(corpus, tmp_path):
    """The collection with "red", which every language here has, brought to "red-from-{language}"."""
    lexicons = {}
    for own in OTHERS:
        lexicons[own] = tmp_path / f"{own}-en.tsv"
        lexicons[own].write_text(f"source\ttarget\tscore\nred\tred-from-{own}\t1\n", encoding="utf-8")
    translate_corpus(corpus, lexicons, tmp_path / "translated", tmp_path / "stats.json")
    return tmp_path / "translated"


@pytest.mark.parametrize("side", ["query", "passage"])
def test_each_language_is_translated_with_its_own_lexicon_on_both_sides(corpus, translated, side):
    for own in OTHERS:
        before, after = (texts_of(folder, own, side) for folder in (corpus, translated))
        assert (after == before.str.replace("red", f"red-from-{own}")).all()
    before, after = (texts_of(folder, "en", side) for folder in (corpus, translated))
    assert after.equals(before)


def test_a_mixed_side_has_each_id_translated_from_the_language_that_it_has(corpus, translated):
    texts = {own: texts_of(translated, own, "passage") for own in ("en", *OTHERS)}
    drawn = side_languages(texts["en"].index, "xx6", "passage")
    assert set(drawn) == {"en", *OTHERS}
    for i, text in side_text(texts, "xx6", "passage").items():
        start = "red," if drawn[i] == "en" else f"red-from-{drawn[i]},"
        assert text.startswith(start) and text.endswith(drawn[i])


def test_the_counts_say_how_much_was_translated(corpus, translated):
    stats = read_json(translated.parent / "stats.json")["languages"]
    count = len(read_parquet(corpus / "de" / "queries.parquet"))
    assert set(stats) == set(OTHERS)
    expected = {"texts": count, "changed_texts": count, "words": 3 * count, "translated": count}
    assert expected.items() <= stats["de"]["queries"].items()
