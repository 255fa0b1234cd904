"""Voices fetched from a server on this machine: whole ones, torn ones, wrong ones, slow ones."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner
from tiny_voice import write_voice

from psoas_audio.cli.main import cli
from psoas_audio.errors import SpeechError
from psoas_audio.speech.installation.download import Timeouts
from psoas_audio.speech.installation.piper import install_piper_voice as install

NAME = "en_US-tiny-low"
PLACE = "en/en_US/tiny/low"
CARD = "# Model card\n\x1b[2JLicence: CC0 of the tests\n"
QUICK = Timeouts(answer=0.3, start=0.3)


class Server(ThreadingHTTPServer):
    """Serves ``files``; ``habit`` changes how one of them is answered."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.habits: dict[str, str] = {}
        self.asked: list[str] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/voices"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        path = self.path.removeprefix("/voices/")
        self.server.asked.append(path)
        data, habit = self.server.files.get(path), self.server.habits.get(path.split("/")[-1])
        if data is None:
            self.send_error(404)
            return
        if habit == "elsewhere":
            self.send_response(302)
            self.send_header("Location", "http://voices.example/model")
            self.end_headers()
            return
        self.send_response(500 if habit == "refused" else 200)
        if habit not in ("endless", "torn quietly"):
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if habit == "silent":
            time.sleep(1)
        elif habit == "dripping":
            for byte in data[:12]:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.1)
        elif habit in ("torn", "torn quietly"):
            self.wfile.write(data[: len(data) // 2])
        elif habit == "wrong":
            self.wfile.write(bytes([data[0] ^ 1]) + data[1:])
        elif habit == "endless":
            self.wfile.write(data * 3)
        else:
            self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server(tmp_path):
    pytest.importorskip("piper")
    (tmp_path / "made").mkdir()
    write_voice(tmp_path / "made", NAME)
    with Server() as server:
        files = {path.name: path.read_bytes() for path in (tmp_path / "made").iterdir()}
        files["MODEL_CARD"] = CARD.encode()
        facts = {
            f"{PLACE}/{name}": {
                "size_bytes": len(data),
                "md5_digest": hashlib.md5(data, usedforsecurity=False).hexdigest(),
            }
            for name, data in files.items()
        }
        server.files = {f"{PLACE}/{name}": data for name, data in files.items()}
        server.files["voices.json"] = json.dumps({NAME: {"files": facts}}).encode()
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_voice_is_fetched_its_licence_shown_and_it_speaks(server, tmp_path, monkeypatch):
    monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(tmp_path / "voices"))
    args = ["voices", "install", f"piper:{NAME}", "--from", server.base]
    done = CliRunner().invoke(cli, args)
    assert done.exit_code == 0, done.output
    assert "Licence: CC0 of the tests" in done.stdout
    assert "\x1b" not in done.stdout
    assert sorted(path.name for path in (tmp_path / "voices").iterdir()) == [
        f"{NAME}.MODEL_CARD.txt",
        f"{NAME}.onnx",
        f"{NAME}.onnx.json",
    ]
    out = tmp_path / "tried.wav"
    done = CliRunner().invoke(cli, ["voices", "try", f"piper:{NAME}", "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 48_000


@pytest.mark.parametrize(
    ("file", "habit", "told"),
    [
        (f"{NAME}.onnx", "torn", "only|damaged"),
        (f"{NAME}.onnx", "torn quietly", "only .* bytes arrived"),
        (f"{NAME}.onnx", "wrong", "doesn't match its checksum"),
        (f"{NAME}.onnx", "endless", "larger than it should"),
        (f"{NAME}.onnx", "silent", "timed out"),
        (f"{NAME}.onnx", "dripping", "too slow"),
        (f"{NAME}.onnx", "refused", "answered with status 500"),
        (f"{NAME}.onnx", "elsewhere", "over https"),
        (f"{NAME}.onnx.json", "wrong", "doesn't match its checksum"),
        ("MODEL_CARD", "torn quietly", "only .* bytes arrived"),
        ("voices.json", "torn quietly", "can't be read"),
        ("voices.json", "silent", "timed out"),
    ],
)
def test_what_a_bad_server_sends_is_reported_and_never_saved(server, tmp_path, file, habit, told):
    server.habits[file] = habit
    folder = tmp_path / "voices"
    with pytest.raises(SpeechError, match=told):
        install(NAME, folder, server.base, licence=lambda card: None, timeouts=QUICK)
    assert not folder.exists() or list(folder.iterdir()) == []


def test_an_older_copy_stays_when_the_new_one_is_bad(server, tmp_path):
    old = tmp_path / f"{NAME}.onnx"
    old.write_bytes(b"old")
    server.habits[f"{NAME}.onnx"] = "wrong"
    with pytest.raises(SpeechError):
        install(NAME, tmp_path, server.base, licence=lambda card: None, timeouts=QUICK)
    assert old.read_bytes() == b"old"


def test_a_licence_refused_leaves_nothing(server, tmp_path):
    def refuse(card: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install(NAME, tmp_path / "voices", server.base, licence=refuse)
    assert list((tmp_path / "voices").iterdir()) == []


def test_an_unknown_voice_is_reported_with_the_known_ones(server, tmp_path):
    with pytest.raises(SpeechError) as told:
        install("en_US-none-low", tmp_path, server.base, licence=lambda card: None)
    assert NAME in told.value.hint
    assert server.asked == ["voices.json"]


@pytest.mark.parametrize("name", ["../x", "en_US-a/b-low", "lessac", "en_US-tiny-low\n", ""])
def test_an_invalid_name_is_never_sent_to_a_server(server, tmp_path, name):
    with pytest.raises(SpeechError, match="not the name of a Piper voice"):
        install(name, tmp_path, server.base, licence=lambda card: None)
    assert server.asked == []


@pytest.mark.parametrize("base", ["http://voices.example", "file:///voices", "ftp://x", "voices"])
def test_only_https_addresses_are_used(tmp_path, base):
    with pytest.raises(SpeechError, match="over https"):
        install(NAME, tmp_path, base, licence=lambda card: None)


@pytest.mark.parametrize("index", [b"[]", b"null", b"{", b"[" * 99_999, b"\xff", b"{}"])
def test_an_invalid_list_of_voices_is_refused(server, tmp_path, index):
    server.files["voices.json"] = index
    with pytest.raises(SpeechError):
        install(NAME, tmp_path, server.base, licence=lambda card: None)


@pytest.mark.parametrize(
    "facts", [{}, {"size_bytes": -1, "md5_digest": ""}, {"size_bytes": 10**12, "md5_digest": "0"}]
)
def test_a_list_without_a_file_of_the_voice_is_refused(server, tmp_path, facts):
    files = {f"{PLACE}/{NAME}.onnx": facts, f"{PLACE}/MODEL_CARD": facts}
    server.files["voices.json"] = json.dumps({NAME: {"files": files}}).encode()
    with pytest.raises(SpeechError, match="has no entry"):
        install(NAME, tmp_path, server.base, licence=lambda card: None)


def test_an_unknown_voice_is_reported_with_a_similar_one():
    done = CliRunner().invoke(cli, ["voices", "try", "espeak:en-uss"])
    assert isinstance(done.exception, SpeechError)
    assert "en-us" in done.exception.hint


def test_a_voice_and_its_variant_are_tried_in_its_language(tmp_path):
    out = tmp_path / "tried.wav"
    done = CliRunner().invoke(cli, ["voices", "try", "espeak:de+f2", "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 100_000
