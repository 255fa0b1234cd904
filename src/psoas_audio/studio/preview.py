"""Follows a script's file: prepares its session after each save, and reports its problems."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from psoas_audio.cpu import cpu_count
from psoas_audio.deliver.web.review import Remark
from psoas_audio.drafting.check import script_problems
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.load_chosen import load_chosen
from psoas_audio.drafting.planned_session import PlannedSession
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.errors import Mark, Problem, PsoasError, ScriptError, report_of
from psoas_audio.library import find_script
from psoas_audio.planning import Choices
from psoas_audio.playback.growing import GrowingMixdown
from psoas_audio.playback.mixdown import Mixdown
from psoas_audio.provenance.voice_change import change_of_voice, voice_change
from psoas_audio.rendering.progress import Progress
from psoas_audio.rendering.session import Session
from psoas_audio.rendering.speaking import KnownVersions, SpokenSession, speak
from psoas_audio.speech.pool import Pool
from psoas_audio.speech.take import TakeFacts
from psoas_audio.timeline import Timeline

POLL_INTERVAL_S = 0.1
"""Seconds between two checks of the files; each takes 0.3 ms, with 500 files 6."""
_MAX_FILES = 500
"""Files watched beside the script; a folder with more isn't likely to hold blocks."""

Stamps = dict[Path, tuple[int, int]]
"""Modification time in ns and size in bytes, by file."""


@dataclass(frozen=True, slots=True)
class PreviewState:
    """What the page shows."""

    serial: int = 0
    """Increases with each change."""
    version: int = 0
    """Version of the session that can be played; 0 if there is none yet."""
    early: int = 0
    """The version that is being spoken, if it can be played as far as it is; else 0."""
    status: str = ""
    """What is being done, in a few words; empty when everything is ready."""
    busy: bool = False
    problems: tuple[str, ...] = ()
    """Why the script can't be played as it is now, a line each."""


@dataclass(frozen=True, slots=True)
class PreviewVersion:
    """One version of the session."""

    version: int
    mixdown: Mixdown
    remarks: tuple[Remark, ...]
    goes_on: bool
    """Whether it is what its early version has become, to the sample."""


@dataclass(frozen=True, slots=True)
class EarlyVersion:
    """A version of the session while its lines are spoken."""

    version: int
    mixdown: GrowingMixdown
    draft: Draft


def _tell_nobody(warning: str) -> None:
    del warning


class _SupersededError(Exception):
    """The script has been saved again while it was spoken."""


