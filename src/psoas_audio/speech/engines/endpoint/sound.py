"""The sound in an answer's body, judged by its bytes: what servers say of it is often wrong."""

from __future__ import annotations

import io
import re
import struct

import numpy as np

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import FinalError
from psoas_audio.speech.engines._decoding import decode
from psoas_audio.speech.engines.endpoint.http import BrokenAnswerError

_MAX_SAMPLE_RATE_HZ = 48_000
_UNKNOWN_LENGTH = 0x7FFF0000
"""Streamed WAV files claim to be this long or longer (0x7FFFFFFF, 0xFFFFFFFF, less a header)."""
_HEADER_INSIDE = re.compile(rb"RIFF....WAVE", re.DOTALL)
_TAIL_MS = 10
_ABRUPT = 10 ** (-20 / 20)
"""RMS of the last sounding 10 ms over the peak; speech that ends by itself is near -50 dB there."""
_SOUNDING_FLOOR = 10 ** (-50 / 20)


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
        raise FinalError(f"the speech server sent {_name_of(body)} instead of sound")
    try:
        pcm, rate = decode(io.BytesIO(body))
    except SpeechError as error:
        raise BrokenAnswerError(f"the speech server's sound is broken: {error.what}") from None
    if not pcm:
        raise BrokenAnswerError("the speech server sent a sound file without sound")
    if rate > _MAX_SAMPLE_RATE_HZ:
        raise FinalError(f"the speech server's sound has a sample rate of {rate:,} Hz")
    if (seconds := len(pcm) / 2 / rate) > max_seconds:
        raise FinalError(f"the speech server sent {seconds:.0f} s of sound for this line")
    return pcm, rate


def breaks_off(pcm: bytes, rate: int) -> bool:
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
            if size >= _UNKNOWN_LENGTH or (size == 0 and left):
                return _wav(form, _without_headers(body[start:]))
            if size > left:
                raise BrokenAnswerError("the speech server's sound breaks off")
            return _wav(form, body[start : start + size])
        if kind == b"fmt ":
            form = body[start : start + size]
        at = start + size + size % 2
    raise BrokenAnswerError("the speech server's sound breaks off before it begins")


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
    known = (b"fLaC", b"OggS", b"ID3", b"FORM", b".snd", b"caff")
    mpeg = len(body) > 1 and body[0] == 0xFF and body[1] & 0xE0 == 0xE0
    return body.startswith(known) or mpeg


def _name_of(body: bytes) -> str:
    head = body[:200].lstrip().lower()
    if head.startswith((b"<!doctype", b"<html")):
        return "a web page"
    return "JSON" if head.startswith((b"{", b"[")) else "something"
