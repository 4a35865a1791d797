"""The collection pocket on small folders laid out like CLDR's annotations."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from switchrank.collections.base import SPLITS
from switchrank.collections.pocket import Pocket, Settings, group_twins, identifier
from switchrank.errors import UserError

SHARES = {"train": 0.6, "dev": 0.1, "test": 0.3}
LANGUAGES = ("en", "de")
LETTERS = [chr(code) for code in range(0x1F400, 0x1F400 + 60)]  # symbols that have no twins
DARK, LIGHT, JOIN, EMOJI = "\U0001f3ff", "\U0001f3fb", "\u200d", "\ufe0f"


def entry(symbol, language):
    name = f"name {identifier(symbol)} {language}"
    return {"tts": [name], "default": [name, f"key {symbol} {language}", f"word {symbol} {language}"]}


def write(folder, entries):
    """Write language → symbol → entry."""
    for language, own in entries.items():
        path = folder / "annotations" / language / "annotations.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        value = {"annotations": {"identity": {}, "annotations": own}}
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return folder


def plain(symbols):
    return {language: {symbol: entry(symbol, language) for symbol in symbols} for language in LANGUAGES}


def load(folder, entries, languages=LANGUAGES, seed=1, shares=SHARES, limit=None):
    settings = Settings(**shares, seed=seed, limit=limit)
    return Pocket(settings, {"cldr": write(folder, entries)}).load(languages)


def split_of(corpus, side="query"):
    own = corpus.splits[corpus.splits["side"] == side]
    return dict(zip(own["id"], own["split"], strict=True))


def texts(series):
    return series.to_dict()


@pytest.fixture
def english():
    """Symbol → (name, keywords) to make twins of."""
    return lambda *symbols: {s: (f"name of {identifier(s)}", [f"key of {identifier(s)}"]) for s in symbols}


def grouped(entries):
    """The groups as sorted lists."""
    groups = group_twins(entries)
    return sorted(sorted(s for s in groups if groups[s] == name) for name in set(groups.values()))


def test_names_are_queries_and_other_keywords_passages(tmp_path):
    entries = {
        "en": {"😀": {"default": ["face", "GRINNING face", "grin"], "tts": ["grinning face"]}},
        "de": {"😀": {"default": ["Gesicht", "lustig", "grinsendes Gesicht"], "tts": ["grinsendes Gesicht"]}},
    }
    corpus = load(tmp_path, entries)
    assert texts(corpus.queries["en"]) == {"1F600": "grinning face"}
    assert texts(corpus.passages["en"]) == {"1F600": "face, grin"}
    assert texts(corpus.queries["de"]) == {"1F600": "grinsendes Gesicht"}
    assert texts(corpus.passages["de"]) == {"1F600": "Gesicht, lustig"}
    assert corpus.qrels.values.tolist() == [["1F600", "1F600", 1]]


def test_rows_are_ordered_by_id_and_ids_are_those_of_all_languages(tmp_path):
    corpus = load(tmp_path, plain([*reversed(LETTERS), "❤" + JOIN + "🔥"]))
    ids = corpus.queries["en"].index.tolist()
    assert ids == sorted(ids) and len(ids) == 61 and "2764-200D-1F525" in ids
    for language in LANGUAGES:
        assert corpus.queries[language].index.tolist() == ids
        assert corpus.passages[language].index.tolist() == ids
    assert corpus.qrels["query_id"].tolist() == corpus.qrels["passage_id"].tolist() == ids


@pytest.mark.parametrize(
    "lacking",
    [None, {}, {"tts": ["Name"]}, {"default": ["Wort"]}, {"default": ["NAME"], "tts": ["Name"]}],
    ids=["entry", "both", "keywords", "name", "keywords but the name"],
)
def test_a_symbol_that_lacks_a_language_is_left_out(tmp_path, lacking):
    entries = plain(LETTERS[:3])
    entries["de"][LETTERS[1]] = lacking
    if lacking is None:
        del entries["de"][LETTERS[1]]
    corpus = load(tmp_path, entries)
    assert corpus.queries["en"].index.tolist() == [identifier(LETTERS[0]), identifier(LETTERS[2])]
    assert load(tmp_path, entries, ["en"]).queries["en"].shape[0] == 3


@pytest.mark.parametrize(
    ("language", "name", "keywords", "kept"),
    [
        ("fr", "cœur d’amour", ["cœur d'amour", "cœur dʼamour", "amour"], ["amour"]),
        ("de", "Bär", ["Ba\u0308r", "BÄR", "B\u00adär", "\u200eBär ", "Tier"], ["Tier"]),
        ("ar", "طالِب", ["طالب", "مدرسة", "مَدرسة"], ["مدرسة"]),
        ("ja", "テレビ", ["ﾃﾚﾋﾞ", "放送", "放送"], ["放送"]),
        ("zh", "ok", ["ＯＫ", "手"], ["手"]),
        ("vi", "sao Thổ", ["Sao thổ", "sao  tho\u0302\u0309", "Hành tinh"], ["Hành tinh"]),
        ("hi", "ध्\u200dयान", ["ध्\u200dयान", "ध्यान"], ["ध्यान"]),
        ("de", "gehen", ["Lauf", "lauf", "Läufer"], ["Lauf", "Läufer"]),
        ("ru", "кот", ["", " ", "\u200f\u00ad", "\ufeff", "зверь"], ["зверь"]),
        ("es", "gato", ["↑↑↑", "E13.1–132", "E12-045", "E4–1", "animal"], ["animal"]),
        ("it", "freccia", ["↑", "E13", "↑ su"], ["↑", "E13", "↑ su"]),
    ],
)
def test_keywords_are_kept_once_and_as_they_are_spelt(tmp_path, language, name, keywords, kept):
    entries = {"en": plain(LETTERS[:1])["en"]}
    entries[language] = {LETTERS[0]: {"tts": [name], "default": [name, *keywords]}}
    corpus = load(tmp_path, entries, ["en", language])
    assert corpus.queries[language].tolist() == [name]
    assert corpus.passages[language].tolist() == [", ".join(kept)]


@pytest.mark.parametrize("text", ["↑↑↑", "E13.1–132", "\u200e", "  ", ""])
def test_a_symbol_whose_name_or_only_keyword_is_none_is_left_out(tmp_path, text):
    entries = plain(LETTERS[:4])
    entries["de"][LETTERS[1]]["tts"] = [text]
    entries["de"][LETTERS[2]] = {"tts": ["Name"], "default": ["NAME", text]}
    corpus = load(tmp_path, entries)
    assert corpus.queries["en"].index.tolist() == [identifier(LETTERS[0]), identifier(LETTERS[3])]
    reason = "placeholders" if text.strip("\u200e ") else "empty_texts"
    assert corpus.stats[reason] == {"en": 0, "de": 2}


def test_of_several_names_the_first_is_the_query_and_none_is_a_keyword(tmp_path):
    entries = plain(LETTERS[:1])
    entries["de"][LETTERS[0]] = {"tts": ["Mensch", "Bart"], "default": ["Bart", "Mensch", "Haar", "HAAR"]}
    corpus = load(tmp_path, entries)
    assert (corpus.queries["de"].item(), corpus.passages["de"].item()) == ("Mensch", "Haar")
    assert corpus.stats["repeated_texts"] == {"en": 0, "de": 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("👋", "👋" + DARK),
        ("👋" + LIGHT, "👋" + DARK),
        ("❤", "❤" + EMOJI),
        ("❤", "❤" + EMOJI + JOIN + "🔥"),
        ("🏃", "🏃" + JOIN + "♀" + EMOJI),
        ("🏃" + DARK + JOIN + "♂" + EMOJI, "🏃" + JOIN + "♀"),
        ("👨", "👩"),
        ("🧒", "👧"),
        ("👨" + JOIN + "🚀", "👩" + DARK + JOIN + "🚀"),
        ("🧑" + JOIN + "🚀", "👩" + JOIN + "🚀"),
        ("🤴", "👸"),
    ],
)
def test_twins_by_symbol(english, one, other):
    assert grouped(english(one, other, "🐳")) == sorted([sorted([one, other]), ["🐳"]])


def test_professions_are_no_twins_of_the_plain_person_nor_of_each_other(english):
    professions = ["👩" + JOIN + "🚀", "👩" + JOIN + "🍳", "👩"]
    assert grouped(english(*professions)) == sorted([symbol] for symbol in professions)


def test_twins_by_the_same_english_keywords_in_any_order_and_case():
    entries = {
        "🐀": ("rat", ["animal", "Small"]),
        "🐁": ("mouse", ["small", "animal"]),
        "🐂": ("ox", ["animal"]),
    }
    assert grouped(entries) == [["🐀", "🐁"], ["🐂"]]


@pytest.mark.parametrize(
    ("one", "other", "twins"),
    [
        ("man swimming", "Woman swimming", True),
        ("men wrestling", "people wrestling", True),
        ("boy", "girl", True),
        ("man swimming", "man rowing", False),
        ("man", "boy", False),
    ],
)
def test_twins_by_names_that_differ_in_the_person_only(one, other, twins):
    groups = group_twins({"🐀": (one, ["a"]), "🐁": (other, ["b"])})
    assert (groups["🐀"] == groups["🐁"]) == twins


def test_twins_of_twins_are_twins():
    entries = {"👋": ("wave", ["hand"]), "👋" + DARK: ("dark wave", ["dark"]), "🐁": ("mouse", ["dark"])}
    assert len(set(group_twins(entries).values())) == 1


SYMBOLS = st.lists(
    st.sampled_from(["👋", "👩", "👨", "🧑", "🏃", "❤", "🐁", "🐂"]), min_size=1, max_size=2
).map("\u200d".join)
SIGNED = st.tuples(SYMBOLS, st.sampled_from(["", DARK, EMOJI, JOIN + "♀" + EMOJI])).map("".join)
ENTRY = st.tuples(
    st.sampled_from(["man", "woman", "wave", "man wave"]), st.lists(st.sampled_from("abcde"), min_size=1)
)


@settings(max_examples=50)
@given(st.dictionaries(SIGNED, ENTRY, max_size=12), st.randoms(use_true_random=False))
def test_groups_are_a_partition_whatever_the_order(entries, chance):
    groups = group_twins(entries)
    assert set(groups) == set(entries)
    for symbol, group in groups.items():
        assert groups[group] == group  # named by one of its own
        assert group <= symbol  # the first in code point order
    shuffled = dict(chance.sample(list(entries.items()), len(entries)))
    assert group_twins(shuffled) == groups


@settings(max_examples=50)
@given(st.dictionaries(SIGNED, ENTRY, min_size=1, max_size=12), st.data())
def test_more_symbols_only_ever_join_groups(entries, data):
    chosen = data.draw(st.lists(st.sampled_from(sorted(entries)), unique=True))
    few, many = group_twins({symbol: entries[symbol] for symbol in chosen}), group_twins(entries)
    for one in chosen:
        for other in chosen:
            assert few[one] != few[other] or many[one] == many[other]


def test_twins_stay_on_one_side(tmp_path):
    symbols = [symbol + sign for symbol in LETTERS for sign in ("", DARK, LIGHT, JOIN + "♀")]
    corpus = load(tmp_path, plain(symbols))
    splits = split_of(corpus)
    for symbol in LETTERS:
        own = {splits[identifier(symbol + sign)] for sign in ("", DARK, LIGHT, JOIN + "♀")}
        assert len(own) == 1
    assert set(splits.values()) == set(SPLITS)
    assert splits == split_of(corpus, "passage")
    counted = (corpus.stats["twin_groups"], corpus.stats["symbols_in_twin_groups"])
    assert (*counted, corpus.stats["largest_twin_group"]) == (60, 240, 4)


def test_shares_are_about_those_asked_for(tmp_path):
    symbols = [chr(code) for code in range(0x4E00, 0x4E00 + 2000)]
    corpus = load(tmp_path, plain(symbols))
    counts = corpus.stats["splits"]
    assert sum(counts.values()) == 2000
    for split, share in SHARES.items():
        assert abs(counts[split] - 2000 * share) < 5 * (2000 * share * (1 - share)) ** 0.5
        assert counts[split] == list(split_of(corpus).values()).count(split)


@settings(max_examples=10)
@given(order=st.permutations(LETTERS))
def test_the_order_of_the_entries_changes_nothing(tmp_path_factory, order):
    one, other = (load(tmp_path_factory.mktemp("a"), plain(symbols)) for symbols in (LETTERS, order))
    for language in LANGUAGES:
        assert one.queries[language].equals(other.queries[language])
        assert one.passages[language].equals(other.passages[language])
    assert one.qrels.equals(other.qrels) and one.splits.equals(other.splits)


def test_a_seed_is_another_split(tmp_path):
    one, again, other = (split_of(load(tmp_path, plain(LETTERS), seed=seed)) for seed in (1, 1, 2))
    assert one == again != other


def test_the_other_languages_do_not_change_the_split(tmp_path):
    entries = plain(LETTERS)
    assert split_of(load(tmp_path, entries, ["en"])) == split_of(load(tmp_path, entries))


def test_limit_keeps_the_first_symbols_and_the_split_of_those_without_twins(tmp_path):
    entries = plain(LETTERS)
    whole, part = load(tmp_path, entries), load(tmp_path, entries, limit=20)
    ids = part.queries["en"].index.tolist()
    assert ids == [identifier(symbol) for symbol in LETTERS[:20]]
    # Not so for twins: a group is named by its first symbol, which a limit may leave out.
    assert split_of(part) == {i: split_of(whole)[i] for i in ids}


def test_limit_counts_symbols_that_have_all_languages(tmp_path):
    entries = plain(LETTERS)
    del entries["de"][LETTERS[0]]
    corpus = load(tmp_path, entries, limit=3)
    assert corpus.queries["de"].index.tolist() == [identifier(symbol) for symbol in LETTERS[1:4]]


def test_stats_count(tmp_path):
    entries = plain(LETTERS[:4])
    english = entries["en"][LETTERS[0]]["tts"][0].upper()
    entries["de"][LETTERS[0]]["tts"] = [f"\u200e{english[0]}\u00ad{english[1:]}"]
    del entries["de"][LETTERS[3]]
    stats = load(tmp_path, entries).stats
    assert stats["symbols"] == 3
    assert stats["symbols_by_language"] == {"en": 4, "de": 3}
    assert stats["names_spelt_as_in_english"] == {"de": 1}
    assert (stats["twin_groups"], stats["symbols_in_twin_groups"], stats["largest_twin_group"]) == (0, 0, 1)
    assert stats["words_per_query"] == {"en": 3.0, "de": 3.0}
    assert stats["words_per_passage"]["en"] == 6.0
    json.dumps(stats)


def test_a_missing_language_is_named(tmp_path):
    write(tmp_path, plain(LETTERS))
    with pytest.raises(UserError, match=r"it/annotations.json: not found"):
        Pocket(Settings(), {"cldr": tmp_path}).load(["en", "it"])


ODD = '{"annotations": {"annotations": %s}}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        '{"annotations": {}}',
        '{"annotations": []}',
        "\ud800",
        ODD % "[]",
        ODD % '{"😀": ["face"]}',
        ODD % '{"😀": {"default": ["face"], "tts": null}}',
        ODD % '{"😀": {"default": [3], "tts": ["face"]}}',
        ODD % '{"😀": {"default": "smile", "tts": ["face"]}}',
        ODD % '{"😀": {"default": ["smile"], "tts": "face"}}',
        ODD % r'{"😀": {"default": ["smile", "\ud83d"], "tts": ["face"]}}',
    ],
)
def test_a_broken_file_is_named_in_one_line(tmp_path, text):
    path = write(tmp_path, {"en": {}}) / "annotations" / "en" / "annotations.json"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(
        UserError, match=r"en/annotations.json: damaged \(.*\): remove the folder of its download"
    ) as error:
        Pocket(Settings(), {"cldr": tmp_path}).load(["en"])
    assert "\n" not in str(error.value)
