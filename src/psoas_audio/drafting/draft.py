"""A script with its choices made, and what can be told of it before anything is spoken."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cached_property

from psoas_audio._version import __version__
from psoas_audio.cache.local import LIMIT, Cache, default_folder
from psoas_audio.cache.remote import RemoteCache
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.figures.lookup import main_figure
from psoas_audio.drafting.naming import variant_label
from psoas_audio.drafting.planned_session import PlannedSession, plan_session
from psoas_audio.drafting.prepare import prepare_script
from psoas_audio.drafting.recordings import engine_voice, without_recordings_path
from psoas_audio.drafting.settings import Settings
from psoas_audio.errors import LengthError
from psoas_audio.locale.languages import load_language
from psoas_audio.planning import Choices, Utterance
from psoas_audio.planning.choices_json import choices_to_json
from psoas_audio.script.model import Script
from psoas_audio.speech.line import Line
from psoas_audio.speech.takes import Takes
from psoas_audio.timeline import Take, Timeline

_LENGTH_TOLERANCE = 1.15
"""Estimates are this good: a length farther out of reach is refused before a word is spoken."""


class Draft:
    """A script that is ready to be planned or rendered, with the cache that has its takes."""

    def __init__(self, script: Script, choices: Choices, settings: Settings) -> None:
        self.choices, self._recordings = without_recordings_path(choices)
        self.script = prepare_script(script, self.choices)
        self.settings = settings

    @cached_property
    def cache(self) -> Cache:
        """What is kept between renders."""
        folder = self.settings.cache or default_folder()
        if self.settings.remote is None:
            return Cache(folder, LIMIT)
        return RemoteCache(folder, LIMIT, self.settings.remote)

    @cached_property
    def takes(self) -> Takes:
        """The takes of this script, kept in the cache."""
        return Takes(self.cache, lexicon=self.script.lexicon, workers=self.settings.workers)

    @property
    def target_lufs(self) -> float:
        """LUFS of the voice as two channels play it (a mono file alone reads 3 LU less)."""
        wish = self.choices.target
        return self.script.target if wish is None else wish

    def plan(self) -> PlannedSession:
        """The session laid out with the takes that the cache has, estimates elsewhere."""
        return plan_session(self.script, self.choices, self._known_length)

    def try_plan(self) -> PlannedSession | None:
        """As :meth:`plan`; ``None`` where only speaking can tell if the length can be had."""
        try:
            return self.plan()
        except LengthError as fault:
            self.lines_to_measure(fault)
            return None

    def lines_to_measure(self, fault: LengthError) -> list[Line]:
        """What to speak before a length near the ends of what can be had is refused.

        Raises *fault* where nothing is estimated any more, or the length is out of reach anyhow.
        """
        own = plan_session(self.script, replace(self.choices, length=None), self._known_length)
        shortest, longest = own.fitted.shortest, own.fitted.longest
        wish = self.choices.length or 0
        within = shortest / _LENGTH_TOLERANCE <= wish <= longest * _LENGTH_TOLERANCE
        if not own.estimated or not within:
            raise fault
        return [self.line_of(u) for u in own.utterances]

    def line_of(self, utterance: Utterance) -> Line:
        """What is handed over to be spoken for *utterance*."""
        return Line(
            id=utterance.take,
            text=utterance.text,
            engine=utterance.engine,
            voice=engine_voice(utterance, self.script, self._recordings),
            rate=utterance.rate,
            pitch=utterance.pitch,
            language=utterance.language,
            mark=utterance.mark,
            treatment=utterance.treatment,
        )

    def details(self, timeline: Timeline) -> Details:
        """What the session's outputs tell beyond its *timeline*."""
        script = self.script
        return Details(
            title=script.title,
            artist=", ".join(_voices(timeline)),
            album="psoas-audio",
            language=script.language,
            comment=load_language(script.language).interface["safety-note"],
            summary=script.summary,
            kind=script.kind,
            equipment=script.equipment,
            position=script.position,
            level=script.level,
            avoid=script.avoid,
            version=__version__,
            digest=script.digest,
            variant=variant_label(self.choices),
            made=json.dumps(
                {
                    "of": script.name,
                    "target": self.target_lufs,
                    "choices": choices_to_json(self.choices),
                },
                ensure_ascii=False,
            ),
            figure=main_figure(timeline),
        )

    def _known_length(self, utterance: Utterance) -> int | None:
        facts = self.takes.known(self.line_of(utterance))
        return None if facts is None else facts.length


def _voices(timeline: Timeline) -> list[str]:
    takes = [c.media for c in timeline.track("voice").clips if isinstance(c.media, Take)]
    return sorted({take.voice or take.engine for take in takes})
