"""Answers of speech servers, and of what stands before them, as they come by mistake."""

from __future__ import annotations

import contextlib
import gzip
import io
import socket
import struct
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile
from speech_server import KEY, SAMPLE_RATE, sound, with_length

from psoas_audio.speech.engine import FinalError, Request
from psoas_audio.speech.engines.endpoint import engine as endpoint_engine
from psoas_audio.speech.engines.endpoint.engine import Endpoint
from psoas_audio.speech.engines.endpoint.http import TimeLimits
from psoas_audio.speech.engines.endpoint.server_voices import list_server_voices

TEXT = "Let the right knee soften, and breathe out."
WAV = sound(TEXT)
SAMPLES = np.frombuffer(WAV[44:], "<i2").astype(np.float32) / 32768
LIMITS = TimeLimits(connect=1.0, first_byte=1.0, between=1.0, whole=5.0)
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def encoded(
    form: str, kind: str = "WAV", samples: np.ndarray = SAMPLES, rate: int = 24000
) -> bytes:
    soundfile.write(out := io.BytesIO(), samples, rate, format=kind, subtype=form)
    return out.getvalue()


class Answers:
    """Gives every request to speak the same bytes, and those for voices others."""

    def __init__(self) -> None:
        self.speech, self.voices, self.asked = b"", NOT_FOUND, 0
        self.resets = False
        """Whether the connection is reset after the bytes, as when a process is killed."""
        self.stays = False
        """Whether it is left open after them."""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as request:
            first, length = request.readline(), 0
            while (line := request.readline().strip()) != b"":
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            request.read(length)
            if first.startswith(b"GET"):
                connection.sendall(self.voices)
                return
            self.asked += 1
            connection.sendall(self.speech)
            if self.resets:
                time.sleep(0.05)  # what was sent is read first
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            if not self.stays:
                connection.shutdown(socket.SHUT_WR)
            request.read(1)  # until the client has closed: else what it hasn't read is lost


@pytest.fixture
def server(tmp_path, monkeypatch) -> Iterator[Answers]:
    server = Answers()
    monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT", server.url)
    monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT_FILE", str(tmp_path / "endpoint.toml"))
    monkeypatch.delenv("PSOAS_AUDIO_ENDPOINT_KEY", raising=False)
    monkeypatch.setattr(endpoint_engine, "_RETRY_AFTER_S", (0.01, 0.01))
    yield server
    server.close()


def speak() -> np.ndarray:
    speech = Endpoint(LIMITS).speak(Request(TEXT, "af_heart", 160.0, 50, "en-US"))
    assert speech.sample_rate == SAMPLE_RATE
    assert speech.faults == ()
    return np.frombuffer(speech.pcm, "<i2")


def chunked(body: bytes, extension: str = "", trailer: str = "") -> bytes:
    parts = [body[at : at + 5000] for at in range(0, len(body), 5000)]
    chunks = b"".join(b"%x%s\r\n%s\r\n" % (len(p), extension.encode(), p) for p in parts)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + chunks + f"0\r\n{trailer}\r\n".encode()


