"""The sound in an answer's body, judged by its bytes: what servers say of it is often wrong."""

from __future__ import annotations

import io
import json
import re
import struct

import numpy as np

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import FinalError
from psoas_audio.speech.engines._decoding import decode
from psoas_audio.speech.engines._headers import UnusableSoundError
from psoas_audio.speech.engines.endpoint.http import BrokenAnswerError

_MAX_SAMPLE_RATE_HZ = 48_000
_UNKNOWN_LENGTH = 0x7FFF0000
"""Streamed WAV files claim to be this long or longer (0x7FFFFFFF, 0xFFFFFFFF, less a header)."""
_HEADER_INSIDE = re.compile(rb"RIFF....WAVE", re.DOTALL)
_WITH_HEADERS = 44
"""Bytes: some servers give the size of the whole file as that of its data."""
_TAIL_MS = 10
_ABRUPT = 10 ** (-20 / 20)
"""RMS of the last sounding 10 ms over the peak; speech that ends by itself is near -50 dB there."""
_SOUNDING_FLOOR = 10 ** (-50 / 20)
_LATIN_LETTER = re.compile(r"[^\W\d_\u0250-\uffff]")
_MIN_LETTERS = 20
"""Of a text whose length tells something."""
_MIN_S_PER_LETTER, _MAX_S_PER_LETTER = 0.025, 0.18
"""Seconds at a speed of 1. Kokoro and Piper take 0.058 to 0.085 (29 lines each), with pauses."""


def read_sound_body(body: bytes, max_seconds: float) -> tuple[bytes, int]:
    """Mono 16-bit samples and the sample rate in Hz.

    Raises ``BrokenAnswerError`` for a body that is empty or breaks off, and ``FinalError`` for one
    that isn't sound, or is longer than *max_seconds*.
    """
    if not body:
        raise BrokenAnswerError("the speech server sent no sound")
    if body[:4] in (b"RIFF", b"RIFX", b"RF64"):
        body = _with_true_length(body) if body[:4] == b"RIFF" else body
    elif not _is_sound(body):
        raise FinalError(
            f"the speech server sent {_name_of(body)} instead of sound{_quoted(body)}",
            hint="Check that the server, its model and the voice can make WAV.",
        )
    try:
        pcm, rate = decode(io.BytesIO(body))
    except UnusableSoundError as error:
        raise FinalError(
            f"the speech server's sound can't be used: {error.what}", hint=error.hint
        ) from None
    except SpeechError as error:
        raise BrokenAnswerError(f"the speech server's sound is broken: {error.what}") from None
    if not pcm:
        raise BrokenAnswerError("the speech server sent a sound file without sound")
    if rate > _MAX_SAMPLE_RATE_HZ:
        raise FinalError(f"the speech server's sound has a sample rate of {rate:,} Hz")
    if (seconds := len(pcm) / 2 / rate) > max_seconds:
        raise FinalError(f"the speech server sent {seconds:.0f} s of sound for this line")
    return pcm, rate


def sound_faults(pcm: bytes, rate: int, text: str, speed: float) -> tuple[str, ...]:
    """What is wrong with the sound for *text* at *speed*: sentences without a full stop.

    Neural voices sometimes stop early, repeat themselves, or go on in no language at all.
    """
    faults = ["the server's sound breaks off at its end"] if _breaks_off(pcm, rate) else []
    letters = len(_LATIN_LETTER.findall(text))
    seconds = len(pcm) / 2 / rate * speed
    if letters >= _MIN_LETTERS and seconds > letters * _MAX_S_PER_LETTER:
        faults.append("the server's sound is far longer than these words take")
    if letters >= _MIN_LETTERS and seconds < letters * _MIN_S_PER_LETTER:
        faults.append("the server's sound is far shorter than these words take")
    return tuple(faults)


