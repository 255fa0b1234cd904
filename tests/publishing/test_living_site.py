"""Pages with every length on a site: made when asked, heard at once, and then changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from site_host import Host, hosted

from browser import Browser, browser, is_installed
from psoas_audio.cli.main import cli
from psoas_audio.encode.mp3_frames import id3v2_size

needs_browser = [
    pytest.mark.tools,
    pytest.mark.skipif(not is_installed(), reason="no chromium"),
]
SCRIPT = """title: Short
safety: none
bed: {bed}
length: {{default: 2m, min: 1m, max: 3m}}
chapters:
  - title: Arrive
    steps:
      - say: Let the knee soften.
      - hold: 20-60s
  - title: Stay
    steps:
      - say: Stay with the breath.
      - hold: 20-160s
  - title: Leave
    steps:
      - say: Thank you.
"""
AUDIO = "document.getElementById('audio')"
KEEP_BLOBS = """
const make = URL.createObjectURL.bind(URL);
window.blobs = {};
URL.createObjectURL = (blob) => { const url = make(blob); window.blobs[url] = blob; return url; };
"""


def publish(folder: Path, *words: str) -> Any:
    arguments = ["publish", str(folder), "--base-url", "https://example.org/", "--json", *words]
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.fixture(scope="module")
def living_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with a session without a bed and one with."""
    folder = tmp_path_factory.mktemp("living-site")
    for name, bed in (("plain", "none"), ("rain", "soft-rain")):
        (folder / f"{name}.yaml").write_text(SCRIPT.format(bed=bed), encoding="utf-8")
    publish(folder, "--living")
    return folder


