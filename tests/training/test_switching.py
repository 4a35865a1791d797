"""Code-switching: its draws, its spans, its casing."""

import math
from collections import Counter

import pytest
import small_corpus
from hypothesis import given
from hypothesis import strategies as st

from switchrank.experiment.recipes import Recipe
from switchrank.text.normalisation import normalize
from switchrank.text.words import word_spans, words
from switchrank.training.switching import Switcher, switcher
from switchrank.training.tally import Tally


def switch(text, lexicons, ratio, seed, record, side, skip=frozenset()):
    switched, switches, wanted = Switcher("en", {side: lexicons}, ratio, seed, "static", skip)(
        text, record, side
    )
    assert wanted is None
    return switched, switches


def cover(text, lexicons, ratio, seed, record, side, skip=frozenset()):
    return Switcher("en", {side: lexicons}, ratio, seed, "coverage", skip)(text, record, side)


def certain(**lexicons):
    """Lexicons with one translation of each source."""
    return {own: {s: [(t, 1.0)] for s, t in lexicon.items()} for own, lexicon in lexicons.items()}


LEXICONS = certain(
    de={"red": "rot", "heart": "herz", "street": "straße", "dog's": "hundes", "hotel": "hotel"},
    it={"red": "rosso", "heart": "cuore", "hotel": "albergo"},
    ru={"red": "красный", "heart": "сердце"},
)
COMPLETE = {own: {word: [(f"{own}{word}", 1.0)] for word in "abcdefgh"} for own in ("de", "it")}
TITLES = certain(
    de={"bus": "Bus", "bus stop": "Haltestelle", "bus stop sign": "Haltestellenschild", "stop": "Halt"}
)
TEXTS = st.lists(
    st.sampled_from(["red", "Heart", "HOTEL", "unknown", "dog’s", "street", "❤️", "-", ", ", " ", "…", "I"]),
    max_size=25,
).map("".join) | st.text(max_size=40)
RATIOS = st.floats(0, 1)
SEEDS = st.integers(0, 2**40)
RECORDS = st.text(max_size=8)
LONG = " ".join(["red heart unknown hotel"] * 2500)