def _breaks_off(pcm: bytes, rate: int) -> bool:
    """Whether the sound falls from speech to nothing at once, as when its end is lost."""
    samples = np.abs(np.frombuffer(pcm, "<i2").astype(np.float32))
    peak = float(samples.max(initial=0.0))
    sounding = np.flatnonzero(samples > peak * _SOUNDING_FLOOR)
    if not len(sounding):
        return False
    end = int(sounding[-1]) + 1
    tail = samples[max(0, end - rate * _TAIL_MS // 1000) : end]
    return float(np.sqrt(np.mean(tail**2))) > peak * _ABRUPT


def _with_true_length(body: bytes) -> bytes:
    """A RIFF file, its length corrected if it was streamed and so unknown when it began."""
    form, at = b"", 12
    while at + 8 <= len(body):
        kind, size = body[at : at + 4], struct.unpack_from("<I", body, at + 4)[0]
        start = at + 8
        if kind == b"data":
            left = len(body) - start
            if size >= _UNKNOWN_LENGTH or _goes_on(body[start + size :]):
                return _wav(form, _without_headers(body[start:]))
            if size > left + _WITH_HEADERS:
                raise BrokenAnswerError("the speech server's sound breaks off")
            return _wav(form, body[start : start + size])
        if kind == b"fmt ":
            form = body[start : start + size]
        at = start + size + size % 2
    raise BrokenAnswerError("the speech server's sound breaks off before it begins")


def _goes_on(rest: bytes) -> bool:
    """Whether *rest*, which follows the data by its length, is more of it and no further chunk."""
    rest = rest.lstrip(b"\0")
    if len(rest) < 8:
        return False
    kind, size = rest[:4], struct.unpack_from("<I", rest, 4)[0]
    return not (kind.isascii() and kind.decode("ascii").isprintable() and size <= len(rest))


def _without_headers(data: bytes) -> bytes:
    """*data* without the WAV headers that some servers put before each part of a stream."""
    parts, at = [], 0
    for match in _HEADER_INSIDE.finditer(data):
        begin = data.find(b"data", match.end(), match.end() + 200)
        if begin >= 0:
            parts.append(data[at : match.start()])
            at = begin + 8
    return b"".join([*parts, data[at:]])


def _wav(form: bytes, data: bytes) -> bytes:
    """A WAV file of *data*, whole samples of the format *form* (the content of ``fmt``)."""
    if len(form) < 16:
        raise BrokenAnswerError("the speech server's sound has no format")
    align = struct.unpack_from("<H", form, 12)[0] or 1
    data = data[: len(data) // align * align]
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"\0" * (len(form) % 2)
    chunks += b"data" + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def _is_sound(body: bytes) -> bool:
    known = (b"fLaC", b"OggS", b"ID3", b"FORM", b".snd", b"caff", b"riff")
    # With a layer: without one it is AAC, which libsndfile doesn't read.
    mpeg = len(body) > 1 and body[0] == 0xFF and body[1] & 0xE0 == 0xE0 and body[1] & 0x06 != 0
    return body.startswith(known) or mpeg


def _name_of(body: bytes) -> str:
    """What *body*, which isn't sound that can be read, is."""
    head = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"{", b"[", b'"')):
        return "JSON"
    if head.startswith(b"<"):
        return "a web page" if b"<html" in head or b"<!doctype html" in head else "XML"
    for mark, name in _OTHER_SOUNDS.items():
        if body.startswith(mark) or mark == body[4:8] == b"ftyp":
            return f"{name}, which isn't read,"
    return "a text" if _quoted(body) else "something"


def _quoted(body: bytes) -> str:
    """What *body* says, after a colon; empty if that is no text."""
    told = " ".join(message_in(body[:65536]).split())[:80]
    return f": “{told}”" if told and told.isprintable() and "\ufffd" not in told else ""


_OTHER_SOUNDS = {
    b"\x1aE\xdf\xa3": "WebM",
    b"ftyp": "M4A",
    b"\xff\xf1": "AAC",
    b"\xff\xf9": "AAC",
    b"#!AMR": "AMR",
}
"""What sound begins with that libsndfile doesn't read."""


def message_in(body: bytes) -> str:
    """The sentence in an error's body, in any of the shapes that servers answer with."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        text = body.decode("utf-8", errors="replace")
        return "" if "<" in text else text
    for key in ("error", "detail", "message", "msg"):
        if isinstance(found, list) and found:
            found = found[0]
        if isinstance(found, dict) and key in found:
            found = found[key]
    return found if isinstance(found, str) else ""
