"""The preview over real HTTP: the sound from any point, each save, and nothing for strangers."""

from __future__ import annotations

import http.client
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
import soundfile
from preview_desk import SCRIPT, Desk

from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.master.limiter import Limiter
from psoas_audio.planning import Choices
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script
from psoas_audio.studio.wav import byte_range
from psoas_audio.units import SAMPLE_RATE


def ask(
    desk: Desk, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", desk.server.server_port, timeout=60)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    inside = path if "://" in path else desk.server.path[:-1] + path
    connection.request(method, inside, headers=names)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


def until(desk: Desk, wanted: str, value: Any) -> dict[str, Any]:
    """The state as soon as what is *wanted* in it is *value*."""
    serial, end = -1, time.monotonic() + 60
    while time.monotonic() < end:
        state: dict[str, Any] = json.loads(ask(desk, f"/state?after={serial}")[2])
        if bool(state[wanted]) is value if isinstance(value, bool) else state[wanted] == value:
            return state
        serial = state["serial"]
    raise AssertionError(f"{wanted} never became {value}: {state}")


def test_the_whole_file_is_the_master_and_any_part_of_it_a_part(desk: Desk) -> None:
    until(desk, "version", 1)
    status, headers, whole = ask(desk, "/audio.wav?version=1")
    assert (status, headers["Content-Type"]) == (200, "audio/wav")
    samples, rate = soundfile.read(io.BytesIO(whole))
    session = Session(Draft(load_script(desk.script), Choices(), Settings()))
    spoken = session.speak()
    length = spoken.planned.timeline.length
    master = Limiter(session.mixer(spoken).read, length).read(0, length)[:, 0]
    assert rate == SAMPLE_RATE
    assert samples.shape == master.shape
    assert np.abs(samples - master).max() < 2**-14
    for first, last in ((0, 0), (0, 43), (10, 60), (45, 46), (700_001, 912_345)):
        status, headers, part = ask(desk, "/audio.wav?version=1", Range=f"bytes={first}-{last}")
        assert status == 206
        assert part == whole[first : last + 1]
        assert headers["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
    assert ask(desk, "/audio.wav?version=1", Range="bytes=-100")[2] == whole[-100:]
    assert ask(desk, "/audio.wav?version=1", Range=f"bytes={len(whole)}-")[0] == 416
    assert ask(desk, "/audio.wav?version=1", "HEAD")[1]["Content-Length"] == str(len(whole))


def test_sound_from_any_point_takes_less_than_a_second_to_make(desk: Desk) -> None:
    """Of processor time: the server runs in this process."""
    until(desk, "version", 1)
    size = int(ask(desk, "/audio.wav?version=1", "HEAD")[1]["Content-Length"])
    for part in (0.0, 0.37, 0.61, 0.95):
        begun = time.process_time()
        connection = http.client.HTTPConnection("127.0.0.1", desk.server.server_port, timeout=10)
        connection.request(
            "GET",
            f"{desk.server.path}audio.wav?version=1",
            headers={"Range": f"bytes={int(size * part)}-"},
        )
        assert len(connection.getresponse().read(4800)) == 4800
        connection.close()
        assert time.process_time() - begun < 1


def test_tracks_can_be_heard_on_their_own(desk: Desk) -> None:
    until(desk, "version", 1)
    bed = soundfile.read(io.BytesIO(ask(desk, "/audio.wav?version=1&lanes=bed")[2]))[0]
    none = soundfile.read(io.BytesIO(ask(desk, "/audio.wav?version=1&lanes=none")[2]))[0]
    assert 0 < np.abs(bed).max() < 0.2
    assert np.abs(none).max() == 0


def test_a_save_brings_a_new_version_and_a_mistake_is_reported_with_its_place(desk: Desk) -> None:
    until(desk, "version", 1)
    desk.write(SCRIPT.replace("hold: 40s", "hold: 10s"))
    until(desk, "version", 2)
    lengths = json.loads(ask(desk, "/session.json?version=2")[2])
    assert lengths["length"] < 110_000
    assert ask(desk, "/session.json?version=1")[0] == 204
    desk.write(SCRIPT.replace("hold: 40s", "hodl: 10s"))
    state = until(desk, "problems", True)
    assert "knees.yaml:10:" in state["problems"][0]
    assert "hold" in state["problems"][0]
    assert state["version"] == 2  # what could be heard can be heard still
    assert ask(desk, "/audio.wav?version=2", Range="bytes=0-99")[0] == 206
    desk.write(SCRIPT)
    assert until(desk, "version", 3)["problems"] == []


def test_a_script_with_errors_is_served_with_its_errors(desk: Desk) -> None:
    desk.write("title: [")
    state = until(desk, "problems", True)
    assert state["version"] in (0, 1)
    assert ask(desk, "/")[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8420", "127.0.0.1", "[::1]:8420"])
def test_foreign_hosts_are_refused(desk: Desk, host: str) -> None:
    for path in ("/", "/state?after=-1", "/audio.wav?version=1"):
        assert ask(desk, path, Host=host)[0] == 421


def test_other_sites_are_refused(desk: Desk) -> None:
    for site in ("cross-site", "same-site"):
        assert ask(desk, "/audio.wav?version=1", Sec_Fetch_Site=site)[0] == 403


@pytest.mark.parametrize(
    "path",
    ["/knees.yaml", "/../knees.yaml", "/%2e%2e/etc/passwd", "//etc/passwd", "/index.html",
     "/audio.wav/../knees.yaml", "/audio.wav?version=99", "/audio.wav?version=-1",
     "/audio.wav", "/waveform?version=1&lanes=../x", "/state/", "http://evil.example/"],
)  # fmt: skip
def test_nothing_but_the_session_is_served(desk: Desk, path: str) -> None:
    until(desk, "version", 1)
    status, _, body = ask(desk, path)
    assert status == (421 if "evil" in path else 404)
    assert b"title:" not in body
    assert ask(desk, "/", "POST")[0] == 501


def raw(desk: Desk, request: bytes) -> bytes:
    """The first line of the answer to *request*."""
    with socket.create_connection(("127.0.0.1", desk.server.server_port), timeout=30) as line:
        line.sendall(request)
        return line.recv(100).partition(b"\r\n")[0]


@pytest.mark.parametrize("path", ["/", "/state?after=-1", "/audio.wav?version=1", "/x/", "//"])
def test_nothing_is_shown_to_anyone_without_the_address(desk: Desk, path: str) -> None:
    host = f"127.0.0.1:{desk.server.server_port}"
    assert b" 404 " in raw(desk, f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())


@pytest.mark.parametrize(
    "query",
    ["state?after=" + "9" * 5000, "state?after=1e9", "state?after=²", "state?after=--1",
     "audio.wav?version=" + "9" * 19, "waveform?version=nan", "session.json?version=0x1",
     "state?" + "&".join(f"a{n}=1" for n in range(1000))],
)  # fmt: skip
def test_absurd_values_are_answered_with_an_error(desk: Desk, query: str) -> None:
    host = f"127.0.0.1:{desk.server.server_port}"
    request = f"GET {desk.server.path}{query} HTTP/1.1\r\nHost: {host}\r\n\r\n"
    assert b" 400 " in raw(desk, request.encode())


@pytest.mark.parametrize(
    "line", [b"GET http://[/ HTTP/1.1", b"GET", b"\x00\xff", b"GET / HTTP/9.9", b"GET / / /"]
)
def test_anything_that_is_no_request_is_answered_with_an_error(desk: Desk, line: bytes) -> None:
    assert raw(desk, line + b"\r\n\r\n")[:4] in (b"HTTP", b"<!DO", b"<!do")


def test_connections_are_bounded(desk: Desk) -> None:
    before = threading.active_count()
    address = ("127.0.0.1", desk.server.server_port)
    idle = [socket.create_connection(address, timeout=30) for _ in range(160)]
    try:
        time.sleep(0.5)
        assert threading.active_count() - before <= 40
    finally:
        for line in idle:
            line.close()
    time.sleep(0.5)
    assert ask(desk, "/")[0] == 200


def test_the_server_listens_only_on_loopback(desk: Desk) -> None:
    assert desk.server.server_address[0] == "127.0.0.1"
    with socket.socket() as other:
        other.settimeout(2)
        # All of 127/8 is this machine; a socket bound to every address would answer here too.
        assert other.connect_ex(("127.0.0.2", desk.server.server_port)) != 0


def test_headers_isolate_the_page(desk: Desk) -> None:
    headers = ask(desk, "/")[1]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("header", "span"),
    [
        (None, None), ("bytes=0-", (0, 100)), ("bytes=10-19", (10, 20)),
        ("bytes=90-999", (90, 100)),
        ("bytes=-30", (70, 100)), ("bytes=-300", (0, 100)), ("bytes=100-", (0, 0)),
        ("bytes=5-4", (0, 0)), ("bytes=0-1,5-6", None), ("lines=1-2", None), ("bytes=-", None),
        ("bytes=" + "9" * 400 + "-", None), ("bytes=-0", (100, 100)),
    ],
)  # fmt: skip
def test_ranges(header: str | None, span: tuple[int, int] | None) -> None:
    assert byte_range(header, 100) == span


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_the_command_prints_its_address_and_ends_quietly(desk: Desk) -> None:
    command = [sys.executable, "-m", "psoas_audio", "watch", str(desk.script), "--no-open"]
    with subprocess.Popen(
        [*command, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        url = urlsplit(address)
        connection = http.client.HTTPConnection("127.0.0.1", url.port, timeout=30)
        connection.request("GET", url.path)
        assert b"<title>" in connection.getresponse().read()
        connection.close()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in told
