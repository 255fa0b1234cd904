"""A preview being served, as the command serves it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from psoas_audio.planning import Choices
from psoas_audio.studio.preview import Preview
from psoas_audio.studio.server import Server

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "deliver")]

from preview_desk import SCRIPT, Desk  # noqa: E402


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    script = tmp_path / "script" / "knees.yaml"
    script.parent.mkdir()
    script.write_text(SCRIPT, encoding="utf-8")
    preview = Preview(str(script), Choices())
    server = Server(preview, 0, "knees")
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    preview.start()
    yield Desk(script, preview, server)
    preview.stop()
    server.shutdown()
    server.server_close()
    serving.join(10)
    preview._thread.join(30)
