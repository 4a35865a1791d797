"""Switched words found again in a switched text."""

from hypothesis import given
from hypothesis import strategies as st

from switchrank.report.examples import marked

WORDS = st.lists(st.sampled_from(["cat", "face", "gatto", "وجه", "Gesicht", "a"]), max_size=8)


@given(WORDS, st.data())
def test_the_pieces_make_up_the_text_and_every_switch_is_found(words, data):
    switched = data.draw(st.lists(st.integers(0, len(words) - 1), unique=True) if words else st.just([]))
    switches = [["x", words[place], "it"] for place in sorted(switched)]
    text = ", ".join(words)
    pieces, rest = marked(text, switches)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.language] == [one[1] for one in switches]
    assert rest == []


def test_parts_of_words_are_not_marked():
    pieces, rest = marked("category, Cat", [["chat", "cat", "nl"]])
    assert [(piece.text, piece.language_name) for piece in pieces] == [("category, ", ""), ("Cat", "Dutch")]
    assert rest == []


def test_what_stands_beyond_the_text_is_given_back():
    pieces, rest = marked("gatto", [["cat", "gatto", "it"], ["face", "faccia", "it"]])
    assert [piece.word for piece in pieces] == ["cat"]
    assert rest == [["face", "faccia", "it"]]
