"""Draws for training texts: keyed hashes of (seed, record, side, position).

Each depends on nothing else: no other word, record, seed or process.
"""

import json
from hashlib import blake2b


def record_of(i: str, number: int = 0, epoch: int = 0) -> str:
    """The record of an item in a round of an epoch, by its id; without the epoch if it is the first."""
    return f"{i}/{number}/{epoch}" if epoch else f"{i}/{number}"


def source_of(record: str, epoch: int = 0) -> str:
    """The id of the item that a record of an epoch is of."""
    return record.rsplit("/", 2 if epoch else 1)[0]


def key_of(seed: int, record: str, side: str) -> bytes:
    """The key of all draws for a text, by its record."""
    return blake2b(json.dumps([seed, record, side]).encode(), digest_size=32).digest()


def drawn(key: bytes, position: int) -> tuple[float, int]:
    """Give a number in [0, 1) and an integer of 64 bits, independent of each other."""
    digest = blake2b(position.to_bytes(8, "big", signed=True), digest_size=16, key=key).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53, int.from_bytes(digest[8:], "big")
