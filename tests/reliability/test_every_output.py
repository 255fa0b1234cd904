"""Test 20 of the battery: a stranger's words are text in every file made, and no file tells of
the machine that made it."""

from __future__ import annotations

import getpass
import json
import os
import re
import socket
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from icalendar import Calendar
from mutagen.id3 import ID3

import psoas_audio

HOSTILE = (
    "<script>alert(1)</script> \"q\" 'q' `q` & --> <b>&amp;</b> {{ 7*7 }} 🌬️ " + "x" * 90 + "\n"
    "#EXTINF:1,x\nhttp://127.0.0.1/x\nEND:VEVENT\nBEGIN:VEVENT\n>\n<SOURCE WAVE\n00:01 שלום"
)
"""Words as a stranger may write them: each line an attempt at another kind of file."""
ONE_LINE = " ".join(HOSTILE.split())
CHAPTER = ONE_LINE.replace("{{", "{").replace("}}", "}")
"""Where ``{side}`` may stand, braces are written twice."""
SAID = "`id` $(id) <audio src='http://127.0.0.1/x'/> <b>Rest</b> -vxx"

MACHINE = """
import os, platform, socket, uuid
socket.gethostname = platform.node = lambda: "host-of-somebody"
uuid.getnode = lambda: 0x5e55c0ffee55
uname = os.uname
os.uname = lambda: type(uname())((uname()[0], "host-of-somebody", *uname()[2:]))
"""
"""A machine whose names can be found in any file, however short the real ones are."""

LEAKS = ("somebody", "5e55c0ffee55", "5e:55:c0")


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def script() -> str:
    words = quoted(HOSTILE)
    text = quoted(HOSTILE.replace("{", "{{").replace("}", "}}"))
    said = quoted(SAID)
    return (
        f"title: {text}\nsummary: {text}\nequipment: [{words}]\navoid: [{words}]\n"
        "language: en-US\nsafety: none\noutput: mono\nvoice: {engine: espeak}\nchapters:\n"
        f"  - title: {words}\n    steps:\n      - say: {said}\n      - hold: 2-20s\n"
        f"  - title: {words}\n    steps:\n      - bell: small-bell\n"
    )