def gaps(text):
    """What lies between the words."""
    ends = [0, *(end for _, end in word_spans(text, "en"))]
    starts = [*(start for start, _ in word_spans(text, "en")), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


@given(TEXTS, SEEDS, RECORDS)
def test_ratio_0_changes_nothing(text, seed, record):
    assert switch(text, LEXICONS, 0, seed, record, "query") == (text, [])


@given(TEXTS, SEEDS, RECORDS)
def test_ratio_1_switches_every_word_that_the_drawn_lexicon_has(text, seed, record):
    _, switches = switch(text, LEXICONS, 1, seed, record, "query")
    spelt = words(text, "en")
    assert [item.position for item in switches] == list(range(len(spelt)))
    for item in switches:
        assert item.word == spelt[item.position]
        assert (item.translation is not None) == (normalize(item.word, "en") in LEXICONS[item.language])


@given(TEXTS, RATIOS, SEEDS, RECORDS)
def test_only_drawn_words_change_and_punctuation_never(text, ratio, seed, record):
    switched, switches = switch(text, LEXICONS, ratio, seed, record, "passage")
    expected = words(text, "en")
    for item in switches:
        if item.translation is not None:
            expected[item.position] = item.translation
    assert words(switched, "en") == expected
    assert gaps(switched) == gaps(text)


@given(TEXTS, RATIOS, RATIOS, SEEDS, RECORDS)
def test_a_higher_ratio_draws_a_superset_with_the_same_languages(text, one, other, seed, record):
    few, many = (switch(text, LEXICONS, ratio, seed, record, "query")[1] for ratio in sorted((one, other)))
    assert set(few) <= set(many)


@given(st.lists(st.tuples(RECORDS, TEXTS), max_size=6), RATIOS, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(records, ratio, random):
    def tally_of(items):
        tally, outcome = Tally("en", ratio, {"query": LEXICONS}), []
        for record, text in items:
            switched, switches = switch(text, LEXICONS, ratio, 1, record, "query")
            tally.add("query", text, switches)
            outcome.append((record, text, switched))
        return sorted(outcome), tally.stats()

    assert tally_of(records) == tally_of(random.sample(records, len(records)))


def test_the_order_of_the_lexicons_does_not_matter():
    backwards = dict(reversed(LEXICONS.items()))
    assert switch(LONG, LEXICONS, 0.5, 1, "a", "query") == switch(LONG, backwards, 0.5, 1, "a", "query")


def test_draws_differ_by_seed_record_and_side():
    variants = [
        (1, "a", "query"),
        (2, "a", "query"),
        (1, "b", "query"),
        (1, "a", "passage"),
        (1, "aq", "uery"),
    ]
    assert len({switch(LONG, LEXICONS, 0.5, *variant)[0] for variant in variants}) == len(variants)


def test_draws_are_the_same_on_every_machine():
    assert switch("red heart, red heart", LEXICONS, 0.5, 1, "q1", "query")[0] == "red heart, rot heart"
    assert switch("red heart, red heart", LEXICONS, 0.5, 1, "q2", "query")[0] == "red heart, красный heart"


@pytest.mark.parametrize("ratio", [0.25, 0.5, 0.75])
def test_ratio_and_languages_come_out_as_asked_within_binomial_noise(ratio):
    total = len(words(LONG, "en"))
    _, switches = switch(LONG, LEXICONS, ratio, 7, "long", "passage")
    noise = 5 * math.sqrt(total * ratio * (1 - ratio))
    assert abs(len(switches) - total * ratio) < noise
    assert sum(item.translation is not None for item in switches) <= total * ratio + noise
    for language in LEXICONS:
        drawn = sum(item.language == language for item in switches)
        assert abs(drawn - len(switches) / 3) < 5 * math.sqrt(len(switches) * 2 / 9)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("street", "straße"),
        ("Street", "Straße"),
        ("STREET", "STRASSE"),
        ("sTREET", "straße"),
        ("DOG’S", "HUNDES"),
    ],
)
def test_casing_follows_the_word(word, expected):
    assert switch(f"({word})", {"de": LEXICONS["de"]}, 1, 1, "a", "query")[0] == f"({expected})"


def test_a_single_capital_is_a_title_and_the_lexicons_own_casing_stays():
    lexicon = certain(de={"i": "ich", "germany": "Deutschland", "ipad": "iPad"})
    assert switch("I germany ipad", lexicon, 1, 1, "a", "query")[0] == "Ich Deutschland iPad"


@pytest.mark.parametrize("ratio", [-0.1, 1.1, float("nan")])
def test_a_senseless_ratio_is_refused(ratio):
    with pytest.raises(ValueError, match="expected 0 to 1"):
        Switcher("en", {"query": LEXICONS}, ratio, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bus stop sign", "Haltestellenschild"),
        ("bus  stop\tsign", "Haltestellenschild"),
        ("the bus stop", "the Haltestelle"),
        ("bus, stop sign", "Bus, Halt sign"),  # across a comma there is no title
        ("bus-stop", "Bus-Halt"),
        ("busstop omnibus stop", "busstop omnibus Halt"),  # whole words only
        ("bus stop stop", "Haltestelle Halt"),  # no cascade: what was replaced is not looked at again
    ],
)
def test_the_longest_title_is_replaced_as_a_whole(text, expected):
    assert switch(text, TITLES, 1, 1, "a", "query")[0] == expected


def test_words_of_a_title_count_as_words():
    _, (found,) = switch("bus stop sign", TITLES, 1, 1, "a", "query")
    assert (found.position, found.length, found.word) == (0, 3, "bus stop sign")


@given(st.lists(st.sampled_from(["bus", "stop", "sign"]), max_size=9), RATIOS, RATIOS, SEEDS)
def test_a_word_drawn_at_a_lower_ratio_is_drawn_at_a_higher_one_or_goes_with_an_entry(text, one, other, seed):
    few, many = (
        switch(" ".join(text), TITLES, ratio, seed, "a", "query")[1] for ratio in sorted((one, other))
    )
    touched = {place for item in many for place in range(item.position, item.position + item.length)}
    assert {item.position for item in few} <= touched


