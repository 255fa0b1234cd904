"""A folder of sessions as a site: only what changed is made; the feed has what directories ask."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from mutagen.id3 import ID3
from PIL import Image

from psoas_audio.errors import PsoasError, ScriptError
from psoas_audio.publishing.model import Site
from psoas_audio.publishing.site import Published, publish, site_of

SCRIPT = """title: {title}
language: en-US
safety: none
position: {position}
equipment: [{thing}]
summary: Quiet minutes & soft <knees>.
output: mono
chapters:
  - title: Arrive
    steps:
      - say: Let the knee soften.
      - hold: 2s
  - title: Leave
    steps:
      - bell: bowl
"""
URL = "https://example.org/sub/sessions/"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
PODLOVE = "{http://podlove.org/simple-chapters}"
IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site")
    for name, title, position, thing in (
        ("one", "One & <only>", "supine", "mat"),
        ("two", "Two", "sitting", "chair"),
    ):
        text = SCRIPT.format(title=title, position=position, thing=thing)
        (path / f"{name}.yaml").write_text(text, encoding="utf-8")
    publish_at(path, 1)
    return path


def site() -> Site:
    return site_of(URL, title="Hips & more", email="a@example.org")


def publish_at(folder: Path, day: int) -> Published:
    return publish(folder, site(), now=lambda: datetime(2026, 1, day, 12, tzinfo=UTC))


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {p.name: (p.stat().st_mtime_ns, p.stat().st_ino) for p in folder.iterdir()}


def test_a_second_run_makes_nothing(folder: Path) -> None:
    before = stamps(folder)
    done = publish_at(folder, 2)
    assert (done.sessions, done.rendered, done.written) == (2, (), ())
    assert stamps(folder) == before


def test_only_the_session_whose_script_changed_is_rendered(folder: Path) -> None:
    script = folder / "two.yaml"
    script.write_text(script.read_text().replace("hold: 2s", "hold: 3s"))
    before = stamps(folder)
    done = publish_at(folder, 3)
    assert [path.name for path in done.rendered] == ["two.mp3"]
    after = stamps(folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert not {name for name in changed if name.startswith(("one.", "icon", "cover", "manifest"))}
    assert {"two.mp3", "two.html", "feed.xml", "index.html", "catalogue.json"} <= changed | {
        "index.html"
    }
    moments = {s["name"]: s["published"] for s in catalogue(folder)["sessions"]}  # type: ignore[union-attr, index]
    assert {moment[:10] for moment in moments.values()} == {"2026-01-01"}  # first, not last


def test_a_damaged_file_is_made_again(folder: Path) -> None:
    (folder / "one.vtt").write_text("broken")
    assert [path.name for path in publish_at(folder, 4).rendered] == ["one.mp3"]


def catalogue(folder: Path) -> dict[str, object]:
    plain: dict[str, object] = json.loads((folder / "catalogue.json").read_text(encoding="utf-8"))
    return plain


def test_the_feed_has_what_directories_ask_for(folder: Path) -> None:
    channel = ET.parse(folder / "feed.xml").getroot().find("channel")
    assert channel is not None
    for name in ("title", "description", "language", "link", f"{ITUNES}explicit", f"{ITUNES}author",
                 f"{PODCAST}guid"):  # fmt: skip
        assert channel.findtext(name), name
    assert channel.findtext("title") == "Hips & more"
    assert channel.findtext(f"{ITUNES}explicit") == "false"
    category = channel.find(f"{ITUNES}category")
    assert category is not None
    assert category.get("text") == "Health & Fitness"
    image = channel.find(f"{ITUNES}image")
    assert image is not None
    with Image.open(folder / str(image.get("href")).removeprefix(URL)) as art:
        assert art.size == (1400, 1400)
        assert art.mode == "RGB"
    items = channel.findall("item")
    assert len(items) == 2
    guids = set()
    for item in items:
        enclosure = item.find("enclosure")
        assert enclosure is not None
        file = folder / str(enclosure.get("url")).removeprefix(URL)
        assert int(str(enclosure.get("length"))) == file.stat().st_size
        assert enclosure.get("type") == "audio/mpeg"
        assert parsedate_to_datetime(str(item.findtext("pubDate"))).year == 2026
        assert int(str(item.findtext(f"{ITUNES}duration"))) > 0
        for element in (item.find(f"{PODCAST}chapters"), *item.findall(f"{PODCAST}transcript")):
            assert element is not None
            assert (folder / str(element.get("url")).removeprefix(URL)).is_file()
        guids.add(item.findtext("guid"))
    assert len(guids) == 2
    assert "Quiet minutes & soft <knees>." in str(items[0].findtext("description"))


def test_guids_stay_when_the_site_moves(folder: Path) -> None:
    here = ET.parse(folder / "feed.xml")
    publish(folder, site_of("https://other.example/"), now=lambda: datetime(2026, 2, 1, tzinfo=UTC))
    there = ET.parse(folder / "feed.xml")
    publish_at(folder, 5)
    assert "https://other.example/" in str(there.findtext(".//link"))
    for name in (".//guid", f".//{PODCAST}guid"):
        assert here.findtext(name) == there.findtext(name)


def test_chapters_are_there_for_every_app(folder: Path) -> None:
    item = ET.parse(folder / "feed.xml").findall(".//item")[0]
    chapters = item.findall(f"{PODLOVE}chapters/{PODLOVE}chapter")
    times = [(chapter.get("start"), chapter.get("title")) for chapter in chapters]
    assert times[0] == ("00:00:00.000", times[0][1])
    stamps_told = str(item.findtext("description")).splitlines()[-len(times) :]
    assert stamps_told == [f"{str(start)[3:8]} {title}" for start, title in times]


def test_a_synthetic_voice_is_named_as_one_with_its_licence(folder: Path) -> None:
    item = ET.parse(folder / "feed.xml").findall(".//item")[0]
    told = str(item.findtext("description")), (folder / "one.html").read_text("utf-8")
    for text in (*told, " ".join((folder / "one.txt").read_text("utf-8").split())):
        assert "The voice in this session is computer-generated." in text
        assert "Voice: Computer voice · GPL-3.0-or-later" in text
        assert "the session may be sold" in text
    kinds = ID3(folder / "one.mp3").getall("TXXX:digital-source-type")
    assert [str(kind) for kind in kinds] == [f"{IPTC}algorithmicMedia"]


def test_no_picture_stands_before_the_sound(folder: Path) -> None:
    tag = ID3(folder / "one.mp3")
    assert not tag.getall("APIC")
    assert not [chapter for chapter in tag.getall("CHAP") if chapter.sub_frames.getall("APIC")]
    assert tag.size < 20_000


def test_no_two_episodes_have_the_same_date(folder: Path) -> None:
    dates = [i.findtext("pubDate") for i in ET.parse(folder / "feed.xml").findall(".//item")]
    assert len(set(dates)) == len(dates) > 1


def test_every_link_of_the_site_is_relative_and_leads_somewhere(folder: Path) -> None:
    import re

    text = (folder / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'(?:href|src)="([^"#]+)"', text)
    assert "one.html" in links
    for link in links:
        assert "://" not in link
        assert (folder / link).is_file(), link
    manifest = json.loads((folder / "manifest.webmanifest").read_text())
    for image in manifest["icons"]:
        with Image.open(folder / image["src"]) as drawn:
            assert f"{drawn.width}x{drawn.height}" == image["sizes"]
    for session in catalogue(folder)["sessions"]:  # type: ignore[attr-defined]
        for name in ("page", "cover", "captions", "transcript", "timeline"):
            assert (folder / session[name]).is_file()


def test_outputs_that_a_finished_session_lacks_are_made(folder: Path, tmp_path: Path) -> None:
    for suffix in (".mp3", ".timeline.json"):
        (tmp_path / f"one{suffix}").write_bytes((folder / f"one{suffix}").read_bytes())
    (tmp_path / "stranger.mp3").write_bytes(b"")
    done = publish_at(tmp_path, 5)
    assert done.sessions == 1
    assert [path.name for path in done.left_out] == ["stranger.mp3"]
    for suffix in (".html", ".vtt", ".srt", ".chapters.json", ".txt", ".jpg"):
        # Drawn from what is told beside the timeline: the same as the render's own.
        drawn, own = (place / f"one{suffix}" for place in (tmp_path, folder))
        assert drawn.read_bytes() == own.read_bytes(), suffix


@pytest.mark.parametrize("url", ["", "example.org", "ftp://example.org/", "javascript:alert(1)"])
def test_a_base_url_must_be_a_web_address(url: str) -> None:
    with pytest.raises(PsoasError, match="web site"):
        site_of(url)


def test_an_empty_folder_and_a_faulty_script_are_reported(tmp_path: Path) -> None:
    with pytest.raises(PsoasError, match="no session"):
        publish_at(tmp_path, 1)
    (tmp_path / "wrong.yaml").write_text("titel: x\n")
    with pytest.raises(ScriptError):
        publish_at(tmp_path, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["wrong.yaml"]


def test_chapters_have_their_pictures_on_the_site(folder: Path) -> None:
    chapters = json.loads((folder / "one.chapters.json").read_text("utf-8"))["chapters"]
    for chapter in chapters:
        assert chapter["img"].startswith(URL)
        with Image.open(folder / chapter["img"].removeprefix(URL)) as drawn:
            assert drawn.width == drawn.height
    assert len({chapter["img"] for chapter in chapters}) == len(chapters)


def test_the_show_and_its_items_are_in_one_language(folder: Path) -> None:
    channel = ET.parse(folder / "feed.xml").getroot().find("channel")
    assert channel is not None
    told = {element.get("language") for element in channel.iter(f"{PODCAST}transcript")}
    assert told == {channel.findtext("language")} == {"en-us"}


def test_each_language_has_a_feed_of_its_own(tmp_path: Path) -> None:
    for name, language in (("one", "en-US"), ("two", "en-US"), ("eins", "de")):
        text = SCRIPT.format(title=name, position="supine", thing="mat")
        (tmp_path / f"{name}.yaml").write_text(text.replace("en-US", language), encoding="utf-8")
    publish_at(tmp_path, 1)
    english, german = (ET.parse(tmp_path / name) for name in ("feed.xml", "feed.de.xml"))
    assert [i.findtext("title") for i in german.findall(".//item")] == ["eins"]
    assert {i.findtext("title") for i in english.findall(".//item")} == {"one", "two"}
    assert german.findtext(".//language") == "de"
    guids = {tree.findtext(f".//{PODCAST}guid") for tree in (english, german)}
    assert len(guids) == 2
    publish(tmp_path, site_of("https://moved.example/"))
    trees = (ET.parse(tmp_path / name) for name in ("feed.xml", "feed.de.xml"))
    assert {tree.findtext(f".//{PODCAST}guid") for tree in trees} == guids
