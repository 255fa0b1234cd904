"""ID3 tags and lists of chapters, as outside readers see them."""

import json
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from mutagen.easyid3 import EasyID3
from mutagen.id3 import ID3
from session_example import Builder

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.tags.id3 import id3, iso_639_2
from psoas_audio.deliver.text.chapters import chapters_json
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import samples_to_ms

GOLDEN = Path(__file__).parent.parent / "golden"
JPEG = b"\xff\xd8\xff\xe0" + bytes(1000) + b"\xff\xd9"


def chapters(count: int) -> Timeline:
    """Titles of different sizes, so that a writer that sorts by size is caught."""
    b = Builder()
    for number in range(count):
        b.chapter("x" * (1 + number * 7 % 13) + ("é漢" if number % 3 else ""), "supine")
        b.gap("hold", 2.5)
    return b.build()


def read(tag: bytes) -> ID3:
    return ID3(BytesIO(tag), translate=False)


def test_a_player_reads_back_what_the_session_is(timeline: Timeline, details: Details) -> None:
    tag = read(id3(timeline, details, cover=JPEG))
    assert tag.version == (2, 3, 0)
    assert tag["TIT2"].text == [details.title]
    assert tag["TPE1"].text == [details.artist]
    assert tag["TALB"].text == [details.album]
    assert tag["TCON"].text == ["Wellness"]
    assert tag["TLAN"].text == ["eng"]
    assert tag["TLEN"].text == [str(samples_to_ms(timeline.length))]
    assert tag["COMM::eng"].text == [details.comment]
    assert tag["APIC:cover"].data == JPEG
    assert tag["APIC:cover"].mime == "image/jpeg"


def test_the_tag_says_who_made_it_and_where_it_belongs(timeline: Timeline) -> None:
    made = Details("A walk", "Ana Ruiz", author="Studio Ana", album="Evenings", year=2026, track=3)
    tag = read(id3(timeline, made))
    names = ("TPE1", "TPE2", "TPUB", "TALB", "TYER", "TRCK")
    assert [str(tag[name]) for name in names] == [
        *("Ana Ruiz", "Studio Ana", "Studio Ana", "Evenings"),
        *("2026", "3"),
    ]


def test_chapters_lie_in_the_file_in_the_order_they_are_heard() -> None:
    session = chapters(20)
    data = id3(session, Details("Many"), pictures={"m3": JPEG})
    places = [data.index(b"CHAP\0\0", data.index(b"ch%d\0" % n) - 12) for n in range(20)]
    assert places == sorted(places)
    tag = read(data)
    toc = tag["CTOC:toc"]
    assert toc.child_element_ids == [f"ch{n}" for n in range(20)]
    assert toc.flags == 3
    for marker, name in zip(session.markers, toc.child_element_ids, strict=True):
        chapter = tag[f"CHAP:{name}"]
        assert chapter.start_time == samples_to_ms(marker.start)
        assert chapter.end_time == samples_to_ms(marker.end)
        assert (chapter.start_offset, chapter.end_offset) == (0xFFFFFFFF, 0xFFFFFFFF)
        assert chapter.sub_frames["TIT2"].text == [marker.title]
    assert tag["CHAP:ch3"].sub_frames["APIC:"].data == JPEG


def test_more_chapters_than_a_table_holds_get_a_table_of_tables() -> None:
    tag = read(id3(chapters(300), Details("Very many")))
    top = tag["CTOC:toc"].child_element_ids
    found = [child for part in top for child in tag[f"CTOC:{part}"].child_element_ids]
    assert found == [f"ch{n}" for n in range(300)]


def test_lyrics_hold_the_words_and_their_times(timeline: Timeline, details: Details) -> None:
    tag = read(id3(timeline, details, lyrics=True))
    assert "Soften the jaw." in tag["USLT::eng"].text
    text, ms = tag["SYLT::eng"].text[0]
    assert (text.strip(), ms) == ("Welcome. Come down onto your back,", 1000)
    assert not [frame for frame in id3_names(id3(timeline, details)) if frame in ("USLT", "SYLT")]


def id3_names(data: bytes) -> set[str]:
    return {name[:4] for name in read(data)}


