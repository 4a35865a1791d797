"""switchrank switch, on files and as a filter."""

import io
import json
import sys

import pytest

from switchrank.cli.main import main
from switchrank.lexicons.tsv import read_lexicon, to_translations
from switchrank.training.switching import Switcher

TEXTS = {"p1": "The black cat sleeps", "p2": "A cat, a dog and a tree"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "en-de.tsv").write_text("source\ttarget\tscore\ncat\tKatze\t1\ndog\tHund\t1\na\tein\t1\n")
    (tmp_path / "en-it.tsv").write_text("source\ttarget\tscore\ncat\tgatto\t1\nblack cat\tgatto nero\t1\n")
    (tmp_path / "de-en.tsv").write_text("no lexicon from English")
    (tmp_path / "texts.jsonl").write_text(
        "".join(f"{json.dumps({'id': name, 'text': text})}\n" for name, text in TEXTS.items())
    )
    (tmp_path / "texts.tsv").write_text(
        "id\ttext\n" + "".join(f"{name}\t{text}\n" for name, text in TEXTS.items())
    )
    return tmp_path


def lexicons(folder):
    return {
        language: to_translations(read_lexicon(folder / f"en-{language}.tsv", "en", language))
        for language in ("de", "it")
    }


def test_texts_are_switched_as_training_texts_are(folder, capsys):
    assert (
        main(["switch", "texts.jsonl", "--lexicons", ".", "--id", "id", "--ratio", "1", "--seed", "5"]) == 0
    )
    output, counts = capsys.readouterr()
    switched = {row["id"]: row["text"] for row in map(json.loads, output.splitlines())}
    switcher = Switcher("en", {"passage": lexicons(folder)}, 1, 5)
    expected = {name: switcher(text, name, "passage")[0] for name, text in TEXTS.items()}
    assert switched == expected != TEXTS
    head, _, german, italian = counts.splitlines()
    assert head.startswith("11 words in 2 texts: ") and head.endswith("asked for 100.0%)")
    assert german.startswith("de ") and italian.startswith("it ")


def test_coverage_and_the_side(folder, capsys):
    words = ["switch", "texts.tsv", "--lexicons", ".", "--id", "id", "--mode", "coverage", "--side", "query"]
    assert main([*words, "-o", "out.tsv"]) == 0
    assert capsys.readouterr().out == ""
    rows = [line.split("\t") for line in (folder / "out.tsv").read_text().splitlines()]
    assert rows[0] == ["id", "text"]
    switcher = Switcher("en", {"query": lexicons(folder)}, 0.5, 1, "coverage")
    expected = {name: switcher(text, name, "query")[0] for name, text in TEXTS.items()}
    assert dict(rows[1:]) == expected


def test_a_filter(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"cat\n")))
    words = ["switch", "--format", "tsv", "--field", "1", "--lexicon", "de=en-de.tsv", "--ratio", "1"]
    assert main(words) == 0
    assert capsys.readouterr().out == "Katze\n"


def test_nothing_is_nothing(folder, capsys):
    (folder / "none.jsonl").touch()
    assert main(["switch", "none.jsonl", "--lexicons", "."]) == 0
    assert capsys.readouterr() == ("", "found no text\n")


@pytest.mark.parametrize(
    "words, error",
    [
        (["texts.jsonl"], "found no lexicon, expected --lexicon LANGUAGE=FILE"),
        (["texts.jsonl", "--lexicons", "none"], "--lexicons: none: not found"),
        (["texts.jsonl", "--lexicon", "en-de.tsv"], "--lexicon: found 'en-de.tsv', expected LANGUAGE=FILE"),
        (["texts.jsonl", "--lexicon", "de=none.tsv"], "none.tsv: not found"),
        (["texts.jsonl", "--lexicon", "german language=en-de.tsv"], "expected a language such as 'de'"),
        (["texts.jsonl", "--lexicons", ".", "--ratio", "1.5"], "--ratio: found 1.5, expected 0 to 1"),
        (
            ["texts.jsonl", "--lexicons", ".", "--source-language", "german language"],
            "--source-language: found 'german language', expected a language such as 'en'",
        ),
        (["none.jsonl", "--lexicons", "."], "none.jsonl: No such file"),
        (
            ["texts.jsonl", "--lexicons", ".", "--field", "body", "-o", "out"],
            "texts.jsonl, line 1: found no text",
        ),
    ],
)
def test_a_mistake_is_one_line_and_writes_nothing(folder, capsys, words, error):
    assert main(["switch", *words]) == 1
    output, told = capsys.readouterr()
    assert error in told and told.count("\n") == 1 and output == ""
    assert not (folder / "out").exists()


def test_words_are_those_of_the_source_language(folder, capsys, monkeypatch):
    (folder / "fr-nl.tsv").write_text("source\ttarget\tscore\nglace\tijs\t1\narbre\tboom\t1\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Glace l’arbre 24\n".encode())))
    words = ["switch", "--format", "tsv", "--field", "1", "--lexicons", ".", "--source-language", "fr"]
    assert main([*words, "--ratio", "1"]) == 0
    output, counts = capsys.readouterr()
    assert output == "IJs l’ boom 24\n" and counts.startswith("4 words in 1 text: ")


def test_what_cannot_be_read_is_not_said_of_the_output(folder, capsys):
    # Its first bytes belong to nobody, so that to read them is an error of input.
    assert main(["switch", "/proc/self/mem", "--lexicons", ".", "-o", "out.jsonl"]) == 1
    error = capsys.readouterr().err
    assert error == "switchrank: /proc/self/mem cannot be read: Input/output error\n"
    assert not (folder / "out.jsonl").exists()
