"""Training data on files: the collection's own texts, or code-switched ones."""

import pandas as pd
import pytest
import small_corpus

from switchrank.experiment.recipes import Recipe
from switchrank.training.data import make_training_data

CANDIDATES = small_corpus.candidates()
EN = small_corpus.SIDES["en"]
PLAIN = Recipe(EN, EN)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return small_corpus.write_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture
def lexicons(tmp_path):
    """One word into two languages."""
    paths = {"de": tmp_path / "de.tsv", "it": tmp_path / "it.tsv"}
    for language, word in (("de", "rot"), ("it", "rosso")):
        paths[language].write_text(f"source\ttarget\tscore\nred\t{word}\t0.9\n", encoding="utf-8")
    return paths


def make(corpus, recipe=PLAIN, lexicons=None, seed=1):
    return make_training_data(corpus, CANDIDATES, lexicons or {}, vars(recipe), "en", 2, seed)


def switched(query=("de", "it"), passage=("de", "it"), ratio=1.0, **options):
    return Recipe(EN, EN, query_into=query, passage_into=passage, lexicon="clwe", ratio=ratio, **options)


def record_texts(data):
    """Of each row of instances: text of query and passage."""
    texts = data.queries.loc[data.instances["query_id"]], data.passages.loc[data.instances["passage_id"]]
    return pd.DataFrame({kind: own.tolist() for kind, own in zip(("query", "passage"), texts, strict=True)})


def plain_texts(data):
    """What these texts were before they were switched."""
    ids = data.instances[["query_id", "passage_id"]].replace(r"/.*", "", regex=True)
    query, passage = small_corpus.query, small_corpus.passage
    return pd.DataFrame(
        {
            "query": [query(i, "en") for i in ids["query_id"]],
            "passage": [passage(i, "en") for i in ids["passage_id"]],
        }
    )


def first_words(texts):
    return set(texts.str.extract(r"^(\w+)", expand=False))


def test_plain_data_are_of_the_source_language_and_the_training_split(corpus):
    data = make(corpus)
    assert (data.instances[["query_language", "passage_language"]] == "en").all(axis=None)
    assert data.instances["query_id"].max() == data.instances["passage_id"].max() == "15"
    expected = {"queries": 16, "rounds": 2, "instances": 32, "rows": 160, "different_query_texts": 16}
    assert expected.items() <= data.stats.items()
    assert "nominal_ratio" not in data.stats
    assert data.queries.empty and data.passages.empty


def test_ratio_1_switches_all_that_the_lexicons_have_and_draws_the_same_instances(corpus, lexicons):
    plain, data = make(corpus), make(corpus, switched(), lexicons)
    ids = data.instances[["query_id", "passage_id"]].replace(r"/.*", "", regex=True)
    assert ids.equals(plain.instances[["query_id", "passage_id"]])
    texts, before = record_texts(data), plain_texts(data)
    for kind in ("query", "passage"):
        assert first_words(texts[kind]) == {"rot", "rosso"}
        assert texts[kind].str.replace(r"^\w+", "red", regex=True).equals(before[kind])
        counts = data.stats["sides"][kind]
        assert counts["realised_ratio"] == pytest.approx(1 / 3)  # of the words red, name12, en
        assert counts["switched"] == counts["texts"] and counts["not_in_lexicon"] == 2 * counts["texts"]
    assert (data.stats["mode"], data.stats["nominal_ratio"]) == ("static", 1)


def test_every_record_is_stored_once_and_sorted(corpus, lexicons):
    data = make(corpus, switched(ratio=0.5), lexicons)
    for kind, texts in (("query", data.queries), ("passage", data.passages)):
        assert texts.index.tolist() == sorted(set(data.instances[f"{kind}_id"]))
        assert data.stats["sides"][kind]["texts"] == len(texts)


def test_the_same_recipe_gives_the_same_data_and_another_seed_others(corpus, lexicons):
    first = make(corpus, switched(ratio=0.5), lexicons)
    again = make(corpus, switched(ratio=0.5), dict(reversed(lexicons.items())))
    other = make(corpus, switched(ratio=0.5), lexicons, seed=2)
    assert first.queries.equals(again.queries) and first.instances.equals(again.instances)
    assert not record_texts(first).equals(record_texts(other))


def test_bilingual_switching_leaves_a_side_of_the_source_language_as_it_is(corpus, lexicons):
    data = make(corpus, switched((), ("de",)), lexicons)
    assert record_texts(data)["query"].equals(plain_texts(data)["query"])
    assert first_words(data.passages) == {"rot"}
    assert data.stats["sides"]["query"]["switched"] == 0 and data.stats["sides"]["query"]["words"] > 0
    assert data.stats["sides"]["query"]["languages"] == {}
    assert list(data.stats["sides"]["passage"]["languages"]) == ["de"]


def test_each_side_is_switched_into_its_own_language(corpus, lexicons):
    data = make(corpus, switched(("it",), ("de",)), lexicons)
    assert first_words(data.queries) == {"rosso"} and first_words(data.passages) == {"rot"}


