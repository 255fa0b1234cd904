"""Test 15 of the battery, below Python: any system call of a render fails, in any thread."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from desk import OLD, Desk, Ended, one_sentence
from injected import (
    MEMORY,
    Injection,
    calls_of,
    every_injection,
    is_possible,
    sample,
    spread,
)

from psoas_audio.cache.local import Cache
from psoas_audio.encode.mp3_frames import id3v2_size

MakeDesk = Callable[[str], Desk]
Whole = tuple[Desk, Ended]


@pytest.fixture(autouse=True)
def _strace() -> None:
    if not is_possible():
        pytest.skip("needs strace, and the right to trace processes")


def faults_of(here: Desk, injection: Injection, good: dict[str, bytes]) -> list[str]:
    """What is wrong after a render over old files in which *injection* struck."""
    ended = here.render(fault={"strace": injection.options})
    faults = []
    found = here.shown()
    if found != OLD and not alike(found, good):
        faults.append("files that are neither the old nor the new ones")
    if ended.status == 0 and not alike(found, good):
        faults.append("status 0 without new files")
    if ended.status not in (0, 1) and injection.call not in MEMORY:
        faults.append(f"status {ended.status}")
    if ended.status == 1 and not one_sentence(ended.stderr):
        faults.append("no sentence")
    if ended.left:
        faults.append("processes that go on")
    if "Traceback" in ended.stderr or "Exception ignored" in ended.stderr:
        faults.append("a traceback")
    if dropped := Cache(here.cache).verify().quarantined:
        faults.append(f"damaged cache entries: {dropped}")
    again = here.render()
    if again.status != 0 or again.stderr or not alike(here.shown(), good):
        faults.append(f"the next render: {again.status}, {again.stderr}")
    told = f"{injection}: {ended.status}, {ended.stderr.strip()[-1500:]}"
    return [f"{fault}: {told}" for fault in faults]


def alike(found: dict[str, bytes], good: dict[str, bytes]) -> bool:
    """Whether *found* are the *good* files; a version that couldn't be looked up may be missing.

    The versions are in the timeline file, and in the tag of the MP3, which has the timeline too.
    """
    names = found.keys() == good.keys() and [n for n in good if not n.endswith(".json")]
    if not names or any(_without_tag(found[name]) != _without_tag(good[name]) for name in names):
        return False
    old, new = (json.loads(files["s.timeline.json"]) for files in (good, found))
    return all(old[key] == new[key] for key in old.keys() - {"made"})


def _without_tag(data: bytes) -> bytes:
    return data[id3v2_size(data[:10]) :]


def strike(
    desk: MakeDesk, injections: list[Injection], good: dict[str, bytes], cache: Path | None = None
) -> None:
    """Try *injections*, each on a new desk with a copy of *cache*."""
    faults = []
    for number, injection in enumerate(injections):
        here = desk(str(number))
        if cache is not None:
            shutil.copytree(cache, here.cache)
        faults += faults_of(here, injection, good)
        shutil.rmtree(here.folder)
    assert not faults, f"{len(faults)}\n" + "\n".join(faults[:60])


def most_calls(desk: MakeDesk, cache: Path | None = None) -> dict[str, int]:
    """The calls of a render in a new cache, or with a copy of *cache*."""
    here = desk("counted")
    if cache is not None:
        shutil.copytree(cache, here.cache)
    return calls_of(here)


def test_a_render_from_the_cache_survives_calls_that_fail(
    desk: MakeDesk, whole: Whole, record_property: Callable[[str, object], None]
) -> None:
    injections = sample(most_calls(desk, whole[0].cache), 80, 1)
    record_property("cases", len(injections))
    strike(desk, injections, whole[0].files(), whole[0].cache)


def test_a_render_that_speaks_survives_calls_that_fail(
    desk: MakeDesk, whole: Whole, record_property: Callable[[str, object], None]
) -> None:
    # Where workers can't be killed, they must end by themselves.
    injections = [Injection("kill", 1, "EPERM"), *sample(most_calls(desk), 20, 2)]
    record_property("cases", len(injections))
    strike(desk, injections, whole[0].files())


@pytest.mark.slow
def test_a_render_from_the_cache_survives_every_call_that_fails(
    desk: MakeDesk, whole: Whole, record_property: Callable[[str, object], None]
) -> None:
    injections = every_injection(most_calls(desk, whole[0].cache))
    record_property("cases", len(injections))
    strike(desk, injections, whole[0].files(), whole[0].cache)


@pytest.mark.slow
def test_a_render_that_speaks_survives_every_kind_of_call_that_fails(
    desk: MakeDesk, whole: Whole, record_property: Callable[[str, object], None]
) -> None:
    # It makes 15,000 calls in a thread, most of them while a worker loads Python's modules.
    injections = spread(most_calls(desk), 3)
    record_property("cases", len(injections))
    strike(desk, injections, whole[0].files())