class Preview:
    """The session of a script, which a thread keeps up to date."""

    def __init__(
        self, name: str, choices: Choices, on_warning: Callable[[str], object] = _tell_nobody
    ) -> None:
        """*on_warning* is told once of each voice that isn't the one that spoke last time."""
        self._name, self._choices, self._on_warning = name, choices, on_warning
        self._path = find_script(name)
        self._changed = threading.Condition()
        self._state = PreviewState(status="Reading the script", busy=True)
        self._current: PreviewVersion | None = None
        self._early: EarlyVersion | None = None
        self._last_version = 0
        self._seen: Stamps = {}
        self._first_voices: dict[str, str] = {}
        """Those that nobody chose, when each was first heard."""
        self._warned: set[str] = set()
        self._workers = Pool(cpu_count(), threads=cpu_count())
        """They stay, so that a natural voice is loaded once. While one of them speaks alone, it has
        all the cores."""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="preview", daemon=True)

    def start(self) -> None:
        """Start following the script."""
        self._thread.start()

    def stop(self) -> None:
        """Stop following the script, after the line that is being spoken."""
        self._ended.set()
        with self._changed:
            self._changed.notify_all()

    def state(self, after: int, seconds: float) -> PreviewState:
        """The state as soon as its serial isn't *after* any more, or after *seconds*."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._state.serial != after or self._ended.is_set(), seconds
            )
            return self._state

    def version(self, number: int) -> PreviewVersion | None:
        """The version *number* of the session, if it is the current one."""
        current = self._current
        return current if current is not None and current.version == number else None

    def early(self, number: int) -> EarlyVersion | None:
        """The version *number* as it is or was while being spoken, if it is the newest."""
        early = self._early
        return early if early is not None and early.version == number else None

    def _follow(self) -> None:
        with contextlib.closing(self._workers):
            while not self._ended.is_set():
                stamps = self._stamps()
                if stamps != self._seen:
                    self._seen = stamps
                    self._reporting_errors(self._update)
                else:
                    self._ended.wait(POLL_INTERVAL_S)

    def _reporting_errors(self, update: Callable[[], None]) -> None:
        try:
            update()
        except _SupersededError:
            if self._early is not None:  # the page shows it until the next one is there
                self._early.mixdown.stop()
        except PsoasError as error:
            lines = tuple(error.report().splitlines())
            self._give_up(status="The script has errors", busy=False, problems=lines)
        except Exception as error:  # the page must live on, and shows this too
            lines = tuple(report_of(error).splitlines())
            self._give_up(status="The preview failed", busy=False, problems=lines)

    def _give_up(self, **changes: object) -> None:
        """Let go of the version that was being spoken."""
        if self._early is not None and self._state.early:
            self._early.mixdown.stop()
            self._early = None
        self._set(early=0, **changes)

    def _update(self) -> None:
        self._set(status="Reading the script", busy=True)
        self._refuse_errors()
        script = load_chosen(self._name, self._choices)
        draft = Draft(script, self._choices, Settings(), self._workers)
        session, known = Session(draft), KnownVersions({}, {})
        version = self._last_version + 1
        growing: GrowingMixdown | None = None

        def before_speaking(planned: PlannedSession) -> None:
            nonlocal growing
            self._voice_remarks(session, planned.timeline)
            if growing is None:
                growing = GrowingMixdown(session, SpokenSession(planned, known.facts, {}, 0))
                self._early = EarlyVersion(version, growing, draft)
                self._last_version = version
                self._set(early=version, problems=())

        def on_take(take: str, facts: TakeFacts) -> None:
            if growing is not None:
                growing.add(take, facts)

        spoken = speak(draft, self._on_progress, before_speaking, known, on_take)
        remarks = tuple(_remark(problem, spoken) for problem in spoken.planned.warnings)
        timeline = spoken.planned.timeline
        remarks = (*self._voice_remarks(session, timeline), *remarks)
        goes_on = growing is not None and _starts(growing.timeline) == _starts(timeline)
        self._current = PreviewVersion(version, Mixdown(session, spoken), remarks, goes_on)
        self._last_version = version
        self._set(version=version, early=0, status="", busy=False, problems=())

    def _voice_remarks(self, session: Session, timeline: Timeline) -> tuple[Remark, ...]:
        """What a render would say of a voice that is another one than in the finished file, or than
        before in this preview."""
        voices = dict(session.draft.automatic_voices(timeline))
        self._first_voices = voices | self._first_voices
        output, *_ = session.output_paths()
        changed = voice_change(output, voices) or change_of_voice(
            self._path.name, self._first_voices, voices
        )
        if not changed:
            return ()
        if changed not in self._warned:
            self._warned.add(changed)
            self._on_warning(changed)
        return (Remark("warning", "voice-changed", changed),)

    def _refuse_errors(self) -> None:
        """Raise :class:`ScriptError` with all errors of the script at once, as ``check`` does.

        With values or a language, the script as it is written isn't what is heard: its errors are
        found when it is loaded.
        """
        if self._choices.values or self._choices.language:
            return
        errors = [p for p in script_problems(self._name) if p.severity == "error"]
        if errors:
            raise ScriptError(errors)

    def _on_progress(self, progress: Progress) -> None:
        if progress.phase == "speak" and progress.note:
            self._set(status=f"Speaking {progress.done} of {progress.total}: {progress.note}")
            if self._ended.is_set() or self._stamps() != self._seen:
                raise _SupersededError

    def _set(self, **changes: object) -> None:
        with self._changed:
            changed = replace(self._state, **changes)  # type: ignore[arg-type]
            if changed != self._state:
                self._state = replace(changed, serial=self._state.serial + 1)
                self._changed.notify_all()

    def _stamps(self) -> Stamps:
        """The stamps of the script and of all files that it might include."""
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
            time.sleep(0.05)  # an editor is replacing the file
        return stamps

    def _files(self) -> list[Path]:
        folder = self._path.parent
        beside = sorted([*folder.glob("*.y*ml"), *folder.glob("*/*.y*ml")])[:_MAX_FILES]
        return [self._path, *beside]


def _starts(timeline: Timeline) -> list[tuple[str, int]]:
    """Where each clip of each track begins."""
    return [(track.name, clip.start) for track in timeline.tracks for clip in track.clips]


def _remark(problem: Problem, spoken: SpokenSession) -> Remark:
    message = f"{problem.mark}: {problem.message} {problem.hint}".rstrip()
    return Remark(problem.severity, problem.rule, message, _position(problem.mark, spoken))


def _position(mark: Mark, spoken: SpokenSession) -> int | None:
    """The position in samples where the line at *mark* is spoken."""
    plan, timeline = spoken.planned.fitted.plan, spoken.planned.timeline
    takes = {
        u.take for u in plan.utterances() if (u.mark.path, u.mark.line) == (mark.path, mark.line)
    }
    clips = timeline.track("voice").clips
    return next((clip.start for clip in clips if getattr(clip.media, "id", None) in takes), None)