def test_one_of_several_translations_is_drawn_by_its_probability():
    lexicon = {"de": {"red": [("rot", 0.7), ("rötlich", 0.2), ("röter", 0.1)]}}
    _, switches = switch("red " * 5000, lexicon, 1, 1, "a", "query")
    drawn = Counter(item.translation for item in switches)
    for word, probability in lexicon["de"]["red"]:
        assert abs(drawn[word] - 5000 * probability) < 5 * math.sqrt(5000 * probability * (1 - probability))


@given(TEXTS, RATIOS, SEEDS)
def test_words_to_skip_stay_and_all_others_are_drawn_as_before(text, ratio, seed):
    _, everything = switch(text, LEXICONS, ratio, seed, "a", "query")
    _, some = switch(text, LEXICONS, ratio, seed, "a", "query", frozenset({"red", "i"}))
    assert some == [item for item in everything if normalize(item.word, "en") not in {"red", "i"}]


@pytest.mark.parametrize("switching", [switch, cover])
def test_an_entry_of_several_words_is_not_replaced_if_one_of_them_is_to_be_skipped(switching):
    switched = switching("bus stop sign", TITLES, 1, 1, "a", "query", frozenset({"stop"}))[0]
    assert switched == "Bus stop sign"


@given(st.lists(st.sampled_from("abcdefgh"), max_size=12), RATIOS, SEEDS, RECORDS)
def test_coverage_meets_the_ratio_to_within_one_word_where_the_lexicons_have_all(text, ratio, seed, record):
    switched, switches, wanted = cover(" ".join(text), COMPLETE, ratio, seed, record, "query")
    assert len(switches) == wanted
    assert abs(wanted - ratio * len(text)) < 1
    kept = [new for new, old in zip(words(switched, "en"), text, strict=True) if new == old]
    assert len(kept) == len(text) - wanted


def test_coverage_meets_the_ratio_on_average():
    wanted = sum(cover("a b c", COMPLETE, 0.5, 1, str(record), "query")[2] for record in range(4000))
    assert abs(wanted - 6000) < 5 * math.sqrt(4000 * 0.25)


def test_coverage_tries_every_language_and_says_when_the_words_are_exhausted():
    lexicons = {"de": {"red": [("rot", 1.0)]}, "it": {"heart": [("cuore", 1.0)]}}
    for record in "abcdefgh":
        switched, switches, wanted = cover("red unknown heart", lexicons, 1, 1, record, "query")
        assert switched == "rot unknown cuore"
        assert (len(switches), wanted) == (2, 3)


def test_coverage_tries_the_drawn_language_first_and_the_others_evenly():
    lexicons = {own: lexicon if own != "de" else {} for own, lexicon in COMPLETE.items()} | {
        own: {word: [(f"{own}{word}", 1.0)] for word in "abcdefgh"} for own in ("nl", "ru")
    }
    text = " ".join(["a"] * 4000)
    drawn = [item.language for item in switch(text, lexicons, 1, 1, "a", "query")[1]]
    used = [item.language for item in cover(text, lexicons, 1, 1, "a", "query")[1]]
    assert all(one in ("de", other) for one, other in zip(drawn, used, strict=True))
    instead = Counter(other for one, other in zip(drawn, used, strict=True) if one == "de")
    noise = 5 * math.sqrt(instead.total() * 2 / 9)
    assert all(abs(instead[own] - instead.total() / 3) < noise for own in ("it", "nl", "ru"))


def test_coverage_does_not_depend_on_the_order_of_the_lexicons():
    backwards = dict(reversed(LEXICONS.items()))
    assert cover(LONG, LEXICONS, 0.5, 1, "a", "query") == cover(LONG, backwards, 0.5, 1, "a", "query")


@given(TEXTS, RATIOS, SEEDS, RECORDS)
def test_coverage_replaces_words_only_and_says_which(text, ratio, seed, record):
    switched, switches, _ = cover(text, LEXICONS, ratio, seed, record, "query")
    expected = words(text, "en")
    for item in switches:
        expected[item.position] = item.translation
    assert words(switched, "en") == expected
    assert gaps(switched) == gaps(text)


