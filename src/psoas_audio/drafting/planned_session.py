"""Plans a script, with lengths of lines that are measured or estimated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from psoas_audio.drafting.pitch_check import pitch_problems
from psoas_audio.drafting.sound_paths import is_shipped, sound_errors_at, sound_home, sound_path
from psoas_audio.errors import LengthError, Mark, Problem, ScriptError
from psoas_audio.planning import (
    Choices,
    FittedPlan,
    Plan,
    Stretch,
    Utterance,
    estimated_length,
    fit,
)
from psoas_audio.planning.elastic import ElasticPart, elastic_parts
from psoas_audio.planning.fit import Totals, length_bounds
from psoas_audio.planning.length_advice import length_advice
from psoas_audio.script.model import Bed, Script
from psoas_audio.sound.flac_length import flac_length
from psoas_audio.timeline import Timeline, lay_out, left_out_cues, overruns
from psoas_audio.timeline.layout import laid_out_length
from psoas_audio.units import clock

KnownLength = Callable[[Utterance], int | None]
"""Gives the samples of an utterance's take; ``None`` if it hasn't been made yet."""


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A plan with its timeline."""

    fitted: FittedPlan
    timeline: Timeline
    lengths: Mapping[str, int]
    """Media id, or name of a sound, to samples."""
    estimated: int
    """How many utterances have an estimated length."""
    elastic: tuple[ElasticPart, ...]
    """The elastic parts of the script, and how far each is stretched."""
    utterances: tuple[Utterance, ...]
    """Every utterance whose length decides the timeline, in order."""
    warnings: tuple[Problem, ...]
    """The script's own warnings, and what of it is left out."""


def nothing_known(utterance: Utterance) -> int | None:
    """A :data:`KnownLength` for scripts of which no line has been spoken."""
    del utterance
    return None


def plan_session(
    script: Script,
    choices: Choices,
    known: KnownLength = nothing_known,
    totals: Totals | None = None,
) -> PlannedSession:
    """*script* laid out with *known* lengths, or estimates where they aren't known.

    *totals* are lengths of its sessions that were found with the same *known* ones; more are added.
    Raises :class:`~psoas_audio.errors.LengthError` if the chosen length is not possible, and
    :class:`~psoas_audio.errors.ScriptError` if a sound can't be used, if a length in the header is
    not possible with the script's own choices, or if words are certainly too long for their hold.
    """
    lengths = _Lengths(script, known)
    try:
        fitted = fit(script, choices, lengths.laid_out, totals)
    except LengthError as error:
        if lengths.estimated:
            error.hint += " Lines that have not been spoken yet are estimated."
        raise
    if script.length is not None and not choices.changes_length:
        problems = impossible_lengths(script, fitted.least, fitted.most)
        if problems:
            raise ScriptError(problems)
    final = lengths.of(fitted.plan)
    certain = {take: lengths.at_least(take) for take in final}
    if too_long := overruns(fitted.plan, certain):
        raise ScriptError(too_long)
    utterances = tuple(fitted.plan.utterances_to_speak(lambda u: final[u.take]))
    guesses = {u.take for u in utterances} - lengths.measured
    parts = elastic_parts(script, fitted.stretch)
    warnings = (
        *script.warnings,
        # At the script's own length its author chose what is left out; the plan lists it.
        *(_left_out_chapters(script, fitted.stretch) if choices.length is not None else ()),
        *_silence_added(script, fitted),
        *missing_words(fitted.plan),
        *overruns(fitted.plan, {u: lengths.at_most(u) for u in final}, possible=True),
        *left_out_cues(fitted.plan, final),
        *pitch_problems(utterances),
    )
    timeline = lay_out(fitted.plan, final)
    return PlannedSession(fitted, timeline, final, len(guesses), parts, utterances, warnings)


CERTAIN_SHARE = 0.9
"""The share of its estimated length that a line certainly takes when it is spoken."""
POSSIBLE_SHARE = 1.1
"""The share that it may well take."""

_LENGTH_TOLERANCE = 1.05
"""Lengths are estimated before anything is spoken, so a length this near to the limit passes."""


def impossible_lengths(script: Script, shortest: int, longest: int) -> list[Problem]:
    """The lengths in a header that are not between *shortest* and *longest*, in samples."""
    length = script.length
    if length is None:
        return []
    asked = (("default", length.default), ("min", length.shortest), ("max", length.longest))
    return [
        Problem(
            length.mark,
            "length-out-of-reach",
            f"the {name} length {clock(samples)} is impossible:"
            f" the steps can last from {clock(shortest)} to {clock(longest)}.",
            length_advice(script, samples - (longest if samples > longest else shortest)),
        )
        for name, samples in asked
        if samples is not None
        and not shortest / _LENGTH_TOLERANCE <= samples <= longest * _LENGTH_TOLERANCE
    ]


