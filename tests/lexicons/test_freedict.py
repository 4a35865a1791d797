"""FreeDict's dictionaries: what an entry translates into, and which translation is the best."""

import pytest
from dictd_dictionary import write_dictionary

from switchrank.assets.fetch import load_assets
from switchrank.lexicons.base import Inputs
from switchrank.lexicons.freedict import FreeDict, Sense, ranked, senses_in
from switchrank.lexicons.tsv import read_lexicon, write_lexicon

CODES = {"ar": "ara", "de": "deu", "it": "ita", "nl": "nld", "ru": "rus"}


def lexicon(folder, language, entries, **settings):
    """Make the lexicon from English of a dictionary of some entries."""
    name = FreeDict.asset("en", language)
    write_dictionary(folder / name / "dictd", name, entries)
    inputs = Inputs(
        source="en", target=language, source_language="en", corpus=None, names="", asset=folder / name
    )
    return FreeDict(FreeDict.Settings(**settings)).make(inputs)


def translations(line, language):
    return [text for sense in senses_in(f"{line}\n", language) for text in sense.translations]


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("Herz <neut> [anat.]", "de", ["Herz"]),
        ("Hund <masc>, Köter <masc> [ugs.]  [zool.]", "de", ["Hund", "Köter"]),
        ("Rote <masc, fem>, Roter [pol.]", "de", ["Rote", "Roter"]),
        (" [Br.]  [slang] krass, fett <adj>", "de", ["krass", "fett"]),
        ("Dollar-Zeichen <neut>$", "de", ["Dollar-Zeichen"]),
        ("Oberbürgermeister <masc>OB,  /ˈɒb/ , Regierender Bürgermeister", "de",
         ["Oberbürgermeister", "Regierender Bürgermeister"]),
        ("etw. lernen, jdn./etw. (genau) kennen <v, trans>", "de", ["lernen", "kennen"]),
        ("Elfen…, Strichkode/Strichcode <masc>, mit jdm. gehen, Flugzeug- und Alarm", "de", []),
        ("Das ist aber (durchaus; dennoch) schön.", "de", []),
        ("ein sehr langer Satz, kurz", "de", ["kurz"]),
        ("Wie bitte?, Halt!", "de", ["Wie bitte", "Halt"]),
        ("1. d'altronde, sala d'aspetto", "it", ["d'altronde", "sala d'aspetto"]),
        ("Alsazia‐Lorena", "it", ["Alsazia-Lorena"]),
        ("3. rouw‐, bĳdetĳds, murmelen (v. beekje)", "nl", ["bijdetijds", "murmelen"]),
        ("почему?", "ru", ["почему"]),
        ("سنوك - نوع من الأسماك", "ar", ["سنوك"]),
        ("أحمر، مخصّص؛ لأي سبب؟", "ar", ["أحمر", "مخصص", "لأي سبب"]),
        ("سبتمبر/أيلول, جالب الحظ: شخص", "ar", []),
        ("", "de", []),
    ],
)  # fmt: skip
def test_translations_are_parted_and_freed_of_grammar_and_remarks(line, language, expected):
    assert translations(line, language) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("القطّة", "قطة"),  # the cat
        ("الحيوان الأليف", "حيوان أليف"),  # the pet: noun and adjective
        ("منبت الشعر", "منبت الشعر"),  # the hairline: of two nouns only the second has one
        ("الصين", "الصين"),  # China
        ("اللّه", "الله"),  # God
        ("ألم", "ألم"),  # pain: no article
    ],
)
def test_arabic_nouns_lose_the_article_that_the_list_gives_them(word, expected):
    assert translations(word, "ar") == [expected]


def test_other_languages_in_arabic_script_keep_the_same_letters():
    assert translations("القطة", "fa") == ["القطة"]


def test_what_is_further_to_the_right_is_no_sense_and_examples_are_counted():
    body = (
        'Katze <fem>\n      "a cat"  - eine Katze\n      "cats"  - Katzen\n         Note: zahm\n'
        "   Synonym: {pussy}\n\n [fig.] Schatz <masc>\n see: {cats}, {dog}\n"
    )
    assert senses_in(body, "de") == [Sense(False, 2, ["Katze"]), Sense(True, 2, ["Schatz"])]


