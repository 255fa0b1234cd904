"""Finds all problems of a script without speaking it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from psoas_audio.drafting.cover_file import cover_problem
from psoas_audio.drafting.pitch_check import pitch_problems
from psoas_audio.drafting.planned_session import (
    CERTAIN_SHARE,
    POSSIBLE_SHARE,
    impossible_lengths,
    length_range,
    missing_words,
)
from psoas_audio.errors import Mark, Problem, PsoasError, ScriptError
from psoas_audio.library import sound_names
from psoas_audio.locale.languages import find_language
from psoas_audio.planning import Choices, Stretch, Utterance, estimated_length, expand
from psoas_audio.script.every_step import all_steps
from psoas_audio.script.load import ExaminedScript, examine_script
from psoas_audio.script.model import Script, VoiceSettings
from psoas_audio.timeline import left_out_cues, overruns
from psoas_audio.translation.library_blocks import localize_blocks
from psoas_audio.translation.translate import translate_partly


def script_problems(name: str | Path, language: str | None = None) -> tuple[Problem, ...]:
    """Every problem of the script *name*, sorted by place; it is planned to find them all.

    With *language*, its translation is checked and planned too. If a script has errors, as much of
    it as could be read is planned, so that all problems are found at once. Raises
    :class:`PsoasError` if there is no such script.
    """
    return check_examined(examine_script(name), language)


def check_examined(examined: ExaminedScript, language: str | None = None) -> tuple[Problem, ...]:
    """As :func:`script_problems`, for a script that has been read already."""
    found = {*examined.problems}
    # Expanding a script that is far too long could take all memory.
    if examined.script is not None and not any(p.rule == "too-long" for p in found):
        script = examined.script
        found |= {*_voices([*examined.voices, *_line_languages(script)], script.language)}
        if find_language(script.language) is None:
            found |= {*_voices([(script.voice, script.mark)], script.language)}
        if language is not None:
            script, problems = translate_partly(script, language)
            found |= {*problems}
            # The header's lengths are for the script's own language.
            script = replace(script, length=None)
        else:
            script, problems = localize_blocks(script)
            found |= {*problems}
        # Cues that begin outside their hold are reported by a rule, and not again for not fitting.
        outside = {problem.mark for problem in found if problem.rule == "outside-hold"}
        found |= {problem for problem in _overruns(script) if problem.mark not in outside}
        found |= {*_sounds(script, examined.sounds)}
        found |= {*filter(None, [cover_problem(script)])}
        if examined.complete and not any(p.rule.endswith("-sound") for p in found):
            found |= {*_lengths(script)}
        if examined.complete and examined.allow_mark is not None:
            given = examined.allowed | {p.rule for p in found if p.severity == "warning"}
            found |= {*_allowed_in_vain(script, given, examined.allow_mark)}
        found = {problem for problem in found if not script.allows(problem)}
    return tuple(sorted(found, key=lambda problem: (problem.mark, problem.rule)))


def _voices(voices: Sequence[tuple[VoiceSettings, Mark]], language: str) -> Iterator[Problem]:
    """Engines and voices that don't exist."""
    named = [(v, mark) for v, mark in voices if v.engine or v.name or _has_no_file(v.language)]
    if find_language(language) is None:
        named = list(voices)
    if named:
        from psoas_audio.drafting.voice_check import voice_problems  # loads engines and numpy

        yield from voice_problems(named, language)


def _allowed_in_vain(script: Script, given: frozenset[str], mark: Mark) -> Iterator[Problem]:
    """A warning for each name in ``allow``, at *mark*, that stands for none of the warnings
    *given*."""
    for name, rules in script.allowed.items():
        if given.isdisjoint(rules):
            yield Problem(
                mark,
                "nothing-to-allow",
                f"'allow' names '{name}', but the script has no such warning.",
                "Remove it, or write a name that 'check' shows in brackets after a warning."
                " Errors can't be allowed.",
                "warning",
            )


def _line_languages(script: Script) -> list[tuple[VoiceSettings, Mark]]:
    """The first chapter or line in each language of its own that has no language file."""
    given = [(chapter.voice, chapter.mark) for chapter in script.chapters]
    for step in (step for chapter in script.chapters for step in all_steps(chapter.steps)):
        if step.chosen_voice is not None:
            given.append((step.chosen_voice, step.mark))
    found: dict[str | None, tuple[VoiceSettings, Mark]] = {}
    for voice, mark in given:
        if _has_no_file(voice.language):
            found.setdefault(voice.language, (VoiceSettings(language=voice.language), mark))
    return list(found.values())


def _has_no_file(language: str | None) -> bool:
    return language is not None and find_language(language) is None


def _sounds(script: Script, sounds: Sequence[tuple[str, Mark]]) -> Iterator[Problem]:
    """Problems of the script's own sounds that can't be used, at every place that names them."""
    own = [(name, mark) for name, mark in sounds if name not in sound_names()]
    if own:
        from psoas_audio.drafting.sound_check import sound_problem  # loads numpy

        yield from filter(None, (sound_problem(script, name, mark) for name, mark in own))


def _overruns(script: Script) -> Iterator[Problem]:
    """Lines that are too long for their places while all holds are at their shortest."""
    try:
        plan = expand(script, Choices(), Stretch(Fraction(0), Fraction(0)))
    except PsoasError:
        return

    def at_least(utterance: Utterance) -> int:
        return int(estimated_length(utterance) * CERTAIN_SHARE)

    lengths = {u.take: at_least(u) for u in plan.utterances_to_speak(at_least)}
    certain = overruns(plan, lengths)
    yield from certain
    told = {problem.mark for problem in certain}
    most = {take: int(length / CERTAIN_SHARE * POSSIBLE_SHARE) for take, length in lengths.items()}
    yield from (p for p in overruns(plan, most, possible=True) if p.mark not in told)
    yield from left_out_cues(plan, lengths)
    yield from missing_words(plan)
    yield from pitch_problems(plan.utterances())


def _lengths(script: Script) -> Sequence[Problem]:
    try:
        shortest, longest = length_range(script)
    except ScriptError as error:
        return error.problems
    except PsoasError as error:
        mark = error.where if isinstance(error.where, Mark) else script.mark
        return [Problem(mark, "cannot-plan", error.what, error.hint)]
    return impossible_lengths(script, shortest, longest)
