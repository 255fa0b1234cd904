"""Read the title, custom texts, chapters and private data from ID3 tags of untrusted files.

Not done with mutagen, which decompresses frames without a limit (a megabyte can become gigabytes)
and copies the rest of the tag at each frame. Compressed and encrypted frames are skipped; programs
hardly ever write them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

MAX_TAG_BYTES = 32_000_000
"""About twice the size of a tag with five hundred chapters that each have a picture."""
_MAX_FRAMES = 10_000
"""Counts the frames of the tag and of its chapters together."""
_HEADER_BYTES = 10
_UNREADABLE = {3: 0x00C0, 4: 0x000C}
"""Flag bits of compressed and encrypted frames, by ID3 version."""
_FRAMES_READ = (b"TIT2", b"TXXX", b"CHAP", b"PRIV")
_ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")


class BadTagError(ValueError):
    """There is no ID3 tag, or it can't be read."""


class Id3Chapter(NamedTuple):
    """A chapter (CHAP frame) of a tag."""

    start_ms: int
    end_ms: int
    title: str
    """Empty if there is none."""


class Id3Tag(NamedTuple):
    """The contents of a tag."""

    title: str
    """Empty if there is none."""
    user_texts: dict[str, str]
    """User-defined texts (TXXX) by description."""
    chapters: tuple[Id3Chapter, ...]
    """In the order of the tag."""
    private: dict[str, bytes]
    """Data of private frames (PRIV) by owner."""


def read_id3(file: BinaryIO) -> Id3Tag:
    """Read the ID3 tag (version 2.3 or 2.4) at the current position of *file*.

    Raises :class:`BadTagError` if there is none, or if it is too large or damaged.
    """
    version, flags, size = _header(file.read(_HEADER_BYTES))
    if size > MAX_TAG_BYTES:
        raise BadTagError(f"the ID3 tag has {size:,} bytes; at most {MAX_TAG_BYTES:,} are read")
    data = file.read(size)
    if flags & 0x80 and version == 3:
        data = _undo_unsynchronisation(data)
    if flags & 0x40:
        data = data[_extended_header_bytes(data, version) :]
    parser = _Parser(version)
    title, texts, chapters, private = "", {}, [], {}
    for name, body in parser.frames(memoryview(data)):
        if name == b"TIT2":
            title = title or _text(body)
        elif name == b"TXXX":
            description, _, text = _text(body, whole=True).partition("\0")
            texts[description] = text.rstrip("\0").lstrip("\ufeff")
        elif name == b"CHAP":
            chapters.append(parser.chapter(body))
        elif name == b"PRIV":
            owner, _, content = body.partition(b"\0")
            private[owner.decode("latin-1")] = content
    return Id3Tag(title, texts, tuple(filter(None, chapters)), private)


class _Parser:
    """Reads frames and enforces the limit on their number."""

    def __init__(self, version: int) -> None:
        self._version = version
        self._count = 0

    def frames(self, data: memoryview) -> Iterator[tuple[bytes, bytes]]:
        """Name and body of each title, custom text, chapter and private frame in *data*."""
        at = 0
        while at + _HEADER_BYTES < len(data) and data[at]:
            self._count += 1
            if self._count > _MAX_FRAMES:
                raise BadTagError(f"the ID3 tag has more than {_MAX_FRAMES:,} frames")
            name = bytes(data[at : at + 4])
            size = self._size(bytes(data[at + 4 : at + 8]))
            flags = int.from_bytes(data[at + 8 : at + 10], "big")
            body = data[at + _HEADER_BYTES : at + _HEADER_BYTES + size]
            at += _HEADER_BYTES + size
            if name in _FRAMES_READ and not flags & _UNREADABLE[self._version]:
                yield name, self._body(bytes(body), flags)

    def chapter(self, body: bytes) -> Id3Chapter | None:
        """The chapter in a CHAP frame's *body*; ``None`` if it is cut short."""
        _, found, rest = body.partition(b"\0")
        if not found or len(rest) < 16:
            return None
        start, end = (int.from_bytes(rest[i : i + 4], "big") for i in (0, 4))
        inside = self.frames(memoryview(rest)[16:])
        titles = (_text(text) for name, text in inside if name == b"TIT2")
        return Id3Chapter(start, end, next(titles, ""))

    def _size(self, four: bytes) -> int:
        # Some programs write version 2.4 frame sizes in the format of 2.3.
        if self._version == 4 and max(four) < 0x80:
            return _syncsafe(four)
        return int.from_bytes(four, "big")

    def _body(self, body: bytes, flags: int) -> bytes:
        if self._version == 3:
            return body[1:] if flags & 0x20 else body
        body = body[1:] if flags & 0x40 else body
        body = body[4:] if flags & 0x01 else body
        return _undo_unsynchronisation(body) if flags & 0x02 else body


def _header(head: bytes) -> tuple[int, int, int]:
    """Version, flags and size in bytes of the tag whose header is *head*."""
    if len(head) < _HEADER_BYTES or not head.startswith(b"ID3"):
        raise BadTagError("there is no ID3 tag")
    if head[3] not in _UNREADABLE or max(head[6:]) > 0x7F:
        raise BadTagError("the ID3 tag is damaged, or its version is neither 2.3 nor 2.4")
    return head[3], head[5], _syncsafe(head[6:])


def _extended_header_bytes(data: bytes, version: int) -> int:
    return _syncsafe(data[:4]) if version == 4 else 4 + int.from_bytes(data[:4], "big")


def _syncsafe(four: bytes) -> int:
    number = 0
    for byte in four:
        number = number << 7 | byte & 0x7F
    return number


def _undo_unsynchronisation(data: bytes) -> bytes:
    return data.replace(b"\xff\x00", b"\xff")


def _text(body: bytes, *, whole: bool = False) -> str:
    """The text in a frame's *body*, up to the first NUL unless *whole*."""
    if not body or body[0] >= len(_ENCODINGS):
        return ""
    text = body[1:].decode(_ENCODINGS[body[0]], "replace")
    return text if whole else text.partition("\0")[0]
