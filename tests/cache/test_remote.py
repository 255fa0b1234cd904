"""A cache that several machines share."""

from __future__ import annotations

from pathlib import Path

import pytest

from psoas_audio.cache.local import key_of
from psoas_audio.errors import CacheError

fsspec = pytest.importorskip("fsspec")
from psoas_audio.cache.remote import RemoteCache  # noqa: E402

KEY = key_of({"kind": "test"})
SCRIPT = """title: Short
safety: none
output: mono
voice: {engine: espeak}
steps:
  - say: Rest.
  - hold: 2s
  - bell: bowl
"""


def cache(near: Path, url: str) -> RemoteCache:
    return RemoteCache(near, None, url)


@pytest.mark.parametrize("kind", ["file", "memory"])
def test_what_one_machine_made_another_finds(tmp_path: Path, kind: str) -> None:
    url = f"{kind}://{tmp_path}/far"
    assert cache(tmp_path / "a", url).get(KEY) is None
    cache(tmp_path / "a", url).put(KEY, b"a take")
    other = cache(tmp_path / "b", url)
    assert other.get(KEY) == b"a take"
    assert other.has(KEY)
    assert other.warning == ""


def test_a_damaged_remote_entry_is_a_miss(tmp_path: Path) -> None:
    url = f"file://{tmp_path}/far"
    cache(tmp_path / "a", url).put(KEY, b"a take")
    (far,) = (path for path in (tmp_path / "far").rglob("*") if path.is_file())
    whole = far.read_bytes()
    for harmed in (whole[:-1], whole[:-1] + b"x", b"", whole + b" "):
        far.write_bytes(harmed)
        other = cache(tmp_path / "b", url)
        assert other.get(KEY) is None
        assert not other.has(KEY)
    cache(tmp_path / "c", url).put(KEY, b"a take")
    assert far.read_bytes() == whole


def test_a_remote_cache_that_fails_is_left_alone_and_reported(tmp_path: Path) -> None:
    (tmp_path / "far").write_bytes(b"a file where a folder should be")
    faulty = cache(tmp_path / "a", f"file://{tmp_path}/far")
    faulty.put(KEY, b"a take")
    assert faulty.get(KEY) == b"a take"
    assert "going on without it" in faulty.warning


def test_an_invalid_address_is_reported(tmp_path: Path) -> None:
    with pytest.raises(CacheError, match="can't use this address") as told:
        cache(tmp_path, "nothing://bucket")
    assert "s3://bucket/folder" in told.value.hint


def test_a_session_that_was_made_elsewhere_needs_no_speaking(tmp_path: Path) -> None:
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.drafting.render_settings import Settings
    from psoas_audio.planning import Choices
    from psoas_audio.rendering.session import Session
    from psoas_audio.script.load import parse_script

    def render(machine: str) -> tuple[int, bytes]:
        output = tmp_path / machine / "s.mp3"
        settings = Settings(output, cache=tmp_path / f"{machine}-near", remote=far, workers=1)
        rendered = Session(Draft(script, Choices(), settings)).render()
        assert rendered.warnings == ()
        return rendered.takes_made, output.read_bytes()

    far = f"file://{tmp_path}/far"
    (tmp_path / "s.yaml").write_text(SCRIPT, encoding="utf-8")
    script = parse_script(SCRIPT, name=str(tmp_path / "s"), folder=tmp_path)
    assert render("one")[0] == 1
    made, sound = render("two")
    assert made == 0
    assert sound == (tmp_path / "one" / "s.mp3").read_bytes()
