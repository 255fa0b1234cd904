"""The catalogue in a real browser, from a sub-folder of a static host."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from session_example import DETAILS, example
from site_host import Host, hosted

from browser import Browser
from engines import only_in
from psoas_audio.deliver.pictures.cover_and_chapters import app_icon
from psoas_audio.publishing.catalogue_json import catalogue_json, search_json
from psoas_audio.publishing.catalogue_page import index
from psoas_audio.publishing.model import Site, SiteProgramme, SiteSession
from psoas_audio.publishing.web_app import OFFLINE_PAGE, manifest, offline_page, service_worker

pytestmark = pytest.mark.tools
SITE = Site("Hips", "Quiet sessions.", "Robin", "en", "https://example.org/sub/")
PROGRAMME = SiteProgramme(
    "week", "A first week", "Ten minutes a day.", "en", 1, 3, 4, "week.html", 4000, "{}"
)
SOUND = bytes(range(256)) * 40


def entries() -> list[SiteSession]:
    session = example()
    kinds = (("ball", "supine", "some experience", ("mat", "ball"), 12, "en"),
             ("desk", "sitting", "beginner", (), 4, "en"),
             ("stand", "standing", "", (), 18, "en"),
             ("kugel", "supine", "beginner", ("Kugel",), 12, "de"))  # fmt: skip
    return [
        SiteSession(
            name,
            replace(session, name=name, length=minutes * 60 * 48_000),
            replace(DETAILS, title=f"The {name}", position=position, level=level, equipment=things,
                    language=language),
            f"{name}.mp3",
            len(SOUND),
            "2026-01-01T00:00:00+00:00",
        )
        for name, position, level, things, minutes, language in kinds
    ]  # fmt: skip


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder = tmp_path_factory.mktemp("host") / "sub"
    folder.mkdir()
    shell = {
        "index.html": index(SITE, entries(), [PROGRAMME]).encode(),
        OFFLINE_PAGE: offline_page(SITE).encode(),
        "catalogue.json": catalogue_json(SITE, entries(), [PROGRAMME]).encode(),
        "manifest.webmanifest": manifest(SITE).encode(),
        "icon-192.png": app_icon(192),
        "icon-512.png": app_icon(512),
    }
    files = {**shell, "worker.js": service_worker(shell).encode()}
    files["search.json"] = search_json(entries()).encode()
    for entry in entries():
        files[entry.sound] = SOUND
        files[entry.file("cover")] = b"JPEG"
        files[entry.file("page")] = f"<!DOCTYPE html><title>{entry.name}</title>".encode()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with hosted(folder.parent) as found:
        yield found


@pytest.fixture
def chrome(shared: Browser, host: Host) -> Iterator[Browser]:
    shared.open(host.address + "sub/")
    yield shared
    shared.run("localStorage.clear();")


@pytest.fixture
def phone(chrome: Browser) -> Iterator[Browser]:
    chrome.screen(390, 844)
    chrome.run("window.isOld = true; location.reload();")
    loaded = "document.readyState === 'complete' && document.getElementById('count').value"
    chrome.wait(f"!window.isOld && {loaded}")
    yield chrome
    chrome.screen(1280, 800)


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
    only_in(chrome, "chromium")
    told = chrome.devtools("Page.getAppManifest")
    assert told["errors"] == []
    assert json.loads(told["data"])["name"] == "Hips"
    chrome.run("await navigator.serviceWorker.ready;")
    faults = chrome.devtools("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [f["errorId"] for f in faults if f["errorId"] != "in-incognito"] == []


def test_a_phone_opens_with_sessions_and_folded_filters(phone: Browser) -> None:
    bottom = phone.run(
        "return document.querySelector('.card').getBoundingClientRect().bottom / innerHeight;"
    )
    assert bottom < 1
    assert not phone.run("return document.getElementById('filter-box').open;")
    assert phone.run("return document.documentElement.scrollWidth <= innerWidth;")


def test_chosen_filters_look_chosen_in_forced_colours(chrome: Browser) -> None:
    only_in(chrome, "chromium")
    chrome.media(forced_colors="active")
    chrome.run("document.getElementById('filter-box').open = true;")
    chosen, other = chrome.run(
        """const look = (box) => { const style = getComputedStyle(box.closest("label"));
          return [style.backgroundColor, style.color,
            getComputedStyle(box.closest("label"), "::before").content]; };
        return [":checked", ":not(:checked)"].map((which) =>
          look(document.querySelector(`[name=time]${which}`)));"""
    )
    chrome.media()
    assert chosen[0] != other[0]
    assert chosen[1] != other[1]
    assert "✓" in chosen[2]
    assert "✓" not in other[2]


def test_the_language_is_switched_on_the_page(chrome: Browser) -> None:
    assert shown(chrome) == ["The ball", "The desk", "The stand"]
    chrome.run(
        """const box = document.getElementById("language"); box.value = "de";
        box.dispatchEvent(new Event("change"));"""
    )
    assert shown(chrome) == ["The kugel"]
    told = chrome.run(
        """return [document.documentElement.lang, document.getElementById("sessions").textContent,
        document.getElementById("count").value, document.title];"""
    )
    assert told[0] == "de"
    assert told[1] == "Einheiten"
    assert "1" in told[2]
    assert not chrome.run("return document.querySelector('[value=ball]').offsetParent;")
    chrome.run("window.isOld = true; location.reload();")
    loaded = "document.readyState === 'complete' && document.documentElement.lang === 'de'"
    chrome.wait(f"!window.isOld && {loaded}")
    assert shown(chrome) == ["The kugel"]  # it is remembered


def search(chrome: Browser, words: str) -> None:
    chrome.run(
        """const box = document.getElementById("search"); box.focus(); box.value = arguments[0];
        box.dispatchEvent(new Event("input"));""",
        words,
    )


def test_what_is_said_is_found_and_shown(chrome: Browser) -> None:
    search(chrome, "desk")
    chrome.wait("document.getElementById('count').value.startsWith('1 of')")
    assert shown(chrome) == ["The desk"]
    said = json.loads(search_json(entries()))["desk"]
    word = max(said.split(), key=len).strip(".,:")
    search(chrome, word.upper())
    chrome.wait("!document.querySelector('.card .hit').hidden")
    assert chrome.run("return document.querySelector('.hit mark').textContent;") == word
    search(chrome, "zebra")
    assert chrome.run("return document.getElementById('none').textContent;").startswith("Nothing")


def test_what_was_left_in_the_middle_is_on_top(chrome: Browser) -> None:
    key = chrome.run("return document.querySelector('[data-name=desk]').dataset.key;")
    place = json.dumps({"step": "1.1.-.1", "offset": 0, "at": 61_000, "done": None})
    chrome.run("localStorage.setItem(arguments[0], arguments[1]);", key, place)
    chrome.run(
        """localStorage.setItem("psoas-audio programme week",
        JSON.stringify({ start: "2026-01-01", done: {}, days: 2 }));"""
    )
    chrome.run("dispatchEvent(new Event('pageshow'));")
    told = chrome.run("return document.getElementById('go-on').innerText;")
    assert "The desk" in told
    assert "1:01 of 4:00" in told
    assert "2 of 3 days" in chrome.run("return document.querySelector('.state').textContent;")


def speak(chrome: Browser, tag: str) -> None:
    chrome.run(
        """const box = document.getElementById("language"); box.value = arguments[0];
        box.dispatchEvent(new Event("change"));""",
        tag,
    )


def test_what_is_under_way_leads_to_its_page_and_what_is_done_is_marked(chrome: Browser) -> None:
    keys = chrome.run("return [...document.querySelectorAll('.card')].map((c) => c.dataset.key);")
    begun = json.dumps({"step": "1.1.-.1", "offset": 0, "at": 61_000, "done": None})
    done = json.dumps({"done": "2026-01-02T08:00:00.000Z"})
    chrome.run(
        """const [ball, desk, stand, kugel] = arguments[0];
        for (const key of [desk, kugel]) localStorage.setItem(key, arguments[1]);
        localStorage.setItem(stand, arguments[2]);
        dispatchEvent(new Event("pageshow"));""",
        keys,
        begun,
        done,
    )
    going = """return [...document.querySelectorAll("#go-on li a")]
      .map((link) => [link.querySelector(".title").textContent, link.getAttribute("href")]);"""
    assert [title for title, _ in chrome.run(going)] == ["The desk"]  # not the German one
    assert chrome.run(going)[0][1].endswith("desk.html")
    bar = "const bar = document.querySelector('#go-on progress'); return bar.value / bar.max;"
    assert chrome.run(bar) == pytest.approx(61 / 240)
    marked = "return [...document.querySelectorAll('.card.done .title')].map((t) => t.textContent);"
    assert chrome.run(marked) == ["The stand"]
    speak(chrome, "de")
    assert [title for title, _ in chrome.run(going)] == ["The kugel"]
    told = chrome.run("return document.getElementById('go-on-heading').textContent;")
    assert told != "Continue"
    assert "1:01 von 12:00" in chrome.run(
        "return document.querySelector('#go-on .facts').innerText;"
    )
    speak(chrome, "en")
    chrome.run("localStorage.clear(); dispatchEvent(new Event('pageshow'));")
    assert chrome.run("return document.getElementById('go-on').hidden;")


def test_filters_of_a_phone_are_unfolded_count_what_is_chosen_and_lead_to_it(
    phone: Browser,
) -> None:
    phone.run("document.querySelector('#filter-box summary').click();")
    phone.wait("document.getElementById('filter-box').open")
    assert phone.run("return document.documentElement.scrollWidth <= innerWidth;")
    low = """return [...document.querySelectorAll("#filters label")].filter((label) =>
      label.checkVisibility() && label.getBoundingClientRect().height < 44)
      .map((label) => label.textContent.trim());"""
    assert phone.run(low) == []
    choose(phone, "time", "15")
    choose(phone, "position", "sitting")
    assert phone.run("return document.getElementById('chosen').textContent;") == "2"
    phone.run("document.querySelector('#filters [type=submit]').click();")
    assert shown(phone) == ["The desk"]
    assert phone.run("return document.activeElement.id;") == "sessions"
    phone.run("document.querySelector('#filter-box summary').click();")
    phone.wait("!document.getElementById('filter-box').open")
    chosen = "return document.getElementById('chosen').checkVisibility();"
    assert phone.run(chosen), "folded, they say that something is chosen"
    phone.run("document.getElementById('reset').click();")
    phone.wait("document.getElementById('chosen').textContent === ''")
    assert shown(phone) == ["The ball", "The desk", "The stand"]


def test_a_search_ignores_case_and_accents_and_goes_with_filters(chrome: Browser) -> None:
    search(chrome, "DÉSK")
    chrome.wait("document.getElementById('count').value.startsWith('1 of')")
    assert shown(chrome) == ["The desk"]
    choose(chrome, "position", "standing")
    assert shown(chrome) == []
    told = "return document.getElementById('none').textContent;"
    assert chrome.run(told).startswith("Nothing")
    search(chrome, "the")
    assert shown(chrome) == ["The stand"]
    search(chrome, "kugel")
    assert shown(chrome) == []  # it is in another language
    search(chrome, "")
    chrome.run("document.getElementById('reset').click();")
    chrome.wait("document.getElementById('count').textContent === '3 sessions'")
    assert not chrome.run("return document.body.classList.contains('searching');")


def test_a_language_has_its_own_programmes_equipment_and_feed(chrome: Browser) -> None:
    seen = """const visible = (query) => [...document.querySelectorAll(query)]
        .filter((element) => element.checkVisibility()).map((found) => found.textContent.trim());
      document.getElementById("filter-box").open = true;
      return [visible("#programmes .title"), visible("[data-languages]"),
        document.getElementById("feed").getAttribute("href"),
        document.getElementById("search").placeholder];"""
    english = chrome.run(seen)
    assert english[0] == ["A first week"]
    assert english[1] == ["ball", "mat"]
    speak(chrome, "de")
    german = chrome.run(seen)
    assert german[0] == []
    assert german[1] == ["Kugel"]
    assert german[3] != english[3]
    speak(chrome, "en")
    assert chrome.run(seen) == english


def test_without_javascript_every_session_is_there() -> None:
    text = index(SITE, entries(), [PROGRAMME])
    assert text.count('<li class="card"') == 4
    assert 'lang="de"' in text