def test_fine_tuning_is_on_the_pair_s_own_items_of_the_same_instances(corpus):
    plain = make(corpus)
    side = small_corpus.SIDES["xx6"]
    data = make(corpus, Recipe(small_corpus.SIDES["ar"], side))
    for column in ("instance", "label", "query_id", "passage_id"):
        assert data.instances[column].equals(plain.instances[column])
    assert (data.instances["query_language"] == "ar").all()
    drawn = corpus.side_languages("passage", side)
    assert drawn.loc[data.instances["passage_id"]].tolist() == data.instances["passage_language"].tolist()
    assert data.instances["passage_language"].nunique() > 1


WHOLE = Recipe(EN, EN, ("de", "it"), ("de", "it"), ratio=0.5, mode="whole-texts")


def test_whole_texts_are_those_of_the_same_items_in_other_languages(corpus):
    plain, data = make(corpus), make(corpus, WHOLE)
    for column in ("instance", "label", "query_id", "passage_id", "epoch"):
        assert data.instances[column].equals(plain.instances[column])
    assert data.queries.empty and data.passages.empty
    rounds = data.instances["instance"] // 16
    for kind in ("query", "passage"):
        drawn = data.instances.groupby([f"{kind}_id", rounds])[f"{kind}_language"].agg(set)
        assert (drawn.map(len) == 1).all()  # one for each record, wherever it occurs
        counts = data.stats["sides"][kind]
        assert counts["texts"] == len(drawn)
        shares = {language: own["share"] for language, own in counts["languages"].items()}
        own = drawn.map(min).value_counts(normalize=True)
        assert shares == pytest.approx(own[["de", "it"]].to_dict())
        assert counts["realised_ratio"] == pytest.approx(1 - own["en"])
    assert (data.stats["mode"], data.stats["nominal_ratio"]) == ("whole-texts", 0.5)
    assert data.stats["different_query_texts"] > plain.stats["different_query_texts"]


def test_whole_texts_of_another_seed_are_others(corpus):
    one, other = (make(corpus, WHOLE, seed=seed).instances for seed in (1, 2))
    assert one.equals(make(corpus, WHOLE).instances)
    assert not one["query_language"].equals(other["query_language"])


def test_items_that_a_side_lacks_are_not_drawn(tmp_path):
    """Ids need not be the same in every language."""
    corpus = small_corpus.write_corpus(tmp_path, lacking={"de": small_corpus.IDS[:3], "en": ["15"]})
    data = make(corpus, Recipe(small_corpus.SIDES["de"], small_corpus.SIDES["de"]))
    assert set(data.instances["passage_id"]) == set(small_corpus.IDS[3:16])
    assert set(data.instances["query_id"]) == set(small_corpus.IDS[3:16])


def test_dynamic_switching_has_epochs_of_the_same_instances_of_which_the_first_is_static(corpus, lexicons):
    static = make(corpus, switched(ratio=0.5), lexicons)
    data = make(corpus, switched(ratio=0.5, mode="dynamic", epochs=3), lexicons)
    rows = len(static.instances)
    assert data.instances["epoch"].tolist() == [epoch for epoch in range(3) for _ in range(rows)]
    texts = record_texts(data)
    assert texts[:rows].equals(record_texts(static))
    for epoch in (1, 2):
        of_epoch = slice(epoch * rows, (epoch + 1) * rows)
        assert plain_texts(data)[of_epoch].reset_index(drop=True).equals(plain_texts(static))
        assert texts["query"][of_epoch].tolist() != texts["query"][:rows].tolist()
    assert (data.stats["mode"], data.stats["epochs"], data.stats["rows"]) == ("dynamic", 3, 3 * rows)
    assert data.stats["instances"] == static.instances["instance"].nunique()


def test_dropout_leaves_out_what_static_switching_replaces(corpus, lexicons):
    static, data = (make(corpus, switched(ratio=0.5, mode=mode), lexicons) for mode in ("static", "dropout"))
    for kind in ("query", "passage"):
        expected = record_texts(static)[kind].str.replace(r"^(rot|rosso),? ", "", regex=True)
        assert record_texts(data)[kind].equals(expected)
        counts = ("words", "drawn", "switched", "not_in_lexicon", "realised_ratio")
        ours, theirs = (made.stats["sides"][kind] for made in (data, static))
        assert [ours[key] for key in counts] == [theirs[key] for key in counts]
    assert data.stats["mode"] == "dropout"


def test_coverage_goes_on_until_the_ratio_is_met_or_the_words_are_exhausted(corpus, lexicons):
    for ratio, short in ((0.33, 0), (1.0, 1)):
        stats = make(corpus, switched(ratio=ratio, mode="coverage"), lexicons).stats
        for counts in stats["sides"].values():  # of three words the lexicons have one
            assert counts["texts_short"] == short * counts["texts"]
            assert counts["switched"] == min(counts["target_words"], counts["texts"])
            assert counts["target_words"] == pytest.approx(ratio * counts["words"], rel=0.05)
