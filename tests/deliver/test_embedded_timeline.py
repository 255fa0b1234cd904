"""An MP3 carries its timeline in its tag; a stranger's file is read within bounds."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from mutagen.id3 import ID3, PRIV

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.tags.id3 import id3
from psoas_audio.errors import PsoasError
from psoas_audio.timeline.embedded import TIMELINE_OWNER, embedded_timeline
from psoas_audio.timeline.file import find_timeline, read_timeline, timeline_beside
from psoas_audio.timeline.model import Timeline
from psoas_audio.timeline.serialization import to_compact_json, to_json


@pytest.fixture
def mp3(tmp_path: Path, timeline: Timeline, details: Details) -> Path:
    path = tmp_path / "session.mp3"
    path.write_bytes(id3(timeline, details, timeline_json=to_compact_json(timeline, made={})))
    return path


def with_frame(path: Path, data: bytes) -> Path:
    tag = ID3()
    tag.add(PRIV(owner=TIMELINE_OWNER, data=data))
    tag.save(path, v2_version=3)
    return path


def test_the_timeline_is_read_back(mp3: Path, timeline: Timeline) -> None:
    assert find_timeline(mp3) == mp3
    assert read_timeline(mp3) == timeline


def test_a_timeline_in_the_file_takes_precedence_over_one_beside_it(
    mp3: Path, timeline: Timeline
) -> None:
    timeline_beside(mp3).write_text(to_json(timeline), encoding="utf-8")
    assert find_timeline(mp3) == mp3


def test_other_formats_have_their_timeline_beside_them(tmp_path: Path, timeline: Timeline) -> None:
    sound = tmp_path / "session.flac"
    assert find_timeline(sound) is None
    timeline_beside(sound).write_text(to_json(timeline), encoding="utf-8")
    assert find_timeline(sound) == timeline_beside(sound)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not compressed",
        zlib.compress(b"{}")[:-4],
        zlib.compress(b"\xff\xfe"),
        zlib.compress(bytes(65 * 1024 * 1024)),
    ],
    ids=["empty", "not compressed", "cut short", "not text", "a bomb"],
)
def test_a_damaged_frame_counts_as_none(tmp_path: Path, data: bytes) -> None:
    path = with_frame(tmp_path / "found.mp3", data)
    assert embedded_timeline(path) is None
    with pytest.raises(PsoasError, match="carries no timeline"):
        read_timeline(path)


def test_a_frame_of_other_json_is_an_error_with_its_place(tmp_path: Path) -> None:
    path = with_frame(tmp_path / "found.mp3", zlib.compress(b"[1, 2]"))
    with pytest.raises(PsoasError) as caught:
        read_timeline(path)
    assert caught.value.where == str(path)