@given(TEXTS, RATIOS, SEEDS, RECORDS)
def test_coverage_replaces_no_word_twice_and_never_more_than_wanted(text, ratio, seed, record):
    lexicons = TITLES | {"it": {"heart": [("cuore", 1.0)]}}
    switched, switches, wanted = cover(f"{text} bus stop sign", lexicons, ratio, seed, record, "query")
    places = [place for item in switches for place in range(item.position, item.position + item.length)]
    assert len(places) == len(set(places)) <= wanted
    assert all(item.translation is not None and item.translation in switched for item in switches)


def test_coverage_leaves_words_to_skip():
    switched, _, wanted = cover("a b", COMPLETE, 1, 1, "a", "query", frozenset({"a"}))
    assert switched.split()[0] == "a" and switched.split()[1] != "b" and wanted == 2


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


def switch_from(language, text, lexicons, mode="static"):
    return Switcher(language, {"query": lexicons}, 1, 1, mode)(text, "a", "query")


@pytest.mark.parametrize("mode", ["static", "coverage"])
@pytest.mark.parametrize(
    ("language", "text", "source", "target", "expected"),
    [
        ("de", "Die Straße", "straße", "street", "Die Street"),
        ("de-CH", "Die Strasse", "strasse", "street", "Die Street"),
        ("el", "ΟΔΟΣ", "οδος", "road", "ROAD"),
        ("ar", "(كَلِمَة)", "كلمة", "word", "(word)"),
        ("ar", "الحمــــد", "الحمد", "praise", "praise"),
        ("he", "שָׁלוֹם!", "שלום", "peace", "peace!"),
        ("hi", "\u0958लम", "\u0915\u093cलम", "pen", "pen"),
        ("en", "a Sch\u00adool\u2060yard", "schoolyard", "Hof", "a Hof"),
        ("en", "bus\u200bstop", "bus stop", "Halt", "Halt"),
        ("en", "bus \u202bstop", "bus stop", "Halt", "Halt"),
        ("tr", "IŞIK", "ışık", "light", "LIGHT"),
        ("sr", "Кућа", "kuća", "house", "House"),
        ("fr", "L'arbre d'or", "arbre", "tree", "L' tree d'or"),
        ("fr", "L'arbre", "l'", "the", "The arbre"),
        ("fr", "l'arbre", "l'arbre", "the tree", "the tree"),
        ("fr", "rue de l'arbre", "rue de l'arbre", "tree street", "tree street"),
        ("fr", "rue de l'arbre", "de l'arbre", "of the tree", "rue of the tree"),
        ("fr", "aujourd’hui", "aujourd'hui", "today", "today"),
    ],
)
def test_words_are_found_however_they_are_spelt_and_replaced_as_a_whole(
    language, text, source, target, expected, mode
):
    assert switch_from(language, text, certain(xx={source: target}), mode)[0] == expected


@pytest.mark.parametrize("mode", ["static", "coverage"])
def test_numbers_stay_alone_and_in_entries_of_several_words(mode):
    numbers = ["24", "0000s", "1920s", "٢٤", "7", "24th"]
    lexicon = certain(de=dict.fromkeys([*numbers, "route 66", "66", "mp3"], "X"))
    text = " ".join(numbers)
    assert switch_from("en", f"{text} route 66", lexicon, mode)[0] == f"{text} route 66"
    assert switch_from("en", "mp3", lexicon, mode)[0] == "X"


@pytest.mark.parametrize(
    ("word", "language", "target", "expected"),
    [
        ("Ice", "nl", "ijs", "IJs"),
        ("Ice", "de", "eis", "Eis"),
    ],
)
def test_casing_is_that_of_the_translations_language(word, language, target, expected):
    assert switch_from("en", word, certain(**{language: {word.lower(): target}}))[0] == expected


def test_lexicons_are_read_in_their_languages(tmp_path):
    path = tmp_path / "tr.tsv"
    path.write_text("source\ttarget\tscore\nSTRAẞE\tși\u00adş\t1\n", encoding="utf-8")
    options = {"query_into": ("tr",), "lexicon": "clwe", "ratio": 1.0}
    german = small_corpus.SIDES["de"]
    switched = switcher(vars(Recipe(german, german, **options)), {"tr": path}, 1)
    assert switched("Straße", "1/0", "query")[0] == "Şiş"