@pytest.mark.parametrize(
    ("labels", "marked"),
    [
        ("[slang] ", True),
        ("[Br.]  [coll.] ", True),
        ("[fig.] [Am.] ", True),
        ("[Am.] ", False),
        ("[eBr.] [Am.] ", False),
    ],
)
def test_a_region_alone_is_no_mark(labels, marked):
    assert senses_in(f" {labels}Katze <fem> [zool.]", "de") == [Sense(marked, 0, ["Katze"])]


def test_the_main_sense_comes_first_whatever_the_alphabet_says():
    hook, animal = Sense(False, 0, ["Bandhaken", "Reifzange"]), Sense(False, 4, ["Hund"])
    assert ranked([hook, animal], "de")[0] == "Hund"
    assert ranked([Sense(False, 0, ["blozend", "rood"])], "nl") == ["rood", "blozend"]


def test_marked_senses_come_last_and_a_word_counts_by_its_best_sense():
    slang = Sense(True, 9, ["Haus", "Katze"])
    assert ranked([slang, Sense(False, 0, ["Bandhaken"])], "de") == ["Bandhaken", "Haus", "Katze"]
    assert ranked([slang, Sense(False, 0, ["Katze"])], "de") == ["Katze", "Haus"]


def test_of_equals_the_first_in_the_dictionary_is_the_best():
    senses = [Sense(False, 1, ["Qwertzhaken", "Abcdehaken"]), Sense(False, 0, ["Haken aus Eisen"])]
    assert ranked(senses, "de") == ["Qwertzhaken", "Abcdehaken", "Haken aus Eisen"]


ENTRIES = [
    "zebra /z/ <n>\nZebra <neut>\n",
    "Dog /d/\nBandhaken <masc>\n",
    'dog /d/\nHund <masc>, Köter <masc>\n      "dogs"  - Hunde\n',
    "learn sth. /l/ (learnt /l/ <>) <v>\netw. lernen <v, trans>\n",
    "traffic light /t/\nAmpel <fem>\n",
    "sun‐ /s/\nSonnen…\n",
    "above /ə/\n\n",
    "24 /t/\nvierundzwanzig\n",
    "one of these very long headwords /x/\nSache\n",
    "on/upon /x/\nauf\n",
]


def test_a_lexicon_has_what_texts_can_have_by_code_points(tmp_path):
    frame = lexicon(tmp_path, "de", ENTRIES)
    assert frame.to_dict("list") == {
        "source": ["dog", "learn", "traffic light", "zebra"],
        "target": ["Hund", "lernen", "Ampel", "Zebra"],
        "share": [1.0] * 4,
    }


def test_several_translations_are_drawn_the_less_the_later_they_come(tmp_path):
    frame = lexicon(tmp_path, "de", ENTRIES, translations=3)
    dogs = frame[frame["source"] == "dog"]
    assert dogs["target"].tolist() == ["Hund", "Köter", "Bandhaken"]
    assert dogs["share"].tolist() == [1, 1 / 2, 1 / 3]


def test_a_lexicon_is_the_same_when_read_back(tmp_path):
    frame = lexicon(tmp_path, "de", ENTRIES, translations=2)
    write_lexicon(tmp_path / "en-de.tsv", frame)
    assert read_lexicon(tmp_path / "en-de.tsv", "en", "de").equals(frame)


@pytest.mark.parametrize(("source", "target"), [("en", "fr"), ("de", "en"), ("de", "it"), ("en", "arz")])
def test_other_directions_are_lacking(source, target):
    told = FreeDict.lacking(source, target)
    assert told == (
        f"found no dictionary from {source} into {target}, expected one from en into ar, de, it, nl or ru"
    )
    assert FreeDict.asset(source, target) is None


@pytest.mark.parametrize("tag", [*CODES, "de-CH", "ar-EG"])
def test_every_dictionary_is_pinned_with_the_files_that_are_read(tag):
    assert FreeDict.lacking("en", tag) is FreeDict.lacking("en-GB", tag) is None
    name = FreeDict.asset("en", tag)
    assert name == f"freedict-eng-{CODES[tag[:2]]}"
    assert {f"dictd/{name}.index", f"dictd/{name}.dict.dz"} <= set(load_assets()[name]["members"])
