"""Pages of a site in a real browser: they play at once, and what is kept plays offline."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_host import Host, hosted

from browser import Browser
from engines import ENGINES, started

pytestmark = pytest.mark.tools


@pytest.fixture
def host(small_site: Path) -> Iterator[Host]:
    with hosted(small_site) as found:
        yield found


@pytest.fixture(params=ENGINES)
def chrome(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with started(request.param) as opened:
        yield opened


def plays(chrome: Browser) -> None:
    chrome.wait("document.getElementById('audio').currentTime > 0.2")


def visit(chrome: Browser, host: Host, page: str = "") -> None:
    """Open *page* with the service worker in charge."""
    chrome.open(host.address)
    chrome.run("await navigator.serviceWorker.ready;")
    chrome.open(host.address)
    chrome.wait("navigator.serviceWorker.controller")
    if page:
        chrome.open(host.address + page)


def keep(chrome: Browser, name: str) -> None:
    which = f'.card[data-name="{name}"] .keep'
    chrome.wait(f"!document.querySelector('{which}').hidden")
    chrome.run(f"document.querySelector('{which}').click();")
    chrome.wait(f"document.querySelector('{which}').ariaPressed === 'true'")


def kept_addresses(chrome: Browser) -> list[str]:
    found: list[str] = chrome.run(
        """const found = [];
        for (const name of await caches.keys())
          for (const { url } of await (await caches.open(name)).keys()) found.push(url);
        return found.map((url) => new URL(url).pathname).sort();"""
    )
    return found


def test_the_page_streams_its_sound(chrome: Browser, host: Host) -> None:
    chrome.open(host.address + "one.html")
    chrome.wait("document.readyState === 'complete'")
    assert not any(asked.startswith("/one.mp3") for asked in host.asked)
    chrome.run("document.getElementById('play').click();")
    plays(chrome)
    assert any(asked.startswith("/one.mp3 bytes=") for asked in host.asked)


def test_no_page_of_a_site_holds_a_sound(small_site: Path) -> None:
    for page in small_site.glob("*.html"):
        assert page.stat().st_size < 250_000
        assert "data:audio" not in page.read_text(encoding="utf-8")


def test_the_page_saves_itself_as_one_file(chrome: Browser, host: Host, tmp_path: Path) -> None:
    chrome.open(host.address + "one.html")
    text = chrome.run(
        """const made = new Promise((go) => {
          URL.createObjectURL = (blob) => { go(blob); return "#"; };
        });
        document.getElementById("save-one-file").click();
        return (await made).text();"""
    )
    assert 'href="index.html"' not in text
    assert "'self'" not in text.split("Content-Security-Policy")[1].split(">")[0]
    alone = tmp_path / "alone.html"
    alone.write_text(text, encoding="utf-8")
    chrome.requests()
    chrome.open(alone.as_uri())
    chrome.run("document.getElementById('play').click();")
    plays(chrome)
    assert chrome.requests() <= {"file", "data", "blob"}
    sound = text.split('src="data:audio/mpeg;base64,')[1].split('"')[0]
    assert base64.b64decode(sound) == (host.folder / "one.mp3").read_bytes()


def test_nothing_large_is_kept_unasked(chrome: Browser, host: Host) -> None:
    visit(chrome, host, "one.html")
    chrome.run("document.getElementById('play').click();")
    plays(chrome)
    kept = kept_addresses(chrome)
    assert not [address for address in kept if address.endswith((".mp3", "one.html"))]


def test_a_kept_session_is_stored_once_listed_and_removed(chrome: Browser, host: Host) -> None:
    visit(chrome, host)
    before = kept_addresses(chrome)
    keep(chrome, "one")
    new = [address for address in kept_addresses(chrome) if address not in before]
    assert sorted(new) == ["/kept/one", "/one.html", "/one.jpg", "/one.mp3"]
    told = chrome.run("return document.getElementById('kept').innerText;")
    size = sum((host.folder / name).stat().st_size for name in ("one.html", "one.jpg", "one.mp3"))
    assert f"{size / 1e6:.1f} MB" in told
    chrome.run("document.querySelector('#kept button').click();")
    chrome.wait("document.getElementById('kept').hidden")
    assert kept_addresses(chrome) == before


def test_a_kept_session_opens_and_plays_while_the_network_hangs(
    chrome: Browser, host: Host
) -> None:
    """The host answers nothing; a page that waited for it would never open."""
    visit(chrome, host)
    keep(chrome, "one")
    host.hangs.set()
    chrome.open(host.address + "one.html")
    chrome.run("document.getElementById('play').click();")
    plays(chrome)
    part = chrome.run(
        """const answer = await fetch("one.mp3", { headers: { Range: "bytes=100-299" } });
        return [answer.status, answer.headers.get("Content-Range"), (await answer.blob()).size];"""
    )
    size = (host.folder / "one.mp3").stat().st_size
    assert part == [206, f"bytes 100-299/{size}", 200]
    chrome.open(host.address)
    assert chrome.run("return document.querySelectorAll('.card').length;") >= 2


def test_without_a_network_an_unkept_page_says_so_and_comes_back(
    chrome: Browser, host: Host
) -> None:
    visit(chrome, host)
    keep(chrome, "one")
    host.hangs.set()
    chrome.open(host.address + "two.html")
    assert "isn't saved" in chrome.run("return document.querySelector('h1').textContent;")
    chrome.wait("!document.getElementById('kept').hidden")
    assert chrome.run("return document.querySelector('#kept a').textContent;") == "One"
    host.hangs.clear()
    chrome.wait("document.querySelector('h1').textContent === 'Two'")


def test_a_dead_host_changes_nothing_for_what_is_kept(chrome: Browser, host: Host) -> None:
    visit(chrome, host)
    keep(chrome, "two")
    host.die()
    chrome.open(host.address + "two.html")
    chrome.run("document.getElementById('play').click();")
    plays(chrome)
    chrome.open(host.address + "one.html")
    assert "isn't saved" in chrome.run("return document.querySelector('h1').textContent;")


def test_the_session_page_leads_back_to_the_catalogue(chrome: Browser, host: Host) -> None:
    chrome.open(host.address + "one.html")
    chrome.run("document.querySelector('a.back').click();")
    chrome.wait("document.querySelector('.card')")


def test_the_page_plays_from_a_folder_too(chrome: Browser, small_site: Path) -> None:
    chrome.open((small_site / "one.html").as_uri())
    chrome.run("document.getElementById('play').click();")
    plays(chrome)
