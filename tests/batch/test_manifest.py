"""The manifest survives a crash at any byte."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.batch.manifest import (
    MANIFEST_NAME,
    append_record,
    is_finished,
    may_replace,
    read_manifest,
)
from psoas_audio.batch.model import ManifestRecord

RECORDS = st.lists(
    st.tuples(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=12),
        st.builds(
            ManifestRecord,
            st.text("0123456789abcdef", max_size=8),
            st.dictionaries(st.text(max_size=8), st.none() | st.text("abc", max_size=4)),
        ),
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(RECORDS, st.integers(0, 10_000))
def test_only_the_torn_line_is_lost(records: list[tuple[str, ManifestRecord]], cut: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ends = [0]
        for session, record in records:
            append_record(folder, session, record)
            ends.append((folder / MANIFEST_NAME).stat().st_size)
        assert read_manifest(folder) == dict(records)
        if records:
            whole = (folder / MANIFEST_NAME).read_bytes()
            (folder / MANIFEST_NAME).write_bytes(whole[: cut % (len(whole) + 1)])
        left = sum(end <= cut % (ends[-1] + 1) for end in ends[1:])
        append_record(folder, "new", ManifestRecord("1", {}))
        found = read_manifest(folder)
        expected = {**dict(records[:left]), "new": ManifestRecord("1", {})}
        # A line that lost nothing but its end counts too.
        assert found in (expected, {**dict(records[: left + 1]), "new": ManifestRecord("1", {})})


@given(st.binary(max_size=300))
def test_a_manifest_with_any_bytes_is_read(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / MANIFEST_NAME).write_bytes(content)
        read_manifest(Path(name))


def test_files_outside_the_manifest_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"a")
    record = ManifestRecord("1", {"b.mp3": None})
    assert not may_replace(tmp_path, None, ["a.mp3"])
    assert not may_replace(tmp_path, record, ["b.mp3", "a.mp3"])
    assert may_replace(tmp_path, record, ["b.mp3", "c.mp3"])
    (tmp_path / "b.mp3").write_bytes(b"b")
    assert may_replace(tmp_path, record, ["b.mp3"])
    assert not is_finished(tmp_path, record, ["b.mp3"], "1")
