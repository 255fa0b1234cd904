"""What a script has that an exported session doesn't."""

from __future__ import annotations

from psoas_audio.planning.model import Plan
from psoas_audio.script.every_step import all_steps
from psoas_audio.script.model import Count, Script, Span, VoiceSettings

_UNCHANGED = VoiceSettings()


def left_out(script: Script, plan: Plan) -> list[str]:
    """What of *script* isn't in an export of *plan*, which was made of it, in plain words."""
    steps = [step for chapter in script.chapters for step in all_steps(chapter.steps)]
    voices = [script.voice, *(chapter.voice for chapter in script.chapters)]
    voices += [voice for step in steps if (voice := step.chosen_voice) is not None]
    found = {
        "speakers": bool(script.speakers),
        "voices": any(voice != _UNCHANGED for voice in voices),
        "ranges of lengths": any(_is_range(step.elastic) for step in steps),
        "sets (they are written out)": any(step.name == "sets" for step in steps),
        "pronunciations": bool(script.lexicon)
        or any(utterance.pronounced for utterance in plan.utterances()),
    }
    return [name for name, is_there in found.items() if is_there]


def _is_range(elastic: Span | Count | None) -> bool:
    match elastic:
        case Span(shortest=least, longest=most) | Count(fewest=least, most=most):
            return least != most
    return False