@pytest.mark.parametrize(
    ("sent", "tolerance"),
    [
        (answer(gzip.compress(WAV), "Content-Encoding: gzip"), 1),
        (chunked(WAV, ";name=value", "X-Checksum: 1\r\n"), 1),
        (b"HTTP/1.0 200 OK\r\n\r\n" + WAV, 1),
        (answer(WAV, "Content-Length: many"), 1),
        (answer(WAV, status="201 Created"), 1),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + answer(WAV), 1),
        (answer(WAV + b"LIST" + struct.pack("<I", 10) + b"INFOabcdef"), 1),
        (answer(with_length(WAV, (len(WAV) - 44) // 2)), 1),
        (answer(with_length(WAV, len(WAV))), 1),
        (answer(with_length(WAV, 0x80000000)), 1),
        (answer(encoded("PCM_U8")), 300),
        (answer(encoded("PCM_24")), 1),
        (answer(encoded("DOUBLE")), 1),
        (answer(encoded("ULAW")), 300),
        (answer(encoded("PCM_16", "W64")), 1),
        (answer(encoded("PCM_16", "RF64")), 1),
        (answer(encoded("PCM_16", "AIFF")), 1),
    ],
)
def test_the_whole_sound_is_read_however_it_is_wrapped(server, sent, tolerance):
    server.speech = sent
    heard = speak().astype(int)
    assert len(heard) == len(SAMPLES)
    assert np.abs(heard - np.rint(SAMPLES * 32768)).max() <= tolerance
    assert server.asked == 1


@pytest.mark.parametrize(("form", "kind"), [("OPUS", "OGG"), ("MPEG_LAYER_III", "MP3")])
def test_lossy_sound_is_read_whatever_its_header_says(server, form, kind):
    server.speech = answer(encoded(form, kind), "Content-Type: text/html")
    assert len(speak()) == pytest.approx(len(SAMPLES), rel=0.02)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (answer(gzip.compress(bytes(100_000_000)), "Content-Encoding: gzip"), "sent more than"),
        (answer(WAV, "Content-Encoding: br"), "compressed in a way that isn't read: br"),
        (answer(b"\xef\xbb\xbf<!-- --><html>Sign in"), "sent a web page instead of sound"),
        (answer(b"<?xml version='1.0'?><error/>"), "sent XML instead of sound"),
        (answer(b"model not loaded"), "sent a text instead of sound: “model not loaded”"),
        (
            answer(b'{"error": {"message": "no such model"}}'),
            "sent JSON instead of sound: “no such model”",
        ),
        (answer(WAV[44:]), "sent something instead of sound"),
        (answer(b"\x1aE\xdf\xa3" + bytes(99)), "sent WebM, which isn't read"),
        (answer(b"\0\0\0\x18ftypM4A " + bytes(99)), "sent M4A, which isn't read"),
        (answer(b"\xff\xf1\x50\x80" + bytes(99)), "sent AAC, which isn't read"),
        (answer(encoded("PCM_16", rate=4000)), "can't be an utterance"),
        (answer(encoded("PCM_16", samples=np.column_stack([SAMPLES] * 6))), "on 6 channels"),
        (answer(encoded("FLOAT", samples=SAMPLES * 32768)), "many times beyond full scale"),
        (answer(b"", status="204 No Content"), "status 204"),
        (answer(b"", "Location: http://[::", status="307 Moved"), "that isn't valid"),
        (answer(b"", "Location: file:///etc/passwd", status="308 Moved"), "that isn't valid"),
        (answer(b"", "Location: /v1/a b", status="307 Moved"), "that isn't valid"),
        (answer(b"", "Location: http://127.0.0.1:1/", status="307 Moved"), "isn't followed"),
        (answer(b"", "Location: https://127.0.0.1/", status="307 Moved"), "isn't followed"),
        (answer(b"", status="307 Moved"), "status 307"),
        (answer(b"{}", status="401 Unauthorized"), "status 401"),
        (b"HTTP/1.1 500 Fault\r\n\r\n" + b"x" * 5_000_000, "status 500"),
    ],
)
def test_what_would_come_again_is_asked_for_once(server, sent, told):
    server.speech = sent
    with pytest.raises(FinalError) as caught:
        speak()
    assert told in caught.value.what
    assert len(caught.value.what) < 400
    assert server.asked == 1


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (answer(gzip.compress(WAV)[:-2000], "Content-Encoding: gzip"), "it broke off"),
        (answer(b"no gzip" * 9, "Content-Encoding: gzip"), "isn't HTTP"),
        (chunked(WAV).replace(b"\r\n1388\r\n", b"\r\n-5\r\n", 2), "it broke off"),
        (answer(WAV).replace(b"Content-Length: ", b"Content-Length: 9", 1), "it broke off"),
        (answer(WAV[:9000]), "sound breaks off"),
        (answer(with_length(WAV, 2 * len(WAV))), "sound breaks off"),
        (answer(encoded("PCM_16", "FLAC")[:20_000]), "is broken"),
        (answer(encoded("MPEG_LAYER_III", "MP3")[:4000]), "is broken"),
        (answer(encoded("FLOAT", samples=np.full(9000, np.nan, np.float32))), "not numbers"),
        (WAV, "isn't HTTP"),
        (b"ICY 200 OK\r\n\r\n" + WAV, "isn't HTTP"),
        (answer(WAV, "X: " + "a" * 70_000), "isn't HTTP"),
        (answer(WAV, *["X: 1"] * 1000), "isn't HTTP"),
        (b"", "it broke off"),
    ],
)
def test_what_is_damaged_on_its_way_is_asked_for_three_times(server, sent, told):
    server.speech = sent
    with pytest.raises(FinalError, match=told):
        speak()
    assert server.asked == 3


