"""The living page in real browsers, from disk and under its own policy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from living_example import SCRIPT

from browser import Browser, browser
from browser import is_installed as has_chromium
from engines import ENGINES, started
from psoas_audio.cli.main import cli
from psoas_audio.living.write import joined_row

pytestmark = pytest.mark.tools

_KEEP_BLOBS = """
const make = URL.createObjectURL.bind(URL);
window.blobs = {};
URL.createObjectURL = (blob) => { const url = make(blob); window.blobs[url] = blob; return url; };
"""
_DIGEST = """
const blob = window.blobs[document.getElementById("audio").src];
const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
"""
_READY = "document.getElementById('audio').readyState > 0"
_VALUE = "document.getElementById('audio').{}"


class Page:
    def __init__(self, shown: Browser, path: Path) -> None:
        self.browser, self.path = shown, path
        self.document = json.loads(path.with_suffix(".living.json").read_text(encoding="utf-8"))
        self.pool = path.with_suffix(".living.bin").read_bytes()

    def open(self, link: str = "") -> None:
        self.browser.open("about:blank")
        self.browser.open(f"file://{self.path}{link}")
        self.browser.wait(_READY)

    def value(self, name: str) -> Any:
        return self.browser.run(f"return {_VALUE.format(name)};")

    def click(self, id_: str) -> None:
        self.browser.run(f"document.getElementById('{id_}').click();")

    def go(self, seconds: float) -> None:
        self.browser.run(f"{_VALUE.format('currentTime')} = {seconds};")
        self.browser.wait(f"!{_VALUE.format('seeking')}")

    def may_skip(self, seconds: float) -> bool:
        """Whether what is heard so many seconds after the start can be skipped."""
        return self.offers("skip", seconds)

    def offers(self, name: str, seconds: float) -> bool:
        """Whether a button does anything so many seconds after the start."""
        self.go(seconds)
        self.browser.run("await new Promise((go) => setTimeout(go, 400));")
        found = f"return document.getElementById('{name}').ariaDisabled !== 'true';"
        return bool(self.browser.run(found))

    def text(self, name: str) -> str:
        return str(self.browser.run(f"return document.getElementById('{name}').textContent;"))

    def choose(self, name: str, value: str) -> None:
        box = f"input[name=living-{name}][value={value}]"
        self.browser.run(f"document.querySelector('{box}').click();")

    def choose_length(self, index: int) -> None:
        self.browser.run(
            """const slider = document.getElementById("living-length");
            slider.value = String(arguments[0]);
            slider.dispatchEvent(new Event("change"));""",
            index,
        )

    def starts(self, link: str = "") -> None:
        """Open the page and play."""
        self.open(link)
        self.click("play")
        self.browser.wait(f"{_VALUE.format('currentTime')} > 0.3")

    def figure(self) -> str:
        """The name of the figure that is shown."""
        self.browser.run("await new Promise((go) => setTimeout(go, 400));")
        found = "return document.querySelector('#figure use').getAttribute('href');"
        return str(self.browser.run(found)).removeprefix("#figure-")

    def step_at(self, step: str) -> float:
        """Where the step with an id that ends in *step* begins in the usual row, in seconds."""
        at = 0
        for number in self.document["rows"][0]["pieces"]:
            piece = self.document["pieces"][number]
            for start, _, item in piece["face"]["steps"]:
                if self.document["items"][item][0].endswith(step):
                    return (at + start) / 1000
            at += 24 * sum(map(abs, piece["runs"][1::2]))
        raise AssertionError(step)

    def digest(self) -> str:
        found: str = self.browser.run(_DIGEST)
        return found

    def row_digest(self, number: int) -> str:
        return hashlib.sha256(joined_row(self.document, self.pool, number)).hexdigest()

    def link(self, number: int) -> str:
        row = self.document["rows"][number]
        words = [f"{row['length']}s", row["guidance"], row["side"]]
        return "#" + ",".join(filter(None, words))


def make_page(folder: Path, words: str, script: str = "ball.yaml") -> Path:
    (folder / "ball.yaml").write_text(SCRIPT, encoding="utf-8")
    path = folder / "page.html"
    script = str(folder / script) if script.endswith(".yaml") else script
    result = CliRunner().invoke(
        cli, ["living", script, "-o", str(path), "--data", "-q", *words.split()]
    )
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    return make_page(
        folder, "--lengths 5m,6m,7m --guidance full --guidance bells --bed soft-rain --bed surf"
    )


@pytest.fixture(scope="module", params=ENGINES)
def page(request: pytest.FixtureRequest, made: Path) -> Iterator[Page]:
    with started(request.param) as shown, shown.before_pages(_KEEP_BLOBS):
        yield Page(shown, made)


def test_what_plays_is_the_row_to_the_byte(page: Page) -> None:
    page.browser.faults()
    assert len(page.document["rows"]) >= 10
    for number in range(len(page.document["rows"])):
        page.open(page.link(number))
        assert page.digest() == page.row_digest(number)
    assert page.browser.faults() == []
    assert page.browser.requests() <= {"file", "blob", "data", "about"}


def test_choices_change_the_session_where_it_is(page: Page) -> None:
    page.open()
    page.click("play")
    page.browser.wait(f"{_VALUE.format('currentTime')} > 0.3")
    page.go(250)
    what = page.browser.run("return document.getElementById('what').textContent;")
    page.browser.run("document.querySelector('input[name=living-guidance][value=bells]').click();")
    page.browser.wait(f"{_READY} && {_VALUE.format('currentTime')} > 200")
    assert page.browser.run("return document.getElementById('what').textContent;") == what
    assert page.browser.run("return location.hash;").startswith("#6m,bells,right")
    page.browser.wait(f"!{_VALUE.format('paused')}")


def test_the_bed_follows_the_voice(page: Page) -> None:
    page.open()
    bed = "document.getElementById('bed')"
    page.click("play")
    page.browser.wait(f"{bed}.currentTime > 0.2")
    assert page.browser.run(f"return {bed}.duration;") == page.value("duration")
    page.go(100)
    page.browser.wait(f"Math.abs({bed}.currentTime - {_VALUE.format('currentTime')}) < 0.4")
    page.click("play")
    page.browser.wait(f"{bed}.paused")
    page.browser.run("document.querySelector('input[name=living-bed][value=none]').click();")
    page.click("play")
    page.browser.wait(f"!{_VALUE.format('paused')}")
    assert page.browser.run(f"return {bed}.paused;")


def test_choices_are_kept(page: Page) -> None:
    page.open("#7m,full,left,surf")
    minutes = "return document.getElementById('living-minutes').textContent;"
    assert page.browser.run(minutes).startswith("7")
    page.browser.run("document.querySelector('input[name=living-guidance][value=bells]').click();")
    page.open()
    checked = "document.querySelectorAll('#living-choices :checked')"
    values = page.browser.run(f"return [...{checked}].map((box) => box.value);")
    assert values == ["bells", "left", "surf"]
    page.browser.run("localStorage.clear();")


def test_a_browser_that_plays_no_blobs_gets_the_same_bytes_otherwise(page: Page) -> None:
    page.open()
    page.browser.run("document.getElementById('audio').dispatchEvent(new Event('error'));")
    page.browser.wait("document.getElementById('audio').src.startsWith('data:audio/mpeg')")
    page.browser.wait(_READY)
    assert page.value("duration") == pytest.approx(page.document["rows"][0]["samples"] / 48_000)


def test_a_browser_that_is_too_old_says_so(page: Page) -> None:
    page.browser.open("about:blank")
    with page.browser.before_pages("delete window.DecompressionStream;"):
        page.browser.open(f"file://{page.path}")
        page.browser.wait("document.getElementById('trouble').textContent !== ''")
    assert page.text("trouble").endswith("Try another browser.")


def test_a_change_can_be_undone_and_again_plays_what_was_chosen(page: Page) -> None:
    page.open(page.link(0))
    chosen = page.digest()
    page.click("play")
    hold = next(second for second in range(120, 360, 15) if page.may_skip(second))
    page.click("skip")
    page.browser.wait("document.getElementById('living-said').textContent")
    assert page.digest() != chosen
    page.click("living-undo")
    page.browser.wait("document.getElementById('living-said').textContent === 'Undone.'")
    assert page.digest() == chosen
    page.browser.wait(_READY)
    assert page.value("currentTime") == pytest.approx(hold, abs=3)
    assert page.may_skip(hold)
    page.click("skip")
    page.click("again")
    page.browser.wait(_READY)
    assert page.digest() == chosen


def test_every_change_says_what_it_did_or_why_not(page: Page) -> None:
    page.starts(page.link(0))
    page.go(page.step_at(".3.right.1") + 5)
    said = "document.getElementById('living-said').textContent"
    page.choose("side", "left")
    page.browser.wait(f"{said}.startsWith('This side is finished first')")
    page.choose("guidance", "bells")
    page.browser.wait(f"{said} === 'From here on: bells only.'")
    page.choose_length(2)
    page.browser.wait(f"{said}.startsWith('Now 7 minutes in total.')")
    assert page.browser.run("return document.querySelector('.facts span').textContent;") == "7 min"
    assert page.text("change-said") == page.text("living-said")
    page.choose("bed", "none")
    page.browser.wait(f"{said} === 'Background: none.'")
    page.browser.run("localStorage.clear();")


def test_a_repeat_survives_other_choices(page: Page) -> None:
    page.starts(page.link(0))
    right = page.step_at(".3.right.1") + 5
    assert page.offers("again-side", right)
    page.click("again-side")
    page.choose("guidance", "bells")
    page.choose("side", "left")
    page.choose_length(2)
    page.browser.wait(f"{_READY}")
    sides = page.browser.run(
        "return [...document.querySelectorAll('#chapter-list span:first-child')]"
        ".map((e) => e.textContent).filter((text) => text.includes('side'));"
    )
    steps = page.browser.run(
        "return [...document.querySelectorAll('#transcript p.silence')].length;"
    )
    assert sides == ["The right side", "The left side"]
    assert steps > 0
    # Twice on the right, once on the left.
    page.click("again-side")
    assert "repeated" in page.text("living-said")
    page.browser.run("localStorage.clear();")


PLACES = """
const rect = (id) => {
  const { left, top, width, height } = document.getElementById(id).getBoundingClientRect();
  return [left, top, width, height].map(Math.round);
};
const names = ["hurts", "longer", "skip", "again-side", "play"];
return Object.fromEntries(names.map((id) => [id, rect(id)]));
"""


def test_buttons_keep_their_places_and_say_why_they_do_nothing(page: Page) -> None:
    page.starts(page.link(0))
    found = []
    for seconds in (1, 100, page.step_at(".3.right.1") + 5, 300):
        page.go(seconds)
        page.browser.run("await new Promise((go) => setTimeout(go, 400));")
        found.append(page.browser.run(PLACES))
    assert all(places == found[0] for places in found)
    assert not page.offers("hurts", 1)
    assert page.text("hurts-why").startswith("Nothing has begun yet")
    page.click("hurts")
    assert page.text("living-said") == page.text("hurts-why")
    assert not page.offers("longer", 1)
    page.click("longer")
    assert page.text("living-said") == page.text("longer-why") != ""


def test_this_hurts_can_be_undone_but_not_by_a_second_touch(page: Page) -> None:
    page.starts(page.link(0))
    at = page.step_at(".3.right.1") + 5
    assert page.offers("hurts", at)
    page.browser.run(
        """const hurts = document.getElementById("hurts");
        hurts.click();
        while (hurts.textContent !== "Undo") await new Promise((go) => setTimeout(go, 5));
        hurts.click();"""
    )
    assert page.text("living-said") == "The way out, then the end."
    left = page.digest()
    page.browser.run("await new Promise((go) => setTimeout(go, 1200));")
    page.click("hurts")
    page.browser.wait("document.getElementById('hurts').textContent === 'This hurts'")
    assert page.digest() == page.row_digest(0) != left
    assert page.value("currentTime") == pytest.approx(at, abs=3)


def test_the_figure_lets_go_with_the_words_also_after_this_hurts(page: Page) -> None:
    def shown(seconds: float) -> str:
        page.go(seconds)
        return page.figure()

    page.starts(page.link(0))
    hold, words = page.step_at(".3.right.1"), page.step_at(".5.right.1")
    assert shown(hold + 5) == "supine-ball"
    assert shown(words + 0.2) == "ball-resting"
    assert shown(hold + 5) == "supine-ball"
    page.click("hurts")
    page.browser.wait("document.getElementById('hurts').textContent === 'Undo'")
    page.browser.wait(f"!{_VALUE.format('seeking')}")
    assert page.figure() == "supine"


SIZES = [(390, 844), (844, 390), (667, 375), (568, 320), (360, 640), (320, 568), (320, 256)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_play_time_and_this_hurts_are_always_on_the_screen(
    page: Page, width: int, height: int
) -> None:
    page.browser.screen(width, height)
    play = "return Object.values(document.getElementById('play').getBoundingClientRect().toJSON());"
    try:
        page.open(page.link(0))
        before = page.browser.run(play)
        page.starts(page.link(0))
        page.go(page.step_at(".3.right.1") + 5)
        for name in ("hurts", "play", "left"):
            inside = page.browser.run(
                f"""const box = document.getElementById("{name}").getBoundingClientRect();
                const x = box.x + box.width / 2, y = box.y + box.height / 2;
                const found = document.elementFromPoint(x, y);
                return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0
                  && box.right <= innerWidth && found.closest("#{name}") !== null;"""
            )
            assert inside, name
        assert page.browser.run(play) == pytest.approx(before, abs=1)
    finally:
        page.browser.screen(390, 844)


@pytest.mark.slow
@pytest.mark.skipif(not has_chromium(), reason="Chromium isn't installed")
def test_sixty_rows_of_a_shipped_session(tmp_path: Path) -> None:
    path = make_page(tmp_path, "--bed soft-rain", "supine-ball-release")
    with browser() as shown, shown.before_pages(_KEEP_BLOBS):
        page = Page(shown, path)
        rows = range(0, len(page.document["rows"]), max(1, len(page.document["rows"]) // 60))
        for number in rows:
            page.open(page.link(number))
            assert page.digest() == page.row_digest(number)
        assert len(rows) >= 60