def missing_words(plan: Plan) -> Iterator[Problem]:
    """A warning for each built-in word that the language lacks: it is not spoken."""
    for (language, name), mark in plan.missing_words.items():
        own = language == plan.language
        yield Problem(
            mark,
            "missing-word",
            f"the language '{language}' has no built-in word for '{name}', so it is not spoken.",
            f"Give it at the top of the script: 'words: {{{name}: …}}'."
            if own
            else "Say it in a line of its own.",
            "warning",
        )


def _left_out_chapters(script: Script, stretch: Stretch) -> Iterator[Problem]:
    """A warning for each optional chapter that is left out for the sake of the length."""
    for number in sorted(stretch.dropped(script.chapters)):
        chapter = script.chapters[number]
        yield Problem(
            chapter.mark,
            "chapter-left-out",
            f"the chapter '{chapter.title.words}' is left out, because there is no time for it.",
            "Ask for a longer session, or give the chapter a smaller 'priority'.",
            "warning",
        )


def _silence_added(script: Script, fitted: FittedPlan) -> Iterator[Problem]:
    """A warning of silence that is there for the sake of the length alone."""
    if fitted.silence_added:
        nearest = clock(fitted.length - fitted.silence_added)
        yield Problem(
            script.length.mark if script.length else Mark(script.path, 1, 1),
            "silence-added",
            f"the script can't fill {clock(fitted.length)}: {clock(fitted.silence_added)} of"
            " silence are added at the end.",
            f"Ask for {nearest}, or give a hold or a rest a wider range.",
            "warning",
        )


def length_range(script: Script) -> tuple[int, int]:
    """Samples of the shortest and the longest session that *script* can make, estimated.

    Raises what :func:`plan_session` does for a sound that can't be used.
    """
    return length_bounds(script, Choices(), _Lengths(script, nothing_known).laid_out)


class _Lengths:
    """Remembers lengths of takes and sounds while many plans are tried."""

    def __init__(self, script: Script, known: KnownLength) -> None:
        self._script = script
        self._known = known
        self._lengths: dict[str, int] = {}
        self.measured: set[str] = set()
        """Takes whose length is known."""
        self._guessed: set[str] = set()
        """Those whose length is estimated."""
        self.estimated = False
        """Whether the length of any take is estimated."""
        if script.bed is not None:
            self._probe(script.bed)  # find a bed that can't be read before anything is spoken

    def at_least(self, name: str) -> int:
        """The length of a take or sound, or what it certainly has where that is estimated."""
        length = self._lengths[name]
        return int(length * CERTAIN_SHARE) if name in self._guessed else length

    def at_most(self, name: str) -> int:
        """The length of a take or sound, or what it may well have where that is estimated."""
        length = self._lengths[name]
        return int(length * POSSIBLE_SHARE) if name in self._guessed else length

    def laid_out(self, plan: Plan) -> int:
        """The length of *plan* in samples."""
        return laid_out_length(plan, self.of(plan))

    def of(self, plan: Plan) -> Mapping[str, int]:
        for utterance in plan.utterances_to_speak(self._of_utterance):
            self._of_utterance(utterance)
        for name, mark in plan.sound_marks().items():
            if name not in self._lengths:
                self._lengths[name] = self._of_sound(name, mark)
        return self._lengths

    def _of_utterance(self, utterance: Utterance) -> int:
        found = self._lengths.get(utterance.take)
        if found is not None:
            return found
        length = self._known(utterance)
        if length is not None:
            self.measured.add(utterance.take)
        else:
            self.estimated = True
            self._guessed.add(utterance.take)
        length = self._lengths[utterance.take] = length or estimated_length(utterance)
        return length

    def _probe(self, bed: Bed) -> None:
        """Raise what reading a bed would, unless it is a shipped one, which is known to be good."""
        with sound_errors_at(bed.sound, bed.mark):
            shipped = is_shipped(sound_path(self._script, bed.sound))
        if not shipped:
            self._of_sound(bed.sound, bed.mark)

    def _of_sound(self, name: str, mark: Mark) -> int:
        with sound_errors_at(name, mark):
            path = sound_path(self._script, name)
            length = flac_length(path) if is_shipped(path) else None
            if length is not None:
                return length
            from psoas_audio.sound.read_sound import sound_length  # loads numpy

            return sound_length(path, inside=sound_home(self._script, path))
