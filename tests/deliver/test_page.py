"""The listener's page as a file: all of the session is in it, and nothing else can run in it."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from session_example import Builder, example

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.web.page import listener_page
from psoas_audio.deliver.web.symbols import figure_symbols
from psoas_audio.timeline.model import Timeline

MP3 = b"ID3 not really sound"
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} & <b>\u2028 שלום 🌬️",
    "x" * 10_000,
)


class Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.extend((tag, name, value or "") for name, value in attrs)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)

    def values(self, tag: str, name: str) -> list[str]:
        return [value for a, b, value in self.attributes if (a, b) == (tag, name)]


def session(text: str) -> dict[str, list[list[object]]]:
    found: dict[str, list[list[object]]] = json.loads(Reader(text).texts["script"][0])["face"]
    return found


def test_the_sound_the_captions_and_everything_else_are_inside_the_page(
    timeline: Timeline, details: Details
) -> None:
    reader = Reader(listener_page(timeline, details, MP3, cover=b"\xff\xd8 cover"))
    (audio,) = reader.values("audio", "src")
    assert base64.b64decode(audio.removeprefix("data:audio/mpeg;base64,")) == MP3
    (track,) = reader.values("track", "src")
    assert base64.b64decode(track.removeprefix("data:text/vtt;base64,")).startswith(b"WEBVTT")
    for _, name, value in reader.attributes:
        if name in ("src", "href"):
            assert value.startswith(("data:", "#")), value


def test_the_policy_lets_only_the_page_s_own_script_and_style_run(
    timeline: Timeline, details: Details
) -> None:
    reader = Reader(listener_page(timeline, details, MP3))
    policy = next(v for v in reader.values("meta", "content") if v.startswith("default-src 'none'"))
    for tag, text in (
        ("script", reader.texts["script"][-1]),
        ("style", "".join(reader.texts["style"])),
    ):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not [a for a in reader.attributes if a[1] == "style" or a[1].startswith("on")]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_a_stranger_stay_words(words: str, details: Details) -> None:
    b = Builder()
    b.chapter(words, "supine")
    b.say(words)
    b.gap("hold", 30.0, words)
    fields = dict.fromkeys(("title", "artist", "album", "comment", "summary", "kind"), words)
    hostile = replace(details, **fields, equipment=(words,), avoid=(words,), position=words)
    text = listener_page(b.build(title=words), hostile, MP3)
    reader = Reader(text)
    tags = {tag for tag, _, _ in reader.attributes}
    assert "img" not in tags
    assert len(re.findall("<script", text)) == len(re.findall("</script", text)) == 2
    assert reader.texts["h1"] == [words]
    assert session(text)["chapters"][0][2] == words


def test_a_line_in_another_language_says_so() -> None:
    b = Builder()
    b.chapter("One", "standing")
    b.say("Count with me.")
    b.say("Comptez.", language="fr")
    b.say("And rest.")
    text = listener_page(b.build(), Details("x", language="en-US"), MP3)
    assert '<p>Count with me. <span lang="fr">Comptez.</span> And rest.</p>' in text
    assert [line[3:] for line in session(text)["lines"]] == [
        ["", [], "", "", ""],
        ["fr", [], "", "", ""],
        ["", [], "", "", ""],
    ]


def test_breath_levels_join_up_and_fill_the_lungs_in_two_sips() -> None:
    b = Builder()
    b.chapter("Sigh", "sitting")
    b.breathe([[("in", 2.0), ("sip", 1.0), ("out", 6.0)]] * 2)
    levels = [
        (breath[3], breath[4])
        for breath in session(listener_page(b.build(), Details("x"), MP3))["breaths"]
    ]
    assert levels == [(0.0, 0.8), (0.8, 1.0), (1.0, 0.0)] * 2


def test_the_page_has_the_same_moments_as_the_timeline() -> None:
    found = session(listener_page(example(), Details("x"), MP3))
    kinds = [moment[2] for moment in found["moments"]]
    assert kinds == ["move", "breathe", "hold", "hold", "rest"]
    hold = found["moments"][2]
    assert (hold[1] - hold[0], hold[3]) == (45_000, "Sink")  # type: ignore[operator]
    assert len(found["chapters"]) == 4


def test_a_page_without_its_sound_is_small(timeline: Timeline, details: Details) -> None:
    assert len(listener_page(timeline, details, b"").encode()) < 120_000


def test_a_figure_of_both_sides_is_drawn_once(timeline: Timeline) -> None:
    sided = {marker.side for marker in timeline.markers if marker.side}
    symbols = figure_symbols((timeline,))
    left = [drawn for id_, drawn in symbols.items() if id_.endswith("-left")]
    assert sided
    assert left
    for drawn in left:
        assert len(drawn) < 100
        (name,) = re.findall(r'href="#figure-([\w-]+)"', drawn)
        assert name in symbols
