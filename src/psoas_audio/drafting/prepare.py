"""Prepares a script for planning: applies the choices that change its steps."""

from __future__ import annotations

from dataclasses import replace

from psoas_audio.drafting.auto_voices import with_auto_voices
from psoas_audio.drafting.sound_paths import sound_path
from psoas_audio.errors import Problem, ScriptError
from psoas_audio.planning import Choices
from psoas_audio.planning.apply_choices import WITHOUT_BED, apply_choices
from psoas_audio.script.model import Script
from psoas_audio.translation.library_blocks import localize_blocks
from psoas_audio.translation.translate import translate_partly, translate_script


def prepare_script(script: Script, choices: Choices) -> Script:
    """*script* with *choices* applied; raises :class:`PsoasError` for one that it can't have."""
    script = apply_choices(script, choices)
    if choices.language is not None:
        script = translate_script(script, choices.language)
    else:
        script, problems = localize_blocks(script)
        if any(problem.severity == "error" for problem in problems):
            raise ScriptError(problems)
        script = replace(script, warnings=(*script.warnings, *problems))
    if choices.bed not in (None, *WITHOUT_BED):
        sound_path(script, choices.bed)
    return with_auto_voices(script, choices)


def translation_problems(script: Script, language: str) -> tuple[Problem, ...]:
    """Every text of *script* that lacks a good translation, sorted by place."""
    return tuple(sorted(translate_partly(script, language)[1], key=lambda p: (p.mark, p.rule)))