@pytest.mark.parametrize(
    "title", ["<script>", '"quotes"', "🌬️ שלום", "x" * 10_000, "zero\0byte", "a/b"]
)
def test_any_title_stays_text_and_the_tag_valid(title: str, timeline: Timeline) -> None:
    tag = read(id3(timeline, Details(title, comment=title, language="x-klingon")))
    assert tag["TIT2"].text == [title.replace("\0", "")]
    assert len(tag.getall("CHAP")) == len(timeline.markers)


def test_the_same_session_gives_the_same_bytes(timeline: Timeline, details: Details) -> None:
    assert id3(timeline, details, lyrics=True) == id3(timeline, details, lyrics=True)


@pytest.mark.parametrize(
    ("language", "code"), [("en-US", "eng"), ("de", "deu"), ("pt_BR", "por"), ("", "und")]
)
def test_languages_get_their_three_letters(language: str, code: str) -> None:
    assert iso_639_2(language) == code


def test_chapters_json_is_as_golden(timeline: Timeline) -> None:
    text = chapters_json(timeline)
    assert text == (GOLDEN / "session.chapters.json").read_text(encoding="utf-8")
    with_image = json.loads(chapters_json(timeline, images={"m0": "0.jpg"}))
    assert with_image["chapters"][0]["img"] == "0.jpg"


@pytest.mark.tools
@pytest.mark.skipif(not shutil.which("ffprobe"), reason="no ffprobe")
def test_ffprobe_reads_the_chapters_of_the_json(tmp_path: Path, details: Details) -> None:
    session = chapters(12)
    sound = tmp_path / "tone.mp3"
    tone = ["-f", "lavfi", "-i", f"sine=330:duration={session.length / 48000}", "-ar", "48000"]
    subprocess.run(
        ["ffmpeg", "-v", "error", *tone, "-id3v2_version", "0", "-b:a", "96k", str(sound)],
        check=True,
    )
    pictures = {marker.id: JPEG for marker in session.markers[::2]}
    sound.write_bytes(id3(session, details, pictures=pictures, lyrics=True) + sound.read_bytes())
    judge = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(sound)]
    out = subprocess.run(judge, check=True, capture_output=True, text=True).stdout
    found = json.loads(out)["chapters"]
    wanted = json.loads(chapters_json(session))["chapters"]
    assert [c["tags"]["title"] for c in found] == [c["title"] for c in wanted]
    for there, here in zip(found, wanted, strict=True):
        assert abs(float(there["start_time"]) - here["startTime"]) <= 0.001
        assert abs(float(there["end_time"]) - here["endTime"]) <= 0.001


def test_readers_find_year_and_track_under_their_own_names(
    tmp_path: Path, timeline: Timeline
) -> None:
    """ID3v2.3 has the year in TYER, which Apple's and Windows' programs read."""
    path = tmp_path / "tag.mp3"
    path.write_bytes(id3(timeline, Details("A walk", year=2026, track=3)))
    plain = ID3(path, translate=False)
    assert plain.version == (2, 3, 0)
    assert (plain["TYER"].text, plain["TRCK"].text) == (["2026"], ["3"])
    assert "TDRC" not in plain
    easy = EasyID3(path)
    assert (easy["date"], easy["tracknumber"]) == (["2026"], ["3"])


@pytest.mark.tools
@pytest.mark.skipif(not shutil.which("ffprobe"), reason="no ffprobe")
def test_ffprobe_reads_year_and_track(tmp_path: Path, timeline: Timeline) -> None:
    sound = tmp_path / "tone.mp3"
    tone = ["-f", "lavfi", "-i", "sine=330:duration=1", "-ar", "48000"]
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", *tone, "-id3v2_version", "0", str(sound)],
        check=True,
        timeout=60,
    )
    tag = id3(timeline, Details("A walk", year=2026, track=3))
    sound.write_bytes(tag + sound.read_bytes())
    judge = ["ffprobe", "-v", "error", "-show_entries", "format_tags", "-of", "json", str(sound)]
    out = subprocess.run(judge, check=True, capture_output=True, text=True, timeout=60).stdout
    tags = json.loads(out)["format"]["tags"]
    assert (tags["date"], tags["track"]) == ("2026", "3")
