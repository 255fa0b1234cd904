"""A script planned: fitted to a length with the lengths known or estimated so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from psoas_audio.drafting.sound_paths import is_shipped, sound_home, sound_path
from psoas_audio.errors import LengthError
from psoas_audio.planning import Choices, Fitted, Plan, Utterance, estimated_length, fit
from psoas_audio.planning.elastic import ElasticPart, elastic_parts
from psoas_audio.planning.fit import bounds
from psoas_audio.script.model import Script
from psoas_audio.sound.flac import flac_length
from psoas_audio.timeline import Timeline, lay_out
from psoas_audio.timeline.layout import laid_out_length

Known = Callable[[Utterance], int | None]
"""The samples of an utterance's take, where it has been made."""


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A plan with its timeline."""

    fitted: Fitted
    timeline: Timeline
    lengths: Mapping[str, int]
    """Media id or sound's name to samples."""
    estimated: int
    """How many utterances' lengths are estimates."""
    elastic: tuple[ElasticPart, ...]
    """What of the script is elastic, and how much of it was taken."""


def nothing_known(utterance: Utterance) -> int | None:
    """A :data:`Known` for scripts of which nothing has been spoken."""
    del utterance
    return None


def plan_session(script: Script, choices: Choices, known: Known = nothing_known) -> PlannedSession:
    """*script* laid out with measured lengths where *known*, estimates elsewhere.

    Raises :class:`~psoas_audio.errors.LengthError` where the length can't be had
    and :class:`~psoas_audio.errors.SoundError` where a sound can't be found.
    """
    lengths = _Lengths(script, known)
    try:
        fitted = fit(script, choices, lengths.laid_out)
    except LengthError as error:
        if lengths.estimated:
            error.hint += " Lines not yet spoken are estimated."
        raise
    final = lengths.of(fitted.plan)
    guesses = {u.take for u in fitted.plan.utterances()} - lengths.measured
    parts = elastic_parts(script, fitted.stretch)
    return PlannedSession(fitted, lay_out(fitted.plan, final), final, len(guesses), parts)


def length_range(script: Script) -> tuple[int, int]:
    """Samples of the shortest and the longest session that the steps of *script* make, estimated.

    Raises what :func:`plan_session` does for a sound that can't be had.
    """
    return bounds(script, Choices(), _Lengths(script, nothing_known).laid_out)


class _Lengths:
    """Remembers lengths over the plans that a search for one tries."""

    def __init__(self, script: Script, known: Known) -> None:
        self._script = script
        self._known = known
        self._lengths: dict[str, int] = {}
        self.measured: set[str] = set()
        """Takes whose length is known."""
        self.estimated = False
        """Whether any take's length is not."""
        if script.bed is not None:
            self._probe(script.bed.sound)  # a bed that can't be read is told before a word is said

    def laid_out(self, plan: Plan) -> int:
        """Samples that *plan* lasts."""
        return laid_out_length(plan, self.of(plan))

    def of(self, plan: Plan) -> Mapping[str, int]:
        for utterance in plan.utterances():
            if utterance.take not in self._lengths:
                length = self._known(utterance)
                if length is not None:
                    self.measured.add(utterance.take)
                else:
                    self.estimated = True
                self._lengths[utterance.take] = length or estimated_length(utterance)
        for name in plan.sounds():
            if name not in self._lengths:
                self._lengths[name] = self.of_sound(name)
        return self._lengths

    def _probe(self, name: str) -> None:
        """Raise what reading a sound beside the script would; shipped ones are known to be good."""
        if not is_shipped(sound_path(self._script, name)):
            self.of_sound(name)

    def of_sound(self, name: str) -> int:
        path = sound_path(self._script, name)
        told = flac_length(path) if is_shipped(path) else None
        if told is not None:
            return told
        from psoas_audio.sound.files import sound_length  # loads numpy

        return sound_length(path, inside=sound_home(self._script, path))
