"""The preview is heard from its first line on, while other lines are still being spoken."""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from preview_desk import PATIENT_SCRIPT, Desk

from psoas_audio import choose, parse_script
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.rendering.speaking import speak
from psoas_audio.units import SAMPLE_RATE

HEAD = 44


@contextlib.contextmanager
def opened(desk: Desk, path: str, first: int = 0) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", desk.server.server_port, timeout=60)
    with contextlib.closing(connection):
        connection.request("GET", desk.server.path + path, headers={"Range": f"bytes={first}-"})
        with connection.getresponse() as answer:
            yield answer


def told(desk: Desk, path: str) -> Any:
    with opened(desk, path) as answer:
        return json.loads(answer.read())


def until(desk: Desk, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    state: dict[str, Any] = {"serial": -1}
    end = time.monotonic() + 120
    while time.monotonic() < end:
        state = told(desk, f"state?after={state['serial']}")
        if fits(state):
            return state
    raise AssertionError(state)


def heard(desk: Desk, query: str, start: int, count: int) -> np.ndarray:
    with opened(desk, f"audio.wav?{query}&lanes=voice", HEAD + 2 * start) as answer:
        return np.frombuffer(answer.read(2 * count), "<i2").astype(float)


def test_the_first_line_is_heard_before_the_last_is_spoken(patient: Desk, permission: Path) -> None:
    state = until(patient, lambda state: state["early"])
    assert state["version"] == 0
    first, *_ = told(patient, "session.json?early=1")["lines"]
    start, end = (at * SAMPLE_RATE // 1000 for at in first[:2])
    line = heard(patient, "early=1", start, end - start)
    assert len(line) == end - start
    assert np.abs(line).max() > 1000
    with opened(patient, "waveform?early=1&lanes=voice") as answer:
        assert answer.status == 204
    assert not permission.exists()
    # What comes after it waits, and is heard as soon as it has been spoken.
    last = told(patient, "session.json?early=1")["lines"][-1]
    threading.Timer(0.3, permission.touch).start()
    waited_for = heard(patient, "early=1", last[0] * SAMPLE_RATE // 1000, SAMPLE_RATE)
    assert np.abs(waited_for).max() > 1000


def test_the_first_line_is_spoken_before_another_is_begun(tmp_path: Path) -> None:
    lines = [f"Line {number}." for number in ("one", "two", "three", "four")]
    text = f"title: T\nsafety: none\nvoice: {{engine: espeak}}\nsteps: [{', '.join(lines)}]\n"
    draft = Draft(parse_script(text), choose(), Settings(cache=tmp_path / "takes", workers=4))
    told: list[str] = []
    speak(
        draft,
        lambda progress: told.append(progress.note),
        on_take=lambda take, _: told.append(f"ready: {take}"),
    )
    first = next(number for number, text in enumerate(told) if text.startswith("ready: "))
    assert set(told[:first]) == {"", lines[0]}
    assert set(lines) < set(told)


def test_the_early_version_becomes_the_finished_one(patient: Desk, permission: Path) -> None:
    until(patient, lambda state: state["early"])
    permission.touch()
    until(patient, lambda state: state["version"] == 1 and not state["early"])
    early, finished = told(patient, "session.json?early=1"), told(patient, "session.json?version=1")
    assert early["lines"] == finished["lines"]
    assert finished["goesOn"] is True
    length = (early["length"] - 1) * SAMPLE_RATE // 1000
    one, other = (heard(patient, query, 0, length) for query in ("early=1", "version=1"))
    assert np.abs(one - other).max() <= 1
    # After its end the early one is silent; its length was only estimated.
    for after in (0.1, 10):
        start = length + round(after * SAMPLE_RATE)
        assert not heard(patient, "early=1", start, 4800).any()


def test_a_save_while_lines_are_spoken_is_followed_at_once(patient: Desk, permission: Path) -> None:
    until(patient, lambda state: state["early"])
    with opened(patient, "audio.wav?early=1", HEAD + 2 * SAMPLE_RATE * 120) as left:
        patient.write(PATIENT_SCRIPT.replace("Thank you. Rest now.", "Rest now, and breathe."))
        permission.touch()
        state = until(patient, lambda state: state["version"] == 2 and not state["busy"])
        with pytest.raises(http.client.IncompleteRead):
            left.read()
    assert state["problems"] == []
    lines = told(patient, "session.json?version=2")["lines"]
    assert lines[-1][2] == "Rest now, and breathe."
