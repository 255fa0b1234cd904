"""A draft: a script with its choices and settings, from which a session is planned or rendered."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Self

from psoas_audio._version import __version__
from psoas_audio.cache.local import DEFAULT_LIMIT_BYTES, Cache, default_folder
from psoas_audio.cache.remote import RemoteCache
from psoas_audio.deliver.details import Details, main_figure
from psoas_audio.drafting.auto_voices import automatic_choices
from psoas_audio.drafting.cover_file import cover_digest, cover_problem
from psoas_audio.drafting.file_names import variant_label
from psoas_audio.drafting.planned_session import PlannedSession, plan_session
from psoas_audio.drafting.prepare import prepare_script
from psoas_audio.drafting.recordings import engine_voice, without_recordings_path
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.drafting.voice_check import blame_chosen_voice, require_chosen_voice
from psoas_audio.errors import LengthError, ScriptError
from psoas_audio.locale.languages import load_language
from psoas_audio.planning import Choices, Stretch, Utterance, expand
from psoas_audio.planning.choices_json import choices_to_json
from psoas_audio.script.every_step import all_steps
from psoas_audio.script.model import Chapter, Script
from psoas_audio.script.texts import without_marks
from psoas_audio.speech.digital_source import digital_source
from psoas_audio.speech.line import Line
from psoas_audio.speech.pool import Pool
from psoas_audio.speech.server_costs import ServerCosts
from psoas_audio.speech.takes import Takes
from psoas_audio.speech.voice_facts import Speaker
from psoas_audio.timeline import Take, Timeline

_LENGTH_TOLERANCE = 1.15
"""Error of estimated lengths, as a factor: a length further out of range is refused at once."""


class Draft:
    """A script that is ready to be planned or rendered."""

    def __init__(
        self, script: Script, choices: Choices, settings: Settings, pool: Pool | None = None
    ) -> None:
        """*pool* has workers that speak for several drafts, one after the other."""
        self.choices, self._recordings = without_recordings_path(choices)
        self.source = (script, choices)
        """What it was made of, before any choice was applied."""
        self.script = prepare_script(script, self.choices)
        self.settings = settings
        self._pool = pool

    def version(self, choices: Choices) -> Self:
        """The draft of *choices* that have another length or guidance, and are otherwise its own.

        It shares the script, the cache, the takes and the lines that levels are taken from.
        """
        _ = self.cache, self.takes, self.level_lines
        other = copy(self)
        other.choices = replace(self.choices, length=choices.length, guidance=choices.guidance)
        return other

    @cached_property
    def cache(self) -> Cache:
        """The cache of takes, blocks and pictures."""
        folder = self.settings.cache or default_folder()
        if self.settings.remote is None:
            return Cache(folder, DEFAULT_LIMIT_BYTES)
        return RemoteCache(folder, DEFAULT_LIMIT_BYTES, self.settings.remote)

    @cached_property
    def takes(self) -> Takes:
        """The takes of this script, in the cache."""
        fallback, voice = self.script.auto_voices.by_language[self.script.language]
        return Takes(
            self.cache,
            lexicon=self.script.lexicon,
            workers=self.settings.workers,
            fallback=fallback,
            fallback_voice=voice,
            pool=self._pool,
        )

    def automatic_voices(self, timeline: Timeline) -> tuple[tuple[str, str], ...]:
        """The voices of *timeline* that neither the script nor a choice names in full; see
        :func:`~psoas_audio.drafting.auto_voices.automatic_choices`."""
        return automatic_choices(self.script, self.choices, timeline)

    @property
    def target_lufs(self) -> float:
        """Loudness of the voice on two channels; a mono file itself measures 3 LU less."""
        chosen = self.choices.target
        return self.script.target if chosen is None else chosen

    @property
    def kbps(self) -> int | None:
        """Bit rate in kilobits per second; ``None`` for the usual one of the format."""
        return self.settings.kbps or self.script.kbps

    def plan(self) -> PlannedSession:
        """The session's plan, with estimated lengths of takes that aren't in the cache.

        Raises :class:`LengthError` if the session can't have the chosen length, and
        :class:`ScriptError` if its cover can't be used.
        """
        if problem := cover_problem(self.script):
            raise ScriptError([problem])
        with self.blame_chosen_voice():
            return plan_session(self.script, self.choices, self._known_length)

    def try_plan(self) -> PlannedSession | None:
        """As :meth:`plan`; ``None`` if only speaking the lines shows if the length is possible."""
        try:
            return self.plan()
        except LengthError as error:
            self.lines_to_measure(error)
            return None

    def lines_to_measure(self, error: LengthError) -> list[Line]:
        """The lines to speak before a length that may be only just out of range is refused.

        Raises *error* if all lengths are measured, or if the chosen length is clearly out of range.
        """
        header = self.script.length
        free = replace(self.script, length=header and replace(header, exact=False))
        own = plan_session(free, replace(self.choices, length=None), self._known_length)
        shortest, longest = own.fitted.shortest, own.fitted.longest
        requested = self.choices.length or (header and header.default) or 0
        near = shortest / _LENGTH_TOLERANCE <= requested <= longest * _LENGTH_TOLERANCE
        if not own.estimated or not near:
            raise error
        return [self.line_of(u) for u in own.utterances]

    @cached_property
    def level_lines(self) -> tuple[Utterance, ...]:
        """The utterances from which the gain of each voice is taken.

        They are those of every chapter with its fewest rounds, sets and breaths, and so the same in
        every length, guidance and order of sides: a line is equally loud in all of them.
        """
        fewest = Stretch(holds=Fraction(0), counts=Fraction(0))
        return expand(self.script, self.choices, fewest).utterances()

    def blame_chosen_voice(self) -> AbstractContextManager[None]:
        """Have errors about lines blame the chosen voice instead, if it can't say a word."""
        return blame_chosen_voice(*self._chosen_voice(), self.cache)

    def require_chosen_voice(self) -> None:
        """Raise ``SpeechError`` if the chosen voice can't say a word; a server isn't asked."""
        require_chosen_voice(*self._chosen_voice(), self.cache)

    def _chosen_voice(self) -> tuple[str | None, list[Line]]:
        """The name that was chosen for the session's voice, and lines that it may speak."""
        name = self.choices.voice.name
        return name, [self.line_of(utterance) for utterance in self.level_lines] if name else []

    def line_of(self, utterance: Utterance) -> Line:
        """What the speech engine is given for *utterance*."""
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
            pronounced=utterance.pronounced,
            hurried=utterance.hurried,
        )

    def server_costs(self, planned: PlannedSession | None) -> ServerCosts:
        """What would be sent to speech servers to render *planned*, this draft's session.

        ``None`` if only speaking its lines shows which of them it has: as in :meth:`try_plan`.
        """
        own = planned.utterances if planned is not None else ()
        lines = {u.take: self.line_of(u) for u in (*own, *self.level_lines)}
        return self.takes.server_costs(lines.values())

    def details(self, timeline: Timeline) -> Details:
        """What the outputs need to know about the session besides its *timeline*."""
        script = self.script
        choices = replace(self.choices, automatic=self.automatic_voices(timeline))
        return Details(
            title=script.title,
            artist=script.credits.artist or self._artist(timeline),
            author=script.credits.author,
            credits=self._credits(timeline),
            album=script.credits.album or "psoas-audio",
            year=script.credits.year,
            track=script.credits.track,
            kbps=self.kbps,
            own_cover=cover_digest(script),
            has_pictures=self.settings.pictures,
            digital_source=digital_source(self.speakers(timeline)),
            language=script.language,
            safety_words=_words_of(script.shown_safety),
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
                    "choices": choices_to_json(choices),
                },
                ensure_ascii=False,
            ),
            figure=main_figure(timeline),
        )

    def speakers(self, timeline: Timeline) -> tuple[Speaker, ...]:
        """The voices in *timeline*, sorted; for takes that are made, those that really spoke."""
        takes = (c.media for c in timeline.track("voice").clips if isinstance(c.media, Take))
        found = {self.takes.speaker(t.id) or Speaker(t.engine, t.voice) for t in takes}
        return tuple(sorted(found))

    def _artist(self, timeline: Timeline) -> str:
        texts = load_language(self.script.language).interface
        speakers = self.speakers(timeline)
        return ", ".join(dict.fromkeys(s.title or texts["computer-voice"] for s in speakers))

    def _credits(self, timeline: Timeline) -> tuple[str, ...]:
        """Of each voice: its human name, its licence, and whether the session may be sold."""
        texts = load_language(self.script.language).interface
        return tuple(
            " · ".join(
                (s.title or texts["computer-voice"], s.terms.licence, texts[f"sell-{s.terms.sell}"])
            )
            for s in self.speakers(timeline)
            if s.terms is not None
        )

    def _known_length(self, utterance: Utterance) -> int | None:
        facts = self.takes.known(self.line_of(utterance))
        return None if facts is None else facts.length


def _words_of(chapters: Iterable[Chapter]) -> tuple[str, ...]:
    """Every text of *chapters* as it is shown, in order."""
    steps = (step for chapter in chapters for step in all_steps(chapter.steps))
    return tuple(without_marks(text.words) for step in steps for text in step.spoken_texts)
