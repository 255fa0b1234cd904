"""The utterances of a session: numbered, voiced, and paired between sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from psoas_audio.errors import Mark
from psoas_audio.planning.choices import DEFAULT_PITCH, DEFAULT_RATE
from psoas_audio.planning.model import Utterance
from psoas_audio.planning.ramp import level_at, rate_at
from psoas_audio.planning.step_ids import StepPlace
from psoas_audio.planning.voicing import engine_and_voice, media_id
from psoas_audio.script.model import AutoVoices, Guidance, VoiceSettings
from psoas_audio.script.texts import take_out_pronunciations

_AUDIBLE: Mapping[Guidance, tuple[Guidance, ...]] = {
    "full": ("full", "reminder", "bells"),
    "reminder": ("reminder", "bells"),
    "bells": ("bells",),
}
"""Guidance of a session to the guidance of the lines that it speaks."""


@dataclass(frozen=True, slots=True)
class Context:
    """The values and settings that apply at a step."""

    values: Mapping[str, str]
    """Words for the ``{values}`` in texts."""
    voice: VoiceSettings
    """Includes the language of the words."""
    place: StepPlace
    """Of the step, or of what is around it."""
    round: int = 0
    """From 0."""
    slot: str = ""
    """The name of the sides that the step is in; empty outside."""
    always_audible: bool = False
    """Whether its words are spoken at every guidance: safety words are."""
    figure: str = ""
    """The picture that the steps before it ask for; empty for that of the chapter."""
    safety: str = ""
    """``way-out`` or ``after`` inside these safety words."""

    def at(self, place: StepPlace) -> Context:
        """The same at the step in *place*."""
        return Context(
            self.values,
            self.voice,
            place,
            self.round,
            self.slot,
            self.always_audible,
            self.figure,
            self.safety,
        )


@dataclass(slots=True)
class Utterances:
    """Makes the utterances of one session in their order."""

    guidance: Guidance
    """The session's."""
    line_count: int
    """Steps of the script that speak; those that rounds or sides repeat count once."""
    auto_voices: AutoVoices
    speakers: Mapping[str, str]
    """Keys of speakers to the names that are shown."""
    lines_passed: int = 0
    """How many of them come before the present step."""
    count: int = 0
    """Utterances so far."""
    count_on_side: int = 0
    """Utterances so far on the present side."""

    def new(self, text: str, context: Context, guidance: Guidance, mark: Mark) -> Utterance:
        """The next utterance of the session, which says *text*.

        *guidance* is the sparsest at which it is spoken. *text* may contain ``[word](/IPA/)``.
        """
        text, pronounced = take_out_pronunciations(text)
        self.count += 1
        self.count_on_side += 1
        name = f"u{self.count:04}"
        voice = context.voice
        language = voice.language or ""
        engine, voice_name = engine_and_voice(voice, language, self.auto_voices)
        share = self.lines_passed / max(1, self.line_count - 1)
        rate = rate_at(voice.rate or DEFAULT_RATE, share)
        pitch = DEFAULT_PITCH if voice.pitch is None else voice.pitch
        treatment = voice.treatment or "plain"
        return Utterance(
            id=name,
            take=media_id(
                engine,
                voice_name,
                rate,
                pitch,
                language,
                text,
                *pronounced,
                treatment=treatment,
            ),
            text=text,
            engine=engine,
            voice=voice_name,
            rate=rate,
            pitch=pitch,
            language=language,
            audible=context.always_audible or guidance in _AUDIBLE[self.guidance],
            slot=f"{context.slot}u{self.count_on_side}" if context.slot else name,
            mark=mark,
            treatment=treatment,
            pronounced=pronounced,
            level=level_at(voice.level or 0.0, share),
            speaker=self.speakers.get(voice.speaker or "", ""),
            safety=context.safety,
        )
