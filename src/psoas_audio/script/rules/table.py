"""The content and safety rules as data, one row each, and the check of a script against them.

``check --rules`` lists :data:`RULES`. The ``source`` of a rule says where the rule and its numbers
come from; ``docs/safety.md`` names the studies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from psoas_audio.errors import Problem, Severity
from psoas_audio.script.rules import content, timing
from psoas_audio.script.rules.context import RuleContext, RuleFinding


class Rule(NamedTuple):
    """Something that every script is checked for."""

    name: str
    severity: Severity
    source: str
    """Where it comes from."""
    message: str
    """What is wrong; each finding fills in its ``{names}``."""
    hint: str
    """What to do about it; may have the same names."""
    find: Callable[[RuleContext], Iterable[RuleFinding]]
    """Finds every place that breaks it."""
    complete_only: bool = False
    """Whether it is about what a script lacks, so that it can't be checked in a part of one."""


_GRAMMAR = "docs/script-language.md"
_DOSE = "docs/safety.md, Dose"
_POINTS = "docs/safety.md, The seven spoken points"
_WORDS = "docs/safety.md, Words"
_PLACES = "docs/safety.md, Where pressure goes"
_BREATH = "docs/safety.md, Breath"

RULES: tuple[Rule, ...] = (
    Rule(
        "unknown-sound",
        "error",
        _GRAMMAR,
        "there is no sound called '{name}'{why}.",
        "{hint}",
        content.unknown_sounds,
    ),
    Rule(
        "unknown-value",
        "error",
        _GRAMMAR,
        "the value {{{name}}} isn't set anywhere.",
        "{hint}",
        content.unknown_values,
    ),
    Rule(
        "unknown-speaker",
        "error",
        _GRAMMAR,
        "there is no speaker called '{name}'.",
        "{hint}",
        content.unknown_speakers,
    ),
    Rule(
        "safety-point-missing",
        "error",
        _POINTS,
        "a script of the kind {kind} must say: {point}.",
        "Add 'safety: {part}', or 'covers: [{point}]' to the words that say it.",
        content.missing_points,
    ),
    Rule(
        "way-out-late",
        "error",
        _POINTS,
        "pressure begins before the way out has been said.",
        "Say how to end it before this step.",
        content.way_out_late,
        complete_only=True,
    ),
    Rule(
        "claim",
        "error",
        _WORDS,
        "'{word}' promises a cure.",
        "Say what it may feel like, such as ease, comfort or calm.",
        content.claims_made,
    ),
    Rule(
        "throat",
        "error",
        _PLACES,
        "pressure on the throat ({place}).",
        "Never press on the front or sides of the neck.",
        content.throat_pressed,
    ),
    Rule(
        "dose-limit",
        "error",
        _DOSE,
        "a hold of {length} is longer than the limit of {limit} for the kind {kind}.",
        "Make it shorter, or divide it into two holds with a rest between them.",
        timing.past_limit,
    ),
    Rule(
        "outside-hold",
        "error",
        _GRAMMAR,
        "{what} is outside {where}.",
        "Move it, shorten it, or give it more time.",
        timing.outside_hold,
    ),
    Rule(
        "too-long",
        "error",
        _GRAMMAR,
        "written out with its rounds, sides and blocks, the script has {what}.",
        "Repeat less, or make several sessions of it.",
        timing.too_long,
    ),
    Rule(
        "direction",
        "warning",
        "docs/script-language.md, Stage directions",
        "'{what}' is a stage direction, and would be spoken.",
        "{hint}",
        content.directions,
    ),
    Rule(
        "dose-unusual",
        "warning",
        _DOSE,
        "a hold of {length} is outside the usual {usual} for the kind {kind}.",
        "",
        timing.unusual_dose,
    ),
    Rule(
        "rounds-unusual",
        "warning",
        _DOSE,
        "{rounds} rounds of holds are more than the usual {usual} for the kind {kind}.",
        "",
        timing.unusual_rounds,
    ),
    Rule(
        "breath-hold",
        "warning",
        _BREATH,
        "{what}.",
        "Long or many breath holds are hard for beginners.",
        timing.breath_holds,
    ),
    Rule(
        "paced-standing",
        "warning",
        _BREATH,
        "paced breathing with breath holds while standing.",
        "Let the listener sit or lie down first.",
        timing.paced_standing,
    ),
    Rule(
        "silence",
        "warning",
        "docs/script-language.md, Silence",
        "{length} of silence without a sign that the session is still playing.",
        "Add 'fill: bed', 'breath' or 'tick', or a cue.",
        timing.long_silences,
    ),
    Rule(
        "reading-grade",
        "warning",
        _WORDS,
        "the reading grade is {grade}; up to 8 is easy to follow by ear.",
        "Shorten this sentence: {sentence}",
        content.hard_to_read,
    ),
    Rule(
        "fast-speech",
        "warning",
        "docs/script-language.md, The top of a script",
        "{rate} words per minute is faster than 160.",
        "Instructions are easiest to follow at 110 to 125.",
        content.fast_speech,
    ),
    Rule(
        "one-side",
        "warning",
        "docs/script-language.md, sides",
        "there is a chapter for the {side} side, but none for the {other}.",
        "Use 'sides: both' and {{side}} in the title.",
        content.one_side,
        complete_only=True,
    ),
    Rule(
        "no-end-bell",
        "warning",
        "docs/script-language.md, bell",
        "no bell marks the end of the practice.",
        "Add '- bell: bowl' after the last rest.",
        content.no_end_bell,
        complete_only=True,
    ),
    Rule(
        "bed-too-loud",
        "warning",
        "WCAG 2.2, 1.4.7",
        "the bed is only {level} dB below the voice.",
        "Set its level to -20 or less.",
        content.loud_bed,
    ),
    Rule(
        "hard-word",
        "warning",
        "docs/script-language.md, Words that are said wrongly",
        "'{word}' is likely to be said wrongly.",
        "Add it to 'lexicon:', such as '{word}: {alias}'.",
        content.hard_words,
    ),
)
"""Every rule, errors first."""


def find_problems(context: RuleContext, severity: Severity) -> Iterator[Problem]:
    """Every problem that the :data:`RULES` of that *severity* find."""
    for rule in RULES:
        if rule.severity != severity or (rule.complete_only and not context.complete):
            continue
        for mark, names in rule.find(context):
            yield Problem(
                mark,
                rule.name,
                rule.message.format(**names),
                rule.hint.format(**names),
                rule.severity,
            )