def programme() -> str:
    words = quoted(HOSTILE)
    return (
        f"title: {words}\nsummary: {words}\nweeks:\n  - title: {words}\n    days:\n"
        "      - {day: 1, session: s, length: 45s}\n"
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that the program makes of a stranger's script, on a machine with a name."""
    home = tmp_path_factory.mktemp("somebody") / "home-of-somebody"
    machine = home / "machine"
    machine.mkdir(parents=True)
    (machine / "sitecustomize.py").write_text(MACHINE)
    (home / "s.yaml").write_text(script(), encoding="utf-8")
    (home / "weeks").mkdir()
    (home / "weeks" / "s.yaml").write_text(script(), encoding="utf-8")
    (home / "weeks" / "p.yaml").write_text(programme(), encoding="utf-8")
    path = os.pathsep.join((str(machine), os.environ.get("PYTHONPATH", "")))
    env = {
        **os.environ, "HOME": str(home), "TMPDIR": str(home), "USER": "somebody",
        "LOGNAME": "somebody", "HOSTNAME": "host-of-somebody", "PYTHONPATH": path,
        "PSOAS_AUDIO_CACHE": str(home / "cache"),
    }  # fmt: skip
    site = [f"--{name}={HOSTILE}" for name in ("title", "description", "author")]
    for words in (
        ["render", "s.yaml", "-o", str(home / "out"), "--bundle", "--producer"],
        ["programme", "render", "weeks/p.yaml", "-o", str(home / "out/weeks")],
        ["publish", str(home), "-o", str(home / "out"), "--base-url=https://example.org/", *site],
        ["render", "s.yaml", "-o", str(home / "out/s.wav")],
        ["render", "s.yaml", "-o", str(home / "out/s.flac")],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "psoas_audio", *words],
            cwd=home, capture_output=True, text=True, env=env, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    return home / "out"


class Reader(HTMLParser):
    """Which elements a page has, its texts by element, and any attribute that could run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: dict[str, str] = {}
        self.running: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.running += [
            f"{name}={value}"
            for name, value in attrs
            if name.startswith("on") or re.match(r"\s*(javascript|vbscript):", value or "", re.I)
        ]

    def handle_data(self, data: str) -> None:
        if self.tags:
            self.texts[self.tags[-1]] = self.texts.get(self.tags[-1], "") + data


@pytest.mark.parametrize(
    ("name", "scripts"),
    [("s.html", 2), ("index.html", 2), ("s.producer/review.html", 2), ("weeks/p.html", 2)],
)
def test_words_of_a_stranger_are_text_in_every_page(out: Path, name: str, scripts: int) -> None:
    page = Reader((out / name).read_text(encoding="utf-8"))
    assert " ".join(page.texts["h1"].split()) == ONE_LINE
    assert page.tags.count("script") == scripts
    assert page.running == []
    assert not {"iframe", "object", "embed", "base"} & set(page.tags)
    assert "alert(1)</script>" not in page.texts.get("script", "")
    assert "49" not in page.texts["h1"]
    if name != "index.html":  # whose cards have a few bold figures of its own
        assert "b" not in page.tags


def test_words_of_a_stranger_are_text_in_tags(out: Path) -> None:
    tag = ID3(out / "s.mp3")
    assert str(tag["TIT2"]) == str(tag["TIT3"]) == ONE_LINE
    chapters = tag.getall("CHAP")
    assert [str(chapter.sub_frames["TIT2"]) for chapter in chapters] == [CHAPTER] * 2
    assert not [key for key in tag if key.startswith("WXXX")]


def test_words_of_a_stranger_are_text_in_the_feed(out: Path) -> None:
    channel = ElementTree.parse(out / "feed.xml").getroot().find("channel")
    assert channel is not None
    assert channel.findtext("title") == HOSTILE
    assert channel.findtext("description") == HOSTILE
    (item,) = channel.findall("item")
    assert item.findtext("title") == ONE_LINE
    assert ONE_LINE in str(item.findtext("description"))
    names = {element.tag.rpartition("}")[2] for element in channel.iter()}
    assert not {"script", "b"} & names


def test_words_of_a_stranger_are_text_in_captions_data_and_pictures(out: Path) -> None:
    for path in out.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    json.loads((out / "manifest.webmanifest").read_text(encoding="utf-8"))
    for path in out.rglob("*.svg"):
        svg = ElementTree.fromstring(path.read_text(encoding="utf-8"))
        assert not {"script", "b", "a"} & {e.tag.rpartition("}")[2] for e in svg.iter()}
    for suffix in ("vtt", "srt"):
        captions = (out / f"s.{suffix}").read_text(encoding="utf-8")
        assert suffix == "srt" or "<" not in captions  # SRT knows no escape, and no script
        assert captions.count("-->") == len(re.findall(r"^[\d:.,]+ --> ", captions, re.M))


def test_words_of_a_stranger_are_text_in_playlists_and_the_calendar(out: Path) -> None:
    (playlist,) = (out / "weeks").glob("*.m3u8")
    lines = playlist.read_text(encoding="utf-8").splitlines()
    assert [line[:8] for line in lines if line.startswith("#")] == [
        "#EXTM3U", "#PLAYLIS", "#EXTINF:"
    ]  # fmt: skip
    for line in lines:
        assert line.startswith("#") or (out / "weeks" / line).is_file()
    calendar = Calendar.from_ical((out / "weeks" / "p.ics").read_bytes())
    (event,) = calendar.walk("VEVENT")
    assert str(event["summary"]).startswith(ONE_LINE)
    assert str(calendar["x-wr-calname"]) == ONE_LINE


def test_words_of_a_stranger_are_text_in_labels_and_the_project(out: Path) -> None:
    labels = (out / "s.producer" / "labels.txt").read_text(encoding="utf-8").splitlines()
    for line in labels:
        start, end, text = line.split("\t")
        assert 0 <= float(start) <= float(end)
        assert text
    assert len([line for line in labels if line.endswith(CHAPTER)]) == 2
    project = (out / "s.producer" / "s.rpp").read_text(encoding="utf-8").splitlines()
    opened = Counter(line.split()[0] for line in project if line.lstrip().startswith("<"))
    assert opened.keys() == {"<REAPER_PROJECT", "<TRACK", "<ITEM", "<SOURCE"}
    assert sum(line.strip() == ">" for line in project) == opened.total()
    markers = [line.split(maxsplit=3)[3] for line in project if line.startswith("  MARKER ")]
    for marker in markers:  # one text in one kind of quotes, then a number
        found = re.fullmatch(r"(?P<mark>[\"'`])(?P<text>.*)(?P=mark) 0", marker)
        assert found
        assert found["mark"] not in found["text"]


def test_no_file_reveals_the_machine_that_made_it(out: Path) -> None:
    names = {str(out.parent), str(out.parent.parent), str(Path(psoas_audio.__file__).parent)}
    names |= {sys.prefix, *LEAKS}
    # A short name such as "vm" or "root" is in any page for other reasons.
    names |= {name for name in (socket.gethostname(), getpass.getuser()) if len(name) > 5}
    files = [path for path in out.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {
        ".mp3", ".wav", ".flac", ".html", ".xml", ".ics", ".m3u8", ".rpp", ".txt", ".jpg", ".png"
    }  # fmt: skip
    assert not list(out.rglob(".*"))
    for path in files:
        assert "somebody" not in path.relative_to(out).as_posix()
        content = path.read_bytes().lower()
        for each in map(str.lower, names):
            for encoded in (each.encode(), each.encode("utf-16-le")):
                assert encoded not in content, (path.name, each)
