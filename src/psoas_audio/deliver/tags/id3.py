"""The ID3v2.3 tag of a session: texts, pictures, chapters and, optionally, lyrics.

Version 2.3, because ffmpeg 5 to 9 drops chapters that have pictures from tags of version 2.4.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from mutagen.id3 import (
    APIC,
    CHAP,
    COMM,
    CTOC,
    ID3,
    PRIV,
    SYLT,
    TALB,
    TCON,
    TIT2,
    TIT3,
    TLAN,
    TLEN,
    TPE1,
    TPE2,
    TPUB,
    TRCK,
    TSSE,
    TXXX,
    TYER,
    USLT,
    Frame,
)

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.text.captions import Caption, captions
from psoas_audio.deliver.text.transcript import transcript
from psoas_audio.errors import PsoasError
from psoas_audio.files import FileKind
from psoas_audio.id3_reader import BadTagError, read_id3
from psoas_audio.timeline.embedded import TIMELINE_OWNER, compress_timeline
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import samples_to_ms

_SOUND_FILE = FileKind("sound file", None)
PADDING_BYTES = 2048
"""Free space at the end of the tag, so that an editor can add to it without moving the sound."""

_NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})
_NO_OFFSET = 0xFFFFFFFF  # chapters have times instead of byte offsets
_FRONT_COVER, _OTHER = 3, 0  # picture types of ID3v2
_HEADER_BYTES = 10  # of a tag and of a frame
_MAX_CHILDREN = 255  # of a CTOC frame, which counts them in a byte
_TOP_LEVEL, _ORDERED = 2, 1  # flags of a CTOC frame

_ISO_639_2 = {
    "ar": "ara", "bg": "bul", "ca": "cat", "cs": "ces", "cy": "cym", "da": "dan", "de": "deu",
    "el": "ell", "en": "eng", "es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin",
    "fr": "fra", "ga": "gle", "gl": "glg", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun",
    "id": "ind", "is": "isl", "it": "ita", "ja": "jpn", "ka": "kat", "ko": "kor", "lt": "lit",
    "lv": "lav", "mk": "mkd", "ms": "msa", "nb": "nob", "nl": "nld", "nn": "nno", "no": "nor",
    "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sq": "sqi",
    "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam", "th": "tha", "tr": "tur", "uk": "ukr",
    "ur": "urd", "vi": "vie", "zh": "zho",
}  # fmt: skip


def id3(
    timeline: Timeline,
    details: Details,
    *,
    cover: bytes | None = None,
    pictures: Mapping[str, bytes] = _NO_PICTURES,
    lyrics: bool = False,
    timeline_json: str = "",
) -> bytes:
    """A complete ID3v2.3 tag, to be written before the first MP3 frame.

    *cover* and *pictures* (by marker id) are JPEG or PNG files. With *lyrics*, the transcript
    is embedded as unsynchronised lyrics (USLT), the captions as synchronised lyrics (SYLT).
    *timeline_json* is embedded compressed, in a private frame (PRIV), for programs like this one.
    The same arguments give the same bytes.
    """
    tag = ID3()
    language = iso_639_2(details.language)
    for frame in _texts(timeline, details, language):
        tag.add(frame)
    if cover:
        tag.add(_picture(cover, _FRONT_COVER, "cover"))
    for frame in _chapters(timeline, pictures):
        tag.add(frame)
    if lyrics:
        tag.add(_frame(USLT, transcript(timeline, details), lang=language, desc=""))
        tag.add(_synchronised(captions(timeline), language))
    if timeline_json:
        tag.add(PRIV(owner=TIMELINE_OWNER, data=compress_timeline(timeline_json)))
    out = BytesIO()
    tag.save(out, v1=0, v2_version=3, padding=lambda _: PADDING_BYTES)
    return _chapters_in_order(out.getvalue())


def read_user_texts(path: Path) -> dict[str, str]:
    """The user-defined texts (TXXX) in the tag of the MP3 file *path*, by name.

    Empty if the file has none, or can't be read.
    """
    with contextlib.suppress(PsoasError, OSError, BadTagError), _SOUND_FILE.open(path) as file:
        return read_id3(file).user_texts
    return {}


def iso_639_2(language: str) -> str:
    """The ISO 639-2 code of a BCP 47 *language*, as ID3 needs it; ``und`` if unknown."""
    primary = language.replace("_", "-").split("-")[0].lower()
    is_code = len(primary) == 3 and primary.isascii() and primary.isalpha()
    return _ISO_639_2.get(primary, primary if is_code else "und")


def _texts(timeline: Timeline, details: Details, language: str) -> Iterator[Frame]:
    yield _frame(TIT2, details.title)
    for kind, text in (
        (TIT3, details.summary),
        (TPE1, details.artist),
        (TPE2, details.author),
        (TPUB, details.author),
        (TALB, details.album),
        (TYER, str(details.year or "")),
        (TRCK, str(details.track or "")),
        (TCON, details.genre),
    ):
        if text:
            yield _frame(kind, text)
    yield _frame(TLAN, language)
    yield _frame(TLEN, str(samples_to_ms(timeline.length)))
    yield _frame(TSSE, f"psoas-audio {details.version} (LAME)".replace("  ", " "))
    if details.notes:
        yield _frame(COMM, details.notes, lang=language, desc="")
    for name, text in (
        ("script-digest", details.digest),
        ("variant", details.variant),
        ("made", details.made),
        ("digital-source-type", details.digital_source),
    ):
        if text:
            yield _frame(TXXX, text, desc=name)


def _chapters(timeline: Timeline, pictures: Mapping[str, bytes]) -> Iterator[Frame]:
    ids = [f"ch{number}" for number, _ in enumerate(timeline.markers)]
    if not ids:
        return
    for chapter_id, marker in zip(ids, timeline.markers, strict=True):
        sub_frames = [_frame(TIT2, marker.title or " ")]
        if picture := pictures.get(marker.id):
            sub_frames.append(_picture(picture, _OTHER, ""))
        yield CHAP(
            element_id=chapter_id,
            start_time=samples_to_ms(marker.start),
            end_time=samples_to_ms(marker.end),
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=sub_frames,
        )
    yield from _contents(ids, timeline.title)


def _contents(ids: Sequence[str], title: str) -> Iterator[Frame]:
    """A table of contents, or a table of tables if the chapters are too many for one."""
    if len(ids) > _MAX_CHILDREN:
        parts = [ids[i : i + _MAX_CHILDREN] for i in range(0, len(ids), _MAX_CHILDREN)]
        ids = [f"toc{number}" for number, _ in enumerate(parts)]
        for name, part in zip(ids, parts, strict=True):
            yield CTOC(element_id=name, flags=_ORDERED, child_element_ids=list(part), sub_frames=[])
    yield CTOC(
        element_id="toc",
        flags=_TOP_LEVEL | _ORDERED,
        child_element_ids=list(ids),
        sub_frames=[_frame(TIT2, title)],
    )


def _synchronised(lines: Sequence[Caption], language: str) -> Frame:
    milliseconds, lyrics = 2, 1
    text = [(" ".join(line.text.split()) + "\n", samples_to_ms(line.start)) for line in lines]
    encoding = _encoding("".join(words for words, _ in text))
    return SYLT(
        encoding=encoding, lang=language, format=milliseconds, type=lyrics, desc="", text=text
    )


def _picture(data: bytes, kind: int, description: str) -> Frame:
    mime = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    return APIC(encoding=0, mime=mime, type=kind, desc=description, data=data)


def _frame(kind: type[Frame], text: str, **fields: str) -> Frame:
    # A zero byte would end the text, and players would read the rest as another frame.
    text = text.replace("\0", "")
    value = text if kind is USLT else [text]
    return kind(encoding=_encoding(text), text=value, **fields)


def _encoding(text: str) -> int:
    """Latin-1 if *text* has no other characters, else UTF-16: version 2.3 has only these."""
    latin_1, utf_16 = 0, 1
    return latin_1 if max(text, default="") <= "\xff" else utf_16


def _chapters_in_order(tag: bytes) -> bytes:
    """*tag* with its CHAP frames in chronological order; mutagen sorts frames by size.

    Players that ignore the CTOC frame show chapters in the order of the file.
    """
    frames: list[bytes] = []
    offset = _HEADER_BYTES
    while offset < len(tag) and tag[offset]:
        size = _HEADER_BYTES + int.from_bytes(tag[offset + 4 : offset + 8], "big")
        frames.append(tag[offset : offset + size])
        offset += size
    chapters = sorted((f for f in frames if f.startswith(b"CHAP")), key=_chapter_number)
    others = [f for f in frames if not f.startswith(b"CHAP")]
    # mutagen writes texts first and pictures last; chapters go right before the pictures.
    first_picture = next((i for i, f in enumerate(others) if f.startswith(b"APIC")), len(others))
    ordered = (*others[:first_picture], *chapters, *others[first_picture:])
    return tag[:_HEADER_BYTES] + b"".join(ordered) + tag[offset:]


def _chapter_number(frame: bytes) -> int:
    element_id = frame[_HEADER_BYTES : frame.index(0, _HEADER_BYTES)]
    return int(element_id.removeprefix(b"ch"))
