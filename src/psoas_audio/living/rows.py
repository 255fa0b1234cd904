"""Rows of a living session: the frames of each of many versions of a script.

Each row has the frames that ``render`` writes for its choices, byte for byte after the Info frame.
Lines are spoken once, and blocks that several rows share are encoded once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from psoas_audio.deliver.details import Details
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.encode.mp3_blocks import SILENT
from psoas_audio.mix import Mixer
from psoas_audio.planning import Choices
from psoas_audio.rendering.media import SessionMedia
from psoas_audio.rendering.mp3_session import limited_mix, session_blocks, session_encoder
from psoas_audio.rendering.progress import OnProgress, Progress, ignore_progress
from psoas_audio.rendering.session import Session
from psoas_audio.rendering.speaking import KnownVersions, SpokenSession, speak
from psoas_audio.rendering.track_levels import track_levels
from psoas_audio.script.model import Script
from psoas_audio.timeline import Timeline


@dataclass(frozen=True, slots=True)
class LivingRow:
    """One version of a script."""

    choices: Choices
    timeline: Timeline
    details: Details
    frames: Sequence[bytes]
    """Blocks of MP3 frames; equal ones of all rows are the same object."""
    warnings: tuple[str, ...] = ()
    """About its voices and takes."""

    @property
    def samples(self) -> int:
        """Its length."""
        return self.timeline.length


def living_rows(
    script: Script,
    choices: Sequence[Choices],
    settings: Settings,
    on_progress: OnProgress = ignore_progress,
) -> Iterator[LivingRow]:
    """A row for each of *choices*, in their order; every line of all of them is spoken first.

    Raises what a render of them would, such as a ``LengthError``.
    """
    build = _Build(script, settings, on_progress)
    build.speak_all(choices)
    for number, each in enumerate(choices):
        on_progress(Progress("mix", number, len(choices)))
        yield build.row(each)


class _Family(NamedTuple):
    """What rows have in common that differ in length and guidance alone."""

    session: Session
    media: SessionMedia
    known: KnownVersions


class _Build:
    """What the rows of a script have in common."""

    def __init__(self, script: Script, settings: Settings, on_progress: OnProgress) -> None:
        self._script = script
        self._settings = settings
        self._on_progress = on_progress
        self._families: dict[Choices, _Family] = {}
        """By choices without length and guidance."""
        self._blocks: dict[tuple[str, int], bytes] = {}
        """Blocks by what sounds in them and their number of frames."""
        self._distinct: dict[bytes, bytes] = {}
        self._spoken: dict[Choices, SpokenSession] = {}
        """Sessions that are planned for good."""

    def speak_all(self, choices: Sequence[Choices]) -> None:
        """Make every take of the rows of *choices*.

        What is known of lines decides how a length is fitted, so no row is planned for good before
        all of them are known.
        """
        self._spoken = {each: self._speak(each) for each in choices}
        if any(family.session.draft.takes.made for family in self._families.values()):
            self._spoken.clear()
            for family in self._families.values():
                family.known.totals.clear()

    def row(self, choices: Choices) -> LivingRow:
        """The row of *choices*."""
        family, spoken = self._family(choices), self._spoken.pop(choices, None)
        spoken = spoken or self._speak(choices)
        draft, timeline = family.session.draft.version(choices), spoken.planned.timeline
        levels = track_levels(timeline, family.media, spoken.gains, draft.target_lufs)
        frames = self._frames(family.session, Mixer(timeline, family.media, levels))
        sale = filter(None, (speaker.sale_warning for speaker in draft.speakers(timeline)))
        warnings = (*sale, *draft.takes.warnings)
        return LivingRow(choices, timeline, draft.details(timeline), frames, warnings)

    def _speak(self, choices: Choices) -> SpokenSession:
        family = self._family(choices)
        draft = family.session.draft.version(choices)
        return speak(draft, self._on_progress, versions=family.known)

    def _family(self, choices: Choices) -> _Family:
        shared = replace(choices, length=None, guidance="full")
        if shared not in self._families:
            session = Session(Draft(self._script, shared, self._settings), self._on_progress)
            self._families[shared] = _Family(session, session.media(), KnownVersions({}, {}))
        return self._families[shared]

    def _frames(self, session: Session, mixer: Mixer) -> Sequence[bytes]:
        encoder = session_encoder(
            mixer,
            limited_mix(mixer),
            session.best_effort_cache,
            session.draft.kbps,
            session.draft.settings.workers,
        )
        spans = session_blocks(mixer.timeline)
        keys = [(encoder.content(*span) or SILENT, span[1] - span[0]) for span in spans]
        new = {key: span for key, span in zip(keys, spans, strict=True) if key not in self._blocks}
        encoded = encoder.run(list(new.values()))
        for key, (_, (data, _), _) in zip(new, encoded, strict=True):
            self._blocks[key] = self._distinct.setdefault(data, data)
        return tuple(self._blocks[key] for key in keys)
