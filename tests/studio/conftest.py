"""A preview being served, as the command serves it."""

from __future__ import annotations

import contextlib
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from psoas_audio.planning import Choices
from psoas_audio.studio.preview import Preview
from psoas_audio.studio.server import Server

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "deliver")]

from preview_desk import PATIENT_SCRIPT, SCRIPT, Desk  # noqa: E402


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with _served(tmp_path / "script" / "knees.yaml", SCRIPT) as desk:
        yield desk


@pytest.fixture
def permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file without which the voice of *patient* doesn't say “Thank you”."""
    permission, program = tmp_path / "permission", Path(__file__).with_name("patient_program.py")
    command = [sys.executable, str(program), "{text_file}", "{out}", "{rate}", str(permission)]
    recipes = f'[patient]\ncommand = {json.dumps(command)}\nlanguage = "en-US"\n'
    (tmp_path / "commands.toml").write_text(recipes, encoding="utf-8")
    monkeypatch.setenv("PSOAS_AUDIO_COMMANDS", str(tmp_path / "commands.toml"))
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path / "cache"))
    return permission


@pytest.fixture
def patient(permission: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk whose last line isn't spoken before there is a *permission*."""
    with _served(tmp_path / "script" / "knees.yaml", PATIENT_SCRIPT) as desk:
        yield desk
        permission.touch()


@contextlib.contextmanager
def _served(script: Path, text: str) -> Iterator[Desk]:
    script.parent.mkdir()
    script.write_text(text, encoding="utf-8")
    preview = Preview(str(script), Choices())
    server = Server(preview, 0, "knees")
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    preview.start()
    try:
        yield Desk(script, preview, server)
    finally:
        preview.stop()
        server.shutdown()
        server.server_close()
        serving.join(10)
        preview._thread.join(30)
