"""A speech server by the documents of real ones, with all the odd behaviours that they have.

It answers ``POST /v1/audio/speech`` with a tone a word and a pause at each mark. What is put into
``habits`` changes the answers to the next requests, one each.
"""

from __future__ import annotations

import array
import io
import json
import math
import re
import struct
import threading
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import soundfile

SAMPLE_RATE = 24_000
WORDS_PER_MINUTE = 180
VOICES = ("af_heart", "bf_emma")
KEY = "sk-secret-of-the-tests"


class Server(ThreadingHTTPServer):
    """Counts and remembers what it is asked."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.habits: list[str] = []
        self.always: set[str] = set()
        """What it never takes or does: ``no stream``, ``no slow``, ``one rate``, ``no list`` …"""
        self.voices: Any = {"voices": [{"id": name, "name": name} for name in VOICES]}
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.busy = self.most_busy = 0
        self.guard = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/v1/audio/voices" and "no list" not in self.server.always:
            self.reply(200, json.dumps(self.server.voices).encode(), "application/json")
        else:
            self.fail(404, "Not Found")

    def do_POST(self) -> None:
        server = self.server
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/elsewhere/v1/audio/speech":
            self.reply(200, sound(body["input"]))
            return
        with server.guard:
            server.asked.append(body)
            server.headers.append(dict(self.headers))
            habit = server.habits.pop(0) if server.habits else ""
        self.answer(body, habit)

    def answer(self, body: dict[str, Any], habit: str) -> None:
        always, speed = self.server.always, body.get("speed", 1.0)
        if "key" in always and self.headers["Authorization"] != f"Bearer {KEY}":
            self.fail(401, f"Wrong key: {self.headers['Authorization']}")
        elif "no stream" in always and "stream" in body:
            detail = [{"loc": ["body", "stream"], "msg": "Extra inputs are not permitted"}]
            self.reply(422, json.dumps({"detail": detail}).encode(), "application/json")
        elif "no slow" in always and speed < 1:
            detail = [{"loc": ["body", "speed"], "msg": "Input should be at least 1"}]
            self.reply(422, json.dumps({"detail": detail}).encode(), "application/json")
        elif body["voice"] not in VOICES and "any voice" not in always:
            self.fail(400, f"Voice '{body['voice']}' not found")
        else:
            self.speak(
                self.make_sound(body["input"], 1.0 if "one rate" in always else speed), habit
            )

    def make_sound(self, text: str, speed: float) -> bytes:
        """Counted as busy until its first byte is sent: after its last, the client may already
        have asked again before this thread goes on.
        """
        server = self.server
        with server.guard:
            server.busy += 1
            server.most_busy = max(server.most_busy, server.busy)
        if "speaks signs" in server.always:
            text = text.replace("/", " slash ")
        data = sound(text, speed)
        with server.guard:
            server.busy -= 1
        return data

    def speak(self, data: bytes, habit: str) -> None:
        match habit:
            case "busy" | "very busy":
                after = {"Retry-After": "0" if habit == "busy" else "3600"}
                self.fail(429, "Rate limit reached", after)
            case "bad gateway" | "overloaded" | "late":
                self.fail({"bad gateway": 502, "overloaded": 503, "late": 504}[habit], habit)
            case "server error":
                self.fail(500, f"Traceback: key was {self.headers['Authorization']}")
            case "empty":
                self.reply(200, b"")
            case "json":
                self.reply(200, json.dumps({"error": {"message": "no such model"}}).encode())
            case "html":
                self.reply(200, b"<!DOCTYPE html><title>Sign in</title>")
            case "streamed" | "streamed zero" | "streamed max":
                size = {"streamed": 0xFFFFFFFF, "streamed zero": 0, "streamed max": 0x7FFFFFFF}
                self.stream(with_length(data, size[habit]))
            case "header each":
                first, second = with_length(data, 0xFFFFFFFF), data[:44]
                middle = 44 + (len(data) - 44) // 4 * 2
                self.stream(first[:middle] + second + first[middle:])
            case "torn":
                self.start(200, len(data))
                self.wfile.write(data[: len(data) // 2])
                self.close_connection = True
            case "torn chunk":
                self.start(200)
                self.wfile.write(f"{len(data):x}\r\n".encode() + data[: len(data) // 2])
                self.close_connection = True
            case "torn quietly":  # the length is in the WAV file alone
                self.start(200, close=True)
                self.wfile.write(data[: len(data) // 2])
                self.close_connection = True
            case "no end":  # a streamed WAV file whose end is lost: told by nothing
                loud = int(len(data) * 0.6) // 2 * 2
                while abs(struct.unpack_from("<h", data, loud)[0]) < 4000:
                    loud -= 2
                self.stream(with_length(data[:loud], 0xFFFFFFFF))
            case "repeats" | "stops early":
                self.reply(200, sound(" ".join(["word"] * (40 if habit == "repeats" else 2))))
            case "huge":
                self.reply(200, with_length(data, 0xFFFFFFFF) + bytes(8_000_000))
            case "silent":
                self.start(200, len(data))
                time.sleep(1.5)
            case "dripping":
                self.start(200, len(data))
                for n in range(40):
                    self.wfile.write(data[n : n + 1])
                    self.wfile.flush()
                    time.sleep(0.1)
                self.close_connection = True
            case "dripping header":
                for sign in b"HTTP/1.1 200 OK and a very long time until it is told":
                    self.wfile.write(bytes([sign]))
                    self.wfile.flush()
                    time.sleep(0.1)
                self.close_connection = True
            case "moved":
                self.start(307, 0, {"Location": "/elsewhere/v1/audio/speech"})
            case "moved away":
                self.start(307, 0, {"Location": "http://voices.example/v1/audio/speech?k=1"})
            case "page":
                self.start(302, 0, {"Location": "/login"})
            case "circle":
                self.server.habits.append("circle")
                self.start(307, 0, {"Location": "/v1/audio/speech"})
            case "flac" | "ogg" | "mp3" | "stereo" | "float":
                self.reply(200, encoded(data, habit), "audio/wav")
            case "not quite a sound":
                self.reply(200, b"RIFF" + data[4:30])
            case _:
                self.reply(200, data)

    def reply(self, status: int, data: bytes, kind: str = "audio/wav") -> None:
        self.start(status, len(data), {"Content-Type": kind})
        self.wfile.write(data)

    def stream(self, data: bytes) -> None:
        self.start(200)
        for at in range(0, len(data), 10_000):
            block = data[at : at + 10_000]
            self.wfile.write(f"{len(block):x}\r\n".encode() + block + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def start(
        self,
        status: int,
        length: int | None = None,
        headers: dict[str, str] | None = None,
        *,
        close: bool = False,
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        elif not close:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def fail(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        data = json.dumps({"error": {"message": message}}).encode()
        self.start(status, len(data), headers)
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serving(port: int = 0) -> Iterator[Server]:
    """A server that runs meanwhile, at *port* or any that is free."""
    with Server(port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def sound(text: str, speed: float = 1.0) -> bytes:
    """A WAV file: a tone a word, fading out, and a pause at each mark."""
    samples = array.array("h", bytes(2 * SAMPLE_RATE // 10))
    for word in re.findall(r"\S+", text):
        length = int(SAMPLE_RATE * 60 / WORDS_PER_MINUTE / speed)
        voiced = int(0.9 * length)
        samples.extend(
            int(9000 * math.sin(0.05 * n) * min(1.0, (voiced - n) / 2400)) for n in range(voiced)
        )
        pause = SAMPLE_RATE // 5 if word[-1] in ",.;:!?" else 0
        samples.extend([0] * (length - voiced + int(pause / speed)))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return out.getvalue()


def with_length(data: bytes, size: int) -> bytes:
    """A WAV file of :func:`sound` that claims another length of its data."""
    return data[:40] + struct.pack("<I", size) + data[44:]


def encoded(data: bytes, form: str) -> bytes:
    """A WAV file of :func:`sound` in another form."""
    samples = np.frombuffer(data[44:], "<i2").astype(np.float32) / 32768
    out = io.BytesIO()
    if form == "stereo":
        soundfile.write(out, np.column_stack([samples, samples]), SAMPLE_RATE, format="WAV")
    elif form == "float":
        soundfile.write(out, samples, SAMPLE_RATE, format="WAV", subtype="FLOAT")
    else:
        soundfile.write(out, samples, SAMPLE_RATE, format=form.upper())
    return out.getvalue()
