"""Bytes as text for a page: 13 bits in two characters, a fifth more than the bytes.

Base64 would add a third. The characters are the printable ones of ASCII but ``<``, ``>`` and ``&``,
so that the text can stand in any element of HTML, and no tool that changes line ends or encodings
changes it.
"""

from __future__ import annotations

import numpy as np

ALPHABET = bytes(code for code in range(0x21, 0x7F) if chr(code) not in "<>&")
"""The 91 characters: 91² is just more than 2¹³."""

_BITS, _GROUP = 13, 13
"""Bits of two characters; bytes in which they fit a whole number of times."""


def page_text(data: bytes) -> str:
    """*data* as text; its number of bytes must be told apart from it."""
    groups = -(-len(data) // _GROUP)
    padded = np.frombuffer(data.ljust(groups * _GROUP + 2, b"\0"), np.uint8)
    values = np.empty((groups, 8), np.uint32)
    for number in range(8):
        first, offset = divmod(number * _BITS, 8)
        parts = (padded[first + more :: _GROUP][:groups].astype(np.uint32) for more in range(3))
        high, middle, low = parts
        whole = high << 16 | middle << 8 | low
        values[:, number] = whole >> (24 - _BITS - offset) & (1 << _BITS) - 1
    flat = values.ravel()[: -(-len(data) * 8 // _BITS)]
    alphabet = np.frombuffer(ALPHABET, np.uint8)
    pairs = np.stack((alphabet[flat // len(alphabet)], alphabet[flat % len(alphabet)]), axis=1)
    return pairs.tobytes().decode("ascii")


def page_bytes(text: str, count: int) -> bytes:
    """The *count* bytes that *text* stands for."""
    numbers = np.zeros(256, np.uint32)
    numbers[np.frombuffer(ALPHABET, np.uint8)] = np.arange(len(ALPHABET))
    pairs = numbers[np.frombuffer(text.encode("ascii"), np.uint8)].reshape(-1, 2)
    values = pairs[:, 0] * len(ALPHABET) + pairs[:, 1]
    bits = values[:, np.newaxis] >> np.arange(_BITS - 1, -1, -1, dtype=np.uint32) & 1
    return np.packbits(bits.astype(np.uint8).ravel()).tobytes()[:count]
