"""The casing of a word, given to another one."""

import pytest

from switchrank.text.casing import case_like


@pytest.mark.parametrize(
    ("word", "language", "other", "other_language", "expected"),
    [
        ("Street", "en", "straße", "de", "Straße"),
        ("STREET", "en", "straße", "de", "STRASSE"),
        ("sTREET", "en", "straße", "de", "straße"),
        ("I", "en", "ich", "de", "Ich"),
        ("É", "fr", "und", "de", "Und"),
        ("E\u0301", "fr", "und", "de", "Und"),  # one letter, not two capitals
        ("Ice", "en", "ijs", "nl", "IJs"),
        ("ICE", "en", "ijs", "nl", "IJS"),
        ("IJs", "nl", "ice", "en", "Ice"),
        ("IJ", "nl", "ice", "en", "Ice"),
        ("IJS", "nl", "ice", "en", "ICE"),
        ("Ice", "en", "ijs", "af", "Ijs"),
        ("Job", "en", "iş", "tr", "İş"),
        ("LIGHT", "en", "ışık ile", "tr", "IŞIK İLE"),
        ("Light", "en", "ışık", "az", "Işık"),
        ("İş", "tr", "job", "en", "Job"),
        ("Water", "en", "l'eau", "fr", "L'eau"),
        ("Pocket", "en", "džep", "hr", "Džep"),
        ("germany", "en", "Deutschland", "de", "Deutschland"),
        ("Road", "en", "οδός", "el", "Οδός"),
        ("ROAD", "en", "οδός", "el", "ΟΔΌΣ"),
        ("ＲＥＤ", "ja", "rot", "de", "ROT"),
        ("R\u00aded", "en", "rot", "de", "Rot"),
        ("红", "zh", "rot", "de", "rot"),
        ("L’", "fr", "das", "de", "Das"),
        ("QU’", "fr", "das", "de", "DAS"),
        ("3D", "en", "räumlich", "de", "RÄUMLICH"),
    ],
)
def test_casing_follows_the_word_by_the_rules_of_each_language(
    word, language, other, other_language, expected
):
    assert case_like(word, language, other, other_language) == expected
