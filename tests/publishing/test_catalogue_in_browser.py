"""The catalogue in a real browser, from a sub-folder of a static host."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from session_example import DETAILS, example

from browser import Browser, browser, is_installed
from psoas_audio.deliver.pictures.cover_and_chapters import app_icon
from psoas_audio.publishing.feed import feed
from psoas_audio.publishing.model import Site, SiteSession
from psoas_audio.publishing.site_catalogue import (
    catalogue_json,
    index,
    manifest,
    service_worker,
)

pytestmark = [
    pytest.mark.tools,
    pytest.mark.skipif(not (is_installed() and shutil.which("ffmpeg")), reason="no chromium"),
]
SITE = Site("Hips", "Quiet sessions.", "Robin", "en", "https://example.org/sub/")
SOUND = bytes(range(256)) * 40


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Host:
    address: str
    server: http.server.ThreadingHTTPServer


def entries() -> list[SiteSession]:
    session = example()
    kinds = (("ball", "supine", "some experience", ("mat", "ball"), 12),
             ("desk", "sitting", "beginner", (), 4),
             ("stand", "standing", "", (), 18))  # fmt: skip
    return [
        SiteSession(
            name,
            replace(session, length=minutes * 60 * 48_000),
            replace(DETAILS, title=f"The {name}", position=position, level=level, equipment=things),
            f"{name}.mp3",
            len(SOUND),
            "2026-01-01T00:00:00+00:00",
        )
        for name, position, level, things, minutes in kinds
    ]


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    root = tmp_path_factory.mktemp("host")
    folder = root / "sub"
    folder.mkdir()
    shell = {
        "index.html": index(SITE, entries(), "feed.xml").encode(),
        "catalogue.json": catalogue_json(SITE, entries()).encode(),
        "manifest.webmanifest": manifest(SITE).encode(),
        "icon-192.png": app_icon(192),
        "icon-512.png": app_icon(512),
    }
    files = {**shell, "worker.js": service_worker(shell).encode()}
    files["feed.xml"] = feed(SITE, entries(), "feed.xml").encode()
    for entry in entries():
        files[entry.sound] = SOUND
        files[entry.file("page")] = f"<!DOCTYPE html><title>{entry.name}</title>".encode()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    handler = functools.partial(Quiet, directory=str(root))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Host(f"http://127.0.0.1:{server.server_port}/sub/", server)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def shared() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def chrome(shared: Browser, host: Host) -> Iterator[Browser]:
    shared.devtools("Network.enable")
    shared.open(host.address)
    yield shared
    network(shared, offline=False)


def network(chrome: Browser, *, offline: bool) -> None:
    conditions = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    chrome.devtools("Network.emulateNetworkConditions", offline=offline, **conditions)


def shown(chrome: Browser) -> list[str]:
    found: list[str] = chrome.run(
        """return [...document.querySelectorAll(".card")].filter((card) => !card.hidden)
        .map((card) => card.querySelector(".title").textContent);"""
    )
    return found


def choose(chrome: Browser, name: str, value: str) -> None:
    chrome.run(f"document.querySelector('[name={name}][value=\"{value}\"]').click();")


def test_the_catalogue_filters_by_time_position_and_equipment(chrome: Browser) -> None:
    assert shown(chrome) == ["The ball", "The desk", "The stand"]
    choose(chrome, "time", "15")
    assert shown(chrome) == ["The ball", "The desk"]
    choose(chrome, "equipment", "ball")  # hasn't one
    assert shown(chrome) == ["The desk"]
    choose(chrome, "position", "standing")
    assert shown(chrome) == []
    assert not chrome.run("return document.getElementById('none').hidden;")
    chrome.run("document.getElementById('reset').click();")
    chrome.wait("document.getElementById('count').textContent === '3 sessions'")
    choose(chrome, "level", "beginner")
    assert shown(chrome) == ["The desk"]
    told = chrome.run("return document.querySelector('.card:not([hidden]) .facts').textContent;")
    assert "for beginners" in told
    chrome.run("document.getElementById('reset').click();")
    chrome.wait("document.getElementById('count').textContent === '3 sessions'")


def test_the_catalogue_can_be_installed(chrome: Browser) -> None:
    told = chrome.devtools("Page.getAppManifest")
    assert told["errors"] == []
    assert json.loads(told["data"])["name"] == "Hips"
    chrome.run("await navigator.serviceWorker.ready;")
    faults = chrome.devtools("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [f["errorId"] for f in faults if f["errorId"] != "in-incognito"] == []


def test_after_a_visit_the_catalogue_works_offline(chrome: Browser, host: Host) -> None:
    chrome.run("await navigator.serviceWorker.ready;")
    chrome.open(host.address)  # now the worker is in charge
    chrome.wait("navigator.serviceWorker.controller")
    chrome.open(host.address + "desk.html")
    chrome.open(host.address)
    chrome.run("document.querySelector('.keep').click();")
    chrome.wait("document.querySelector('.keep').ariaPressed === 'true'")
    host.server.shutdown()  # nobody answers any more
    host.server.socket.close()
    chrome.open(host.address)
    assert shown(chrome) == ["The ball", "The desk", "The stand"]
    chrome.open(host.address + "desk.html")  # visited
    assert chrome.run("return document.title;") == "desk"
    chrome.open(host.address + "ball.html")  # kept
    assert chrome.run("return document.title;") == "ball"
    status, told, size = chrome.run(
        """const answer = await fetch("ball.mp3", { headers: { Range: "bytes=100-299" } });
        return [answer.status, answer.headers.get("Content-Range"), (await answer.blob()).size];"""
    )
    assert (status, told, size) == (206, f"bytes 100-299/{len(SOUND)}", 200)
