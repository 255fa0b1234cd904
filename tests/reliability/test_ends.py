"""Tests 14 and 16 of the battery: killed or interrupted, at any moment."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable

import pytest
from desk import OLD, Desk, Ended

from processes import wait_for_end
from psoas_audio.cache.local import Cache

OWN = {name: data for name, data in OLD.items() if name == "note.txt"}


def finishes(here: Desk, good: dict[str, bytes]) -> None:
    """The next run makes the session and sweeps what was left an hour ago."""
    for path in [*here.out.glob(".*"), *here.cache.glob("??/*.tmp"), *here.cache.glob("locks/*")]:
        os.utime(path, (time.time() - 7200,) * 2)
    assert Cache(here.cache).verify().quarantined == ()
    assert here.render().status == 0
    assert here.files() == good
    assert not list(here.cache.glob("??/*.tmp"))


def killed(here: Desk, good: dict[str, bytes], after: float) -> None:
    """Kill a render that has nothing to replace; what has its name is right or isn't there."""
    for name in OLD.keys() - OWN.keys():
        (here.out / name).unlink()
    ended = here.render(fault={"after": after, "signal": signal.SIGKILL})
    found = {name: data for name, data in here.files().items() if not name.startswith(".")}
    assert found.items() <= good.items()
    assert ended.status in {0, -signal.SIGKILL}
    assert not wait_for_end(ended.workers)
    finishes(here, good)


def test_killed_at_random_moments(desk: Callable[[str], Desk], whole: tuple[Desk, Ended]) -> None:
    took = whole[1].seconds
    for number in range(3):
        moment = took * (number + random.random()) / 3
        killed(desk(str(number)), whole[0].files(), moment)


@pytest.mark.slow
def test_killed_a_hundred_times(
    desk: Callable[[str], Desk],
    whole: tuple[Desk, Ended],
    record_property: Callable[[str, object], None],
) -> None:
    for number in range(100):
        here = desk(str(number))
        killed(here, whole[0].files(), whole[1].seconds * random.uniform(0.0, 1.2))
        shutil.rmtree(here.folder)
    record_property("cases", 100)


def stopped(here: Desk, good: dict[str, bytes], fault: dict[str, object]) -> None:
    """Interrupt a render over old files; they stay, or all new ones are there."""
    ended = here.render(fault=fault)
    found = {name: data for name, data in here.files().items() if not name.startswith(".")}
    assert found in (good, OLD), ended
    assert ended.status in {128 + int(str(fault["signal"])), *([0] if found == good else [])}
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
    assert not wait_for_end(ended.workers)
    again = isinstance(fault.get("nth"), list) and len(fault["nth"]) > 1  # type: ignore[arg-type]
    if not again:
        assert here.leftovers() == [], ended


@pytest.mark.parametrize(
    ("kind", "folder", "which", "number"),
    [
        ("spawn", "", 0, signal.SIGINT),
        ("write", "out", 2, signal.SIGTERM),
        ("rename", "out", 1, signal.SIGINT),
    ],
    ids=["speaking", "encoding", "publishing"],
)
def test_interrupted_in_each_phase(
    desk: Callable[[str], Desk],
    whole: tuple[Desk, Ended],
    kind: str,
    folder: str,
    which: int,
    number: int,
) -> None:
    calls = [nth for nth, call in enumerate(whole[1].trace, 1) if call == (kind, folder)]
    stopped(desk("once"), whole[0].files(), {"nth": [calls[which]], "signal": number})


@pytest.mark.slow
def test_interrupted_at_every_call(
    desk: Callable[[str], Desk],
    whole: tuple[Desk, Ended],
    record_property: Callable[[str, object], None],
) -> None:
    good, calls = whole[0].files(), range(1, len(whole[1].trace) + 1)
    count = 0
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        moments = [{"after": whole[1].seconds * part / 10} for part in range(1, 10)]
        for moment in [{"nth": [nth]} for nth in calls] + moments:
            here = desk(str(count))
            stopped(here, good, {**moment, "signal": number})
            shutil.rmtree(here.folder)
            count += 1
    record_property("cases", count)


def test_a_second_interrupt_is_final_and_quiet(
    desk: Callable[[str], Desk], whole: tuple[Desk, Ended]
) -> None:
    calls = [nth for nth, call in enumerate(whole[1].trace, 1) if call == ("write", "out")]
    fault = {"nth": [calls[1], calls[1] + 1], "signal": signal.SIGINT}
    here = desk("twice")
    stopped(here, whole[0].files(), fault)
    finishes(here, whole[0].files())