@pytest.mark.parametrize("before", [b"", answer(WAV)[:9000]])
def test_a_connection_that_is_reset_is_made_again(server, before):
    server.speech, server.resets = before, True
    with pytest.raises(FinalError, match="it broke off"):
        speak()
    assert server.asked == 3


def test_a_server_that_never_closes_is_left(server):
    server.speech, server.stays = b"HTTP/1.1 200 OK\r\n\r\n" + WAV, True
    limits = TimeLimits(connect=1.0, first_byte=1.0, between=0.2, whole=5.0)
    with pytest.raises(FinalError, match=r"nothing was received for 0\.2 s"):
        Endpoint(limits).speak(Request(TEXT, "af_heart", 160.0, 50, "en-US"))


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("0.2", 0.2, 0.2),
        ("7", 7, 7),
        ("999999", 30, 30),
        pytest.param(formatdate(time.time() - 1e6, usegmt=True), 0, 0, id="past"),
        pytest.param(formatdate(time.time() + 1e6, usegmt=True), 30, 30, id="future"),
        *((junk, 0.01, 0.01) for junk in ("-5", "nan", "soon", "1e999", "")),
    ],
)
def test_a_busy_server_says_when_to_ask_again(server, monkeypatch, header, least, most):
    waited: list[float] = []
    monkeypatch.setattr(endpoint_engine, "time", SimpleNamespace(sleep=waited.append))
    server.speech = answer(b"", f"Retry-After: {header}", status="429 Too Many Requests")
    with pytest.raises(FinalError, match="status 429"):
        speak()
    assert len(waited) == 2
    assert all(least <= seconds <= most for seconds in waited)


def test_the_key_is_not_shown_when_a_body_quotes_it(server, monkeypatch):
    monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT_KEY", KEY)
    for body in (f"the key {KEY} is wrong", f'{{"error": "the key {KEY} is wrong"}}'):
        server.speech = answer(body.encode())
        with pytest.raises(FinalError, match="the key … is wrong") as caught:
            speak()
        assert KEY not in caught.value.report()


@pytest.mark.parametrize(
    "voices",
    [
        answer(b"", "Location: http://[::", status="307 Moved"),
        answer(b"<html>Sign in</html>"),
        answer(b"[" * 100_000),
        answer(b'{"voices": null}'),
        answer(b'{"voices": [[], {}, {"id": 7}, {"id": ""}]}'),
        answer(b"\xff\xfe"),
        answer(b'["' + b"a" * 5_000_000 + b'"]'),
        answer(gzip.compress(bytes(50_000_000)), "Content-Encoding: gzip"),
        answer(b"{}", status="500 Fault"),
        b"",
    ],
)
def test_a_list_of_voices_that_makes_no_sense_counts_as_none(server, voices):
    server.voices = voices
    asked = endpoint_engine.SpeechServer(server.url, "loopback", "", LIMITS)
    found = list_server_voices(asked)
    assert (found.voices, found.whole, found.kokoro) == ((), False, False)
