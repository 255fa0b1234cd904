"""Kokoro's files are installed from a server on this machine, or from a folder."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from psoas_audio.cli.main import cli
from psoas_audio.errors import SpeechError
from psoas_audio.speech.engines.kokoro.files import VOICE_BYTES, Release
from psoas_audio.speech.installation import kokoro
from psoas_audio.speech.installation.piper import install_piper_voice

MODEL, VOICES, FINE_MODEL = b"model" * 5000, b"voices" * 3000, b"fine model" * 5000


def release(name: str, content: bytes) -> Release:
    return Release(name, len(content), hashlib.sha256(content).hexdigest())


class Server(ThreadingHTTPServer):
    """Serves the release; ``torn`` files break off in the middle, once."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = {"model.onnx": MODEL, "voices.bin": VOICES, "fine.onnx": FINE_MODEL}
        self.torn: set[str] = set()
        self.ranges: list[str | None] = []
        self.can_go_on = True


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        data, wanted = self.server.files[name], self.headers.get("Range")
        self.server.ranges.append(wanted)
        start = 0
        if wanted and self.server.can_go_on:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        end = len(data) // 2 if name in self.server.torn else len(data)
        self.server.torn.discard(name)
        self.wfile.write(data[start:end])

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(kokoro, "VOICES", release("voices.bin", VOICES))
    models = {"int8": release("model.onnx", MODEL), "fp32": release("fine.onnx", FINE_MODEL)}
    monkeypatch.setattr(kokoro, "MODELS", models)
    monkeypatch.setattr(kokoro, "usual_precision", lambda: "int8")
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def install(folder: Path, source: str | Path, **options: Any) -> list[str]:
    told: list[str] = []
    paths = kokoro.install_kokoro(folder, str(source), licence=told.append, **options)
    assert "Apache" in told[0]
    assert "Apache" in (folder / "LICENCE.txt").read_text()
    return [path.name for path in paths]


def address(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_port}/release"


def test_the_release_is_installed_and_not_fetched_twice(server: Server, tmp_path: Path) -> None:
    assert install(tmp_path / "new" / "kokoro", address(server)) == ["voices.bin", "model.onnx"]
    assert (tmp_path / "new" / "kokoro" / "model.onnx").read_bytes() == MODEL
    install(tmp_path / "new" / "kokoro", address(server))
    assert len(server.ranges) == 2


def test_a_model_in_another_precision_is_replaced(server: Server, tmp_path: Path) -> None:
    """The one that was asked for last is the one that is used."""
    install(tmp_path, address(server))
    assert install(tmp_path, address(server), precision="fp32") == ["voices.bin", "fine.onnx"]
    assert [path.name for path in tmp_path.glob("*.onnx")] == ["fine.onnx"]
    server.torn = {"model.onnx"}
    with pytest.raises(SpeechError):
        install(tmp_path, address(server), precision="int8")
    assert (tmp_path / "fine.onnx").exists()


@pytest.mark.parametrize("can_go_on", [True, False])
def test_a_download_that_broke_off_goes_on(server: Server, tmp_path: Path, can_go_on: bool) -> None:
    server.torn, server.can_go_on = {"model.onnx"}, can_go_on
    with pytest.raises(SpeechError):
        install(tmp_path, address(server))
    assert not (tmp_path / "model.onnx").exists()
    install(tmp_path, address(server))
    assert server.ranges[-1] == f"bytes={len(MODEL) // 2}-"
    assert (tmp_path / "model.onnx").read_bytes() == MODEL
    assert not list(tmp_path.glob("*.part"))


def test_a_file_that_is_not_the_release_is_refused(server: Server, tmp_path: Path) -> None:
    server.files["model.onnx"] = MODEL[::-1]
    with pytest.raises(SpeechError, match="its SHA-256 differs"):
        install(tmp_path, address(server))
    assert [path.name for path in tmp_path.glob("*.onnx*")] == []


