"""Tests 9, 10 and 12 of the battery, from the command line's side: nothing gets in or out."""

from __future__ import annotations

import ast
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

import psoas_audio

PACKAGE = Path(psoas_audio.__file__).parent
SHELLS = {"system", "popen", "getoutput", "getstatusoutput", "execl", "execlp", "spawnl", "spawnlp"}
NAMES = {"eval", "exec", "compile", "__import__"}
BETWEEN_OUR_OWN = {"batch/worker.py": {"pickle"}, "batch/workers.py": {"pickle"}}
"""What goes through a pipe from a process to one that it started is no stranger's data."""
UNSAFE = {"pickle", "shelve", "marshal", "xmlrpc", "telnetlib", "ftplib", "smtplib", "requests"}


def run(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "psoas_audio", *words],
        cwd=folder, capture_output=True, text=True, env={**os.environ, **env}, timeout=120,
    )  # fmt: skip


def session(steps: str = "- bell: small-bell", more: str = "") -> str:
    return (
        "title: Short\nlanguage: en-US\nsafety: none\noutput: mono\nvoice: {engine: espeak}\n"
        f"{more}steps:\n  {steps}\n"
    )


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.name)
def test_no_shell_and_no_code_from_data(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
                assert (called.value.id, called.attr) not in {("os", n) for n in SHELLS}
                assert called.attr not in {"getoutput", "getstatusoutput"}
            if isinstance(called, ast.Name):
                assert called.id not in NAMES
            for word in node.keywords:
                shell = word.arg == "shell"
                assert not shell or (
                    isinstance(word.value, ast.Constant) and word.value.value is False
                )
        imported = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            imported = [node.module or ""]
        unsafe = {name.split(".")[0] for name in imported} & UNSAFE
        assert unsafe <= BETWEEN_OUR_OWN.get(path.relative_to(PACKAGE).as_posix(), set())


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port on loopback, and whatever arrives there."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                heard.append(connection.recv(1000))
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], heard
        ended.set()
        thread.join()


def test_sounds_of_a_stranger_stay_in_their_folder(
    tmp_path: Path, listener: tuple[int, list[bytes]]
) -> None:
    from psoas_audio.api import plan
    from psoas_audio.drafting.check import script_problems
    from psoas_audio.errors import PsoasError

    port, heard = listener
    folder = tmp_path / "script"
    folder.mkdir()
    secret = tmp_path / "secret.wav"
    soundfile.write(secret, np.zeros(48_000), 48_000)
    (folder / "link.wav").symlink_to(secret)
    (folder / "up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.wav")
    playlist = f"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:{port}/a.ts\n"
    (folder / "list.wav").write_text(playlist)
    (folder / "list.m3u8").write_text(playlist)
    for name in (
        "../secret.wav", str(secret), "link.wav", "up/secret.wav", "pipe.wav", "list.wav",
        "list.m3u8", "/dev/zero", "~/a.wav", f"http://127.0.0.1:{port}/a.wav",
        f"cache:http://127.0.0.1:{port}/a.wav", "concat:link.wav|link.wav",
        f"subfile,,start,0,end,9,,:{secret}", "file:link.wav", "..\\\\secret.wav", "C:\\\\a.wav",
    ):  # fmt: skip
        path = folder / "s.yaml"
        path.write_text(session(more=f'bed: "{name}"\n'))
        assert [p for p in script_problems(str(path)) if p.severity == "error"], name
        with pytest.raises(PsoasError) as caught:
            plan(path)
        assert caught.value.report()
    assert heard == []


def test_recordings_of_a_stranger_s_script_stay_in_its_folder(tmp_path: Path) -> None:
    from psoas_audio.api import plan
    from psoas_audio.errors import SpeechError

    folder = tmp_path / "script"
    folder.mkdir()
    (tmp_path / "private").mkdir()
    (folder / "link").symlink_to(tmp_path / "private")
    for name in ("../private", str(tmp_path / "private"), "link", "~"):
        text = session("- say: Rest.").replace("engine: espeak", f"engine: recorded, name: {name}")
        (folder / "s.yaml").write_text(text)
        with pytest.raises(SpeechError, match="beside the script"):
            plan(folder / "s.yaml")


def test_a_chosen_folder_of_recordings_is_reported_by_its_name_alone(tmp_path: Path) -> None:
    from psoas_audio.speech.engines.recorded import recording_id

    takes = tmp_path / "private" / "takes"
    takes.mkdir(parents=True)
    tone = 0.3 * np.sin(np.arange(48_000) / 40)
    soundfile.write(takes / f"{recording_id('Rest.')}.wav", tone, 48_000, subtype="PCM_16")
    (tmp_path / "s.yaml").write_text(session("- say: Rest."))
    words = ["--engine", "recorded", "--voice", str(takes), "--with", "timeline", "-o", "out"]
    done = run(tmp_path, "render", "s.yaml", *words)
    assert done.returncode == 0, done.stderr
    files = sorted((tmp_path / "out").iterdir())
    assert [path.name for path in files] == [
        "s-recorded-takes.mp3", "s-recorded-takes.timeline.json"
    ]  # fmt: skip
    assert not [path for path in files if b"private" in path.read_bytes()]
