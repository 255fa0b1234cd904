"""Test 15 of the battery: the disk, the memory for processes and the rights fail, once each."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from desk import OLD, Desk, Ended, one_sentence

from psoas_audio.cache.local import Cache

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
PLACES = {
    "open": ("open", "out", 0, errno.EACCES),
    "write": ("write", "out", 3, errno.ENOSPC),
    "fsync": ("fsync", "out", 0, errno.EIO),
    "rename": ("rename", "out", 1, errno.EACCES),
    "cache": ("write", "cache", 1, errno.ENOSPC),
    "spawn": ("spawn", "", 0, errno.EACCES),
}
"""Calls of the short form: kind, folder, which one of those, and how it fails."""


def struck(desk: Desk, nth: int, number: int, good: dict[str, bytes]) -> None:
    """Fail the *nth* call of a render with *number*; everything must be right afterwards."""
    ended = desk.render(fault={"nth": [nth], "errno": number})
    if len(ended.trace) < nth:  # threads may save a call
        return
    kind, folder = ended.trace[nth - 1]
    told = f"{errno.errorcode[number]} at {kind} in {folder}: {ended.status}, {ended.stderr}"
    found = {name: data for name, data in desk.files().items() if not name.startswith(".")}
    if ended.status == 0:
        assert found == good, told
        assert "error" not in ended.stderr, told
    else:
        assert folder not in {"cache", "tmp"}, told
        assert kind != "spawn", told
        assert found == OLD, told
        assert one_sentence(ended.stderr), told
    if kind not in {"remove", "read"}:  # what can't be removed stays, under a temporary name
        assert desk.leftovers() == [], told
    assert Cache(desk.cache).verify().quarantined == (), told


@pytest.mark.parametrize("place", PLACES)
def test_a_call_that_fails_loses_nothing(
    desk: Callable[[str], Desk], whole: tuple[Desk, Ended], warm: Ended, place: str
) -> None:
    kind, folder, which, number = PLACES[place]
    here = desk("short")
    known = warm if folder == "out" else whole[1]
    if known is warm:
        shutil.copytree(whole[0].cache, here.cache)
    calls = [nth for nth, call in enumerate(known.trace, 1) if call == (kind, folder)]
    struck(here, calls[which], number, whole[0].files())


@pytest.mark.slow
def test_every_call_that_fails_loses_nothing(
    desk: Callable[[str], Desk],
    whole: tuple[Desk, Ended],
    record_property: Callable[[str, object], None],
) -> None:
    good, calls = whole[0].files(), range(1, len(whole[1].trace) + 1)
    for nth in calls:
        for number in ERRORS:
            here = desk(f"{nth}-{number}")
            struck(here, nth, number, good)
            shutil.rmtree(here.folder)
    record_property("cases", len(calls) * len(ERRORS))


def test_a_cache_that_cannot_be_written_costs_a_warning(
    desk: Callable[[str], Desk], whole: tuple[Desk, Ended]
) -> None:
    here = desk("read-only")
    kinds = ["open", "write", "mkdir", "rename", "remove", "utime"]
    fault = {"below": str(here.cache), "kinds": kinds, "errno": errno.EROFS}
    ended = here.render(fault=fault, quiet=False)
    assert ended.status == 0, ended.stderr
    assert here.files() == whole[0].files()
    assert here.leftovers() == []
    assert ended.stderr.count("warning: ") == 1
    assert "kept for this run only" in ended.stderr
    assert not Path(here.cache).exists()


@pytest.mark.parametrize("form", ["wav", "flac"])
def test_a_full_disk_is_reported_of_every_format(
    desk: Callable[[str], Desk], whole: tuple[Desk, Ended], form: str
) -> None:
    here = desk(form)
    shutil.copytree(whole[0].cache, here.cache)
    calls = here.render("--format", form).trace
    (here.out / f"s.{form}").unlink()
    before = here.files()
    writes = [nth for nth, call in enumerate(calls, 1) if call == ("write", "out")]
    for nth in (writes[len(writes) // 2], writes[-2]):
        ended = here.render("--format", form, fault={"nth": [nth], "errno": errno.ENOSPC})
        assert ended.status == 1
        assert one_sentence(ended.stderr), ended.stderr
        assert len(ended.stderr.splitlines()) == 2
        assert here.files() == before