def test_voices_come_from_a_folder_if_they_are_known(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    with pytest.raises(SpeechError, match=r"neither model\.onnx nor a voice"):
        install(target, source)
    voice = bytes(VOICE_BYTES)
    (source / "af_heart.bin").write_bytes(voice)
    with pytest.raises(SpeechError, match="its SHA-256 differs") as refused:
        install(target, source)
    assert "--unpinned" in refused.value.hint
    assert install(target, source, unpinned=True) == ["af_heart.bin"]
    digest = hashlib.sha256(voice).hexdigest()
    monkeypatch.setattr(kokoro, "known_digests", lambda: {"af_heart": digest})
    (source / "model.onnx").write_bytes(MODEL)
    assert install(target, source) == ["af_heart.bin", "model.onnx"]
    (source / "bf_short.bin").write_bytes(b"short")
    with pytest.raises(SpeechError, match="not a Kokoro voice"):
        install(target, source, unpinned=True)


def test_the_command_shows_the_licence_and_where_the_files_are(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(tmp_path))
    done = CliRunner().invoke(cli, ["voices", "install", "kokoro", "--from", address(server)])
    assert done.exit_code == 0, done.output
    assert "Apache License 2.0" in done.output
    assert f"installed in {tmp_path / 'kokoro'}" in done.output
    wrong = CliRunner().invoke(cli, ["voices", "install", "kokoro", "--from", "http://far.example"])
    assert "only downloaded over https" in str(wrong.exception)


@pytest.fixture
def source(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the release's model and two voices."""
    voices = {"af_heart": bytes(VOICE_BYTES), "bf_emma": b"e" * VOICE_BYTES}
    digests = {name: hashlib.sha256(voice).hexdigest() for name, voice in voices.items()}
    monkeypatch.setattr(kokoro, "known_digests", lambda: digests)
    (folder := tmp_path / "source").mkdir()
    (folder / "model.onnx").write_bytes(MODEL)
    for name, voice in voices.items():
        (folder / f"{name}.bin").write_bytes(voice)
    return folder


def installed_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "LICENCE.txt")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("model.onnx", MODEL[:-1], "not complete: it has 24,999 of 25,000 bytes"),
        ("model.onnx", MODEL[::-1], "its SHA-256 differs"),
        ("bf_emma.bin", b"f" * VOICE_BYTES, "its SHA-256 differs"),
        ("bf_emma.bin", b"e" * 99, "not a Kokoro voice"),
        ("my_own.bin", b"e" * VOICE_BYTES, "its SHA-256 differs"),
    ],
)
def test_nothing_is_copied_from_a_folder_with_a_broken_file(
    source: Path, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (source / name).write_bytes(content)
    with pytest.raises(SpeechError, match=told) as refused:
        install(tmp_path / "new", source)
    assert refused.value.where == str(source / name)
    assert installed_in(tmp_path / "new") == []


def test_a_precision_that_the_folder_lacks_is_not_left_out(source: Path, tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match=r"fine\.onnx isn't in this folder"):
        install(tmp_path / "new", source, precision="fp32")
    assert install(tmp_path / "new", source, precision="int8")[-1] == "model.onnx"


def test_a_folder_that_is_not_there_is_not_taken_for_an_address(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong in (tmp_path / "nowhere", source / "model.onnx", "~/nowhere"):
        with pytest.raises(SpeechError, match="neither a folder nor an address"):
            kokoro.install_kokoro(tmp_path / "new", str(wrong), licence=print)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert "af_heart.bin" in install(tmp_path / "new", "~/source")
    with pytest.raises(SpeechError, match="not from a folder") as refused:
        install_piper_voice("en_US-joe-medium", tmp_path / "new", str(source), licence=print)
    assert "Copy en_US-joe-medium.onnx and" in refused.value.hint


def test_a_full_disk_is_reported_and_nothing_is_left_on_it(source: Path, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (VOICE_BYTES // 2, before[1]))
    try:
        with pytest.raises(SpeechError, match="the voices can't be saved") as told:
            install(tmp_path / "new", source)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "PSOAS_AUDIO_VOICES" in told.value.hint
    assert installed_in(tmp_path / "new") == []
    assert len(install(tmp_path / "new", source)) == 3
