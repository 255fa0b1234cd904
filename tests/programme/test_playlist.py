"""A programme's playlists as an outside reader finds them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_audio.programme.load import load_programme
from psoas_audio.programme.programme_files import RenderedEntry, playlist
from psoas_audio.units import SAMPLE_RATE

m3u8 = pytest.importorskip("m3u8", reason="pip install m3u8, an outside reader of playlists")


@given(
    titles=st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=4),
    seconds=st.integers(1, 7200),
    day=st.text(max_size=60),
)
def test_whatever_the_titles_a_reader_finds_every_file_with_its_length(
    titles: list[str], seconds: int, day: str
) -> None:
    programme = replace(load_programme("first-week"), title=day)
    entries = [replace(programme.weeks[0].entries[0], session=str(n)) for n in range(len(titles))]
    made = {
        entry: RenderedEntry(f"sessions/{n}.mp3", titles[n], "talk", (seconds + n) * SAMPLE_RATE)
        for n, entry in enumerate(entries)
    }
    found = m3u8.loads(playlist(programme, 1, 1, entries, made))
    assert found.files == [f"sessions/{n}.mp3" for n in range(len(titles))]
    assert [segment.duration for segment in found.segments] == [
        seconds + n for n in range(len(titles))]  # fmt: skip
    assert [segment.title for segment in found.segments] == [
        " ".join(title.split()) for title in titles]  # fmt: skip