@pytest.fixture
def own_site(living_site: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return shutil.copytree(living_site, tmp_path / "site")


def test_the_page_is_small_and_the_frames_are_beside_it(living_site: Path) -> None:
    page = (living_site / "plain.living.html").read_text(encoding="utf-8")
    frames = (living_site / "plain.living.bin").stat().st_size
    assert len(page) < 250_000
    assert frames > 10_000
    assert "connect-src &#39;self&#39;" in page
    assert 'href="index.html"' in page
    assert 'href="plain.html"' in page
    listed = json.loads((living_site / "catalogue.json").read_text(encoding="utf-8"))["sessions"]
    assert listed[0]["living"] == {
        "page": "plain.living.html",
        "frames": "plain.living.bin",
        "bytes": frames,
    }
    for linking in ("index.html", "plain.html"):
        assert 'href="plain.living.html"' in (living_site / linking).read_text(encoding="utf-8")


def test_what_is_up_to_date_is_not_made_again(own_site: Path) -> None:
    assert publish(own_site, "--living")["written"] == []
    assert publish(own_site)["written"] == []


def test_a_changed_script_is_made_again_and_a_stale_page_not_linked(own_site: Path) -> None:
    script = own_site / "plain.yaml"
    script.write_text(script.read_text().replace("Thank you", "Thanks to you"), encoding="utf-8")
    publish(own_site)
    for linking in ("index.html", "plain.html"):
        text = (own_site / linking).read_text(encoding="utf-8")
        assert "plain.living.html" not in text
    written = [Path(path).name for path in publish(own_site, "--living")["written"]]
    assert {"plain.living.html", "plain.living.bin", "plain.html"} <= set(written)
    assert "rain.living.bin" not in written


def test_damaged_frames_are_made_again(own_site: Path) -> None:
    frames = own_site / "rain.living.bin"
    whole = frames.read_bytes()
    frames.write_bytes(whole[:-100])
    publish(own_site, "--living")
    assert frames.read_bytes() == whole


@pytest.mark.parametrize("header", ["length: {default: 1m40s, min: 1m, max: 3m}\n", ""])
def test_a_usual_length_between_two_minutes_streams_too(tmp_path: Path, header: str) -> None:
    text = SCRIPT.format(bed="none")
    usual = next(line for line in text.splitlines(keepends=True) if line.startswith("length"))
    (tmp_path / "odd.yaml").write_text(text.replace(usual, header), encoding="utf-8")
    publish(tmp_path, "--living")
    page = (tmp_path / "odd.living.html").read_text(encoding="utf-8")
    assert '"url":"odd.mp3"' in page


def test_without_the_option_there_are_none(small_site: Path) -> None:
    assert not list(small_site.glob("*.living.*"))
    assert "living" not in (small_site / "catalogue.json").read_text(encoding="utf-8")


class Page:
    """A page with every length in a browser, from a host."""

    def __init__(self, chrome: Browser, host: Host) -> None:
        self.chrome, self.host = chrome, host

    def open(self, name: str = "plain", link: str = "") -> None:
        self.chrome.open("about:blank")
        self.chrome.open(f"{self.host.address}{name}.living.html{link}")
        self.chrome.wait("!document.getElementById('living-choices').disabled")

    def click(self, name: str) -> None:
        self.chrome.run(f"document.getElementById('{name}').click();")

    def plays(self) -> None:
        self.chrome.wait(f"!{AUDIO}.paused && {AUDIO}.currentTime > 0.2")

    def waits_for_frames(self) -> None:
        self.chrome.wait("performance.getEntriesByType('resource').some((entry) =>"
                         " entry.name.endsWith('.bin') && entry.responseEnd > 0)")  # fmt: skip

    def choose_length(self, index: int) -> None:
        self.chrome.run(
            """const slider = document.getElementById("living-length");
            slider.value = String(arguments[0]);
            slider.dispatchEvent(new Event("change"));""",
            index,
        )

    def is_joined(self) -> None:
        self.chrome.wait(f"{AUDIO}.src.startsWith('blob:') && {AUDIO}.readyState > 0")

    def value(self, name: str) -> Any:
        return self.chrome.run(f"return {AUDIO}.{name};")

    def asked_for_frames(self) -> bool:
        return any(".bin" in asked for asked in self.host.asked)


@pytest.fixture
def page(living_site: Path) -> Iterator[Page]:
    with hosted(living_site) as host, browser() as chrome:
        yield Page(chrome, host)


class TestInABrowser:
    pytestmark = needs_browser

    def test_the_usual_length_streams_and_then_the_frames_come(self, page: Page) -> None:
        page.open()
        assert not page.asked_for_frames()
        assert not any(".mp3" in asked for asked in page.host.asked)
        page.click("play")
        page.plays()
        assert page.value("src").endswith("plain.mp3")
        page.waits_for_frames()
        assert page.value("src").endswith("plain.mp3")

    def test_a_change_on_the_way_goes_on_where_it_is(self, page: Page) -> None:
        page.open()
        page.chrome.run(KEEP_BLOBS)
        page.click("play")
        page.plays()
        page.waits_for_frames()
        page.chrome.run(f"{AUDIO}.currentTime = 10;")
        page.choose_length(2)
        page.is_joined()
        page.plays()
        assert round(page.value("duration")) == 180
        assert 9.9 < page.value("currentTime") < 14
        page.choose_length(1)
        page.chrome.wait(f"Math.round({AUDIO}.duration) === 120")
        digest = page.chrome.run(
            f"""const bytes = await window.blobs[{AUDIO}.src].arrayBuffer();
            const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
            return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");"""
        )
        mp3 = (page.host.folder / "plain.mp3").read_bytes()
        assert digest == hashlib.sha256(mp3[id3v2_size(mp3) :]).hexdigest()

    def test_another_length_before_the_start(self, page: Page) -> None:
        page.open()
        page.choose_length(0)
        page.click("play")
        page.is_joined()
        page.plays()
        assert round(page.value("duration")) == 60

    def test_back_to_the_usual_length_before_the_start(self, page: Page) -> None:
        page.open()
        page.choose_length(0)
        page.choose_length(1)
        page.click("play")
        page.plays()
        assert round(page.value("duration")) == 120

    def test_a_link_opens_another_length(self, page: Page) -> None:
        page.open("plain", "#3m")
        page.click("play")
        page.is_joined()
        page.plays()
        assert round(page.value("duration")) == 180

    @pytest.mark.parametrize("link", ["", "#3m"])
    def test_another_length_is_heard_before_the_frames_are_there(
        self, page: Page, link: str
    ) -> None:
        page.host.held.add("/plain.living.bin")
        page.open("plain", link)
        if not link:
            page.choose_length(2)
        page.click("play")
        page.plays()
        assert page.value("src").endswith("plain.mp3")
        total = "document.getElementById('position').max"
        assert page.chrome.run(f"return {total};") == "180"
        page.host.held.clear()
        page.is_joined()
        page.plays()
        assert round(page.value("duration")) == 180
        assert 0.2 < page.value("currentTime") < 15

    def test_where_the_usual_length_goes_another_way_it_waits_for_the_frames(
        self, page: Page
    ) -> None:
        page.host.held.add("/plain.living.bin")
        page.open("plain", "#3m")
        page.click("play")
        page.plays()
        page.chrome.run(f"{AUDIO}.currentTime = 70;")
        page.chrome.wait(f"{AUDIO}.paused")
        said = "document.getElementById('living-said').textContent"
        assert page.chrome.run(f"return {said};") == "Loading…"
        page.host.held.clear()
        page.is_joined()
        page.plays()
        assert 69 < page.value("currentTime") < 80

    def test_frames_that_did_not_come_are_asked_for_again(self, page: Page) -> None:
        first_fails = """let count = 0; const load = window.fetch;
          window.fetch = (...what) => count++ ? load(...what) : Promise.reject(new TypeError());"""
        with page.chrome.before_pages(first_fails):
            page.open("rain", "#none")
            told = "document.getElementById('trouble').textContent"
            page.chrome.wait(f"{told}.includes('be loaded')")
            page.click("play")
            page.is_joined()
            page.plays()
            assert page.chrome.run(f"return {told};") == ""

    def test_this_hurts_leads_out_at_once(self, page: Page) -> None:
        page.host.held.add("/plain.living.bin")
        page.open()
        page.click("play")
        page.plays()
        page.chrome.run(f"{AUDIO}.currentTime = 10;")
        page.chrome.wait("document.getElementById('hurts').ariaDisabled === 'false'")
        page.click("hurts")
        page.chrome.wait(f"{AUDIO}.currentTime > 100")
        page.plays()
        page.host.held.clear()
        page.is_joined()
        page.plays()
        page.chrome.wait("document.getElementById('hurts').textContent === 'Undo'")

    def test_the_bed_of_the_stream_is_not_heard_twice(self, page: Page) -> None:
        page.open("rain")
        page.click("play")
        page.plays()
        page.waits_for_frames()
        page.chrome.run("await new Promise((go) => setTimeout(go, 600));")
        assert page.chrome.run("return document.getElementById('bed').paused;")
        page.choose_length(2)
        page.is_joined()
        page.chrome.wait("!document.getElementById('bed').paused")

    def test_without_a_bed_on_the_way(self, page: Page) -> None:
        page.open("rain")
        page.click("play")
        page.plays()
        page.waits_for_frames()
        page.chrome.run("document.querySelector('input[name=living-bed][value=none]').click();")
        page.is_joined()
        page.plays()
        assert page.chrome.run("return document.getElementById('bed').paused;")

    def test_what_is_kept_plays_and_changes_offline(self, page: Page) -> None:
        chrome, host = page.chrome, page.host
        chrome.open(host.address)
        chrome.run("await navigator.serviceWorker.ready;")
        chrome.open(host.address)
        chrome.wait("navigator.serviceWorker.controller")
        page.open()
        names = "return (await (await caches.open('psoas-audio kept')).keys()).map((r) => r.url);"
        assert chrome.run(names) == []
        chrome.wait("!document.getElementById('keep').hidden")
        page.click("keep")
        chrome.wait("document.getElementById('keep').ariaPressed === 'true'")
        kept = {address.rpartition("/")[2] for address in chrome.run(names)}
        own = {"plain.living.html", "plain.living.bin", "plain.mp3", "plain.jpg"}
        assert kept == own | {"plain.living"}
        host.die()
        page.open()
        page.click("play")
        page.plays()
        page.waits_for_frames()
        page.choose_length(2)
        page.is_joined()
        page.plays()

    def test_the_worker_gives_what_was_joined(self, page: Page) -> None:
        chrome, host = page.chrome, page.host
        chrome.open(host.address)
        chrome.run("await navigator.serviceWorker.ready;")
        chrome.open(host.address)
        chrome.wait("navigator.serviceWorker.controller")
        found = chrome.run(
            """const cache = await caches.open("psoas-audio joined");
            const address = new URL("plain.joined-1.mp3", location.href).href;
            await cache.put(address, new Response("sound"));
            return (await fetch(address)).text();"""
        )
        assert found == "sound"
