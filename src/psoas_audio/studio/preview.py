"""A script kept ready to be heard: made anew at each save, its faults told instead of raised."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from psoas_audio.deliver.web.review import Remark
from psoas_audio.drafting.check import check_script
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.settings import Settings
from psoas_audio.errors import Mark, Problem, PsoasError, ScriptError
from psoas_audio.library import find_script
from psoas_audio.planning import Choices
from psoas_audio.playback.mixdown import Mixdown
from psoas_audio.rendering.progress import Progress
from psoas_audio.rendering.session import Session
from psoas_audio.rendering.speaking import SpokenSession
from psoas_audio.script.load import load_script

POLL_INTERVAL_S = 0.25
"""Seconds between two looks at the files."""
_MOST_FILES = 500
"""Files looked at beside the script; a folder with more of them isn't one of blocks."""

Stamps = dict[Path, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class State:
    """What a page is told."""

    serial: int = 0
    """Grows with each change."""
    version: int = 0
    """Of the session that can be heard; 0 while there is none."""
    status: str = ""
    """What is being done, in a few words; empty when all is ready."""
    busy: bool = False
    problems: tuple[str, ...] = ()
    """Why the script as it is now can't be heard, a line each."""


@dataclass(frozen=True, slots=True)
class PreviewVersion:
    """A version of the session."""

    version: int
    live: Mixdown
    remarks: tuple[Remark, ...]


class Preview:
    """The session of a script, followed in a thread of its own."""

    def __init__(self, name: str, choices: Choices) -> None:
        self._name, self._choices = name, choices
        self._path = find_script(name)
        self._changed = threading.Condition()
        self._state = State(status="Reading the script", busy=True)
        self._heard: PreviewVersion | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="preview", daemon=True)

    def start(self) -> None:
        """Begin to follow the script."""
        self._thread.start()

    def stop(self) -> None:
        """Cease; a line being spoken is spoken to its end first."""
        self._ended.set()
        with self._changed:
            self._changed.notify_all()

    def state(self, after: int, seconds: float) -> State:
        """The state, as soon as its serial is another than *after*, or when *seconds* are over."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._state.serial != after or self._ended.is_set(), seconds
            )
            return self._state

    def heard(self, version: int) -> PreviewVersion | None:
        """That *version* of the session, if it is the one that stands."""
        heard = self._heard
        return heard if heard is not None and heard.version == version else None

    def _follow(self) -> None:
        seen: Stamps | None = None
        while not self._ended.is_set():
            stamps = self._stamps()
            if stamps != seen:
                seen = stamps
                self._guarded(self._make)
            self._ended.wait(POLL_INTERVAL_S)

    def _guarded(self, make: Callable[[], None]) -> None:
        try:
            make()
        except PsoasError as error:
            lines = tuple(error.report().splitlines())
            self._tell(status="The script has to be put right", busy=False, problems=lines)
        except Exception as error:  # the page must go on: it tells this too
            what = f"error: something unforeseen happened ({type(error).__name__}: {error})."
            self._tell(status="The preview could not be made", busy=False, problems=(what,))

    def _make(self) -> None:
        self._tell(status="Reading the script", busy=True)
        problems = check_script(self._name)
        if any(problem.severity == "error" for problem in problems):
            raise ScriptError([p for p in problems if p.severity == "error"])
        session = Session(Draft(load_script(self._name), self._choices, Settings()), self._report)
        spoken = session.speak()
        version = (self._heard.version if self._heard else 0) + 1
        remarks = tuple(_remark(problem, spoken) for problem in problems)
        self._heard = PreviewVersion(version, Mixdown(session, spoken), remarks)
        self._tell(version=version, status="", busy=False, problems=())

    def _report(self, progress: Progress) -> None:
        if progress.phase == "speak" and progress.note:
            self._tell(status=f"Speaking {progress.done} of {progress.total}: {progress.note}")

    def _tell(self, **changes: object) -> None:
        with self._changed:
            fresh = replace(self._state, **changes)  # type: ignore[arg-type]
            if fresh != self._state:
                self._state = replace(fresh, serial=self._state.serial + 1)
                self._changed.notify_all()

    def _stamps(self) -> Stamps:
        """When the script and what may be included in it were last written, and how long it is."""
        stamps: Stamps = {}
        for _ in range(3):
            for path in self._files():
                try:
                    status = path.stat()
                except OSError:
                    continue
                stamps[path] = (status.st_mtime_ns, status.st_size)
            if self._path in stamps:
                break
            time.sleep(0.05)  # editors replace a file: for a moment there is none
        return stamps

    def _files(self) -> list[Path]:
        folder = self._path.parent
        beside = sorted([*folder.glob("*.y*ml"), *folder.glob("*/*.y*ml")])[:_MOST_FILES]
        return [self._path, *beside]


def _remark(problem: Problem, spoken: SpokenSession) -> Remark:
    message = f"{problem.mark}: {problem.message} {problem.hint}".rstrip()
    return Remark(problem.severity, problem.rule, message, _place(problem.mark, spoken))


def _place(mark: Mark, spoken: SpokenSession) -> int | None:
    """Where the line at *mark* is spoken."""
    plan, timeline = spoken.planned.fitted.plan, spoken.planned.timeline
    takes = {
        u.take for u in plan.utterances() if (u.mark.path, u.mark.line) == (mark.path, mark.line)
    }
    clips = timeline.track("voice").clips
    return next((clip.start for clip in clips if getattr(clip.media, "id", None) in takes), None)
