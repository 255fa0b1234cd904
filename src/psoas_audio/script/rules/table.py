"""Content and safety rules, as data: one row each, and how to carry them all out.

``check --rules`` lists :data:`RULES`. Where a number or a rule comes from stands in
its ``source``; the studies behind it are named in ``docs/safety.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from psoas_audio.errors import Problem, Severity
from psoas_audio.script.rules import content
from psoas_audio.script.rules import timing as time
from psoas_audio.script.rules.context import RuleContext, RuleFinding


@dataclass(frozen=True, slots=True)
class Rule:
    """Something every script is held to."""

    name: str
    severity: Severity
    source: str
    """Where it comes from."""
    message: str
    """What is wrong, with ``{names}`` that each finding fills in."""
    hint: str
    """What to do about it; may use the same names."""
    find: Callable[[RuleContext], Iterable[RuleFinding]]
    """Every place that breaks it."""
    whole: bool = False
    """Only looked at where nothing of the script was left out: it is about what is absent."""


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
        "there is no sound called '{name}'.",
        "{hint}",
        content.unknown_sounds,
    ),
    Rule(
        "unknown-value",
        "error",
        _GRAMMAR,
        "nothing gives the value {{{name}}}.",
        "{hint}",
        content.unknown_values,
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
        "pressure begins before the way out was said.",
        "Say how to end it before this step.",
        content.way_out_late,
        whole=True,
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
        "a hold of {length} is past the limit of {limit} for the kind {kind}.",
        "Make it shorter, or let go with a rest between two holds.",
        time.past_limit,
    ),
    Rule(
        "outside-hold",
        "error",
        _GRAMMAR,
        "{what} is outside a hold that may last only {length}.",
        "Move it, or make the hold longer.",
        time.outside_hold,
    ),
    Rule(
        "too-long",
        "error",
        _GRAMMAR,
        "the script unfolds to {what}.",
        "Repeat less, or make several sessions of it.",
        time.too_long,
    ),
    Rule(
        "dose-unusual",
        "warning",
        _DOSE,
        "a hold of {length} is outside the usual {usual} for the kind {kind}.",
        "",
        time.unusual_dose,
    ),
    Rule(
        "rounds-unusual",
        "warning",
        _DOSE,
        "{rounds} rounds of holds; the usual is at most {usual} for the kind {kind}.",
        "",
        time.unusual_rounds,
    ),
    Rule(
        "breath-hold",
        "warning",
        _BREATH,
        "{what}.",
        "Beginners do better without long or many breath holds.",
        time.breath_holds,
    ),
    Rule(
        "paced-standing",
        "warning",
        _BREATH,
        "paced breathing with breath holds while standing.",
        "Let the listener sit or lie down first.",
        time.paced_standing,
    ),
    Rule(
        "silence",
        "warning",
        "docs/script-language.md, Silence",
        "{length} of silence with nothing that tells it still plays.",
        "Give it 'fill: bed', 'breath' or 'tick', or a cue.",
        time.long_silences,
    ),
    Rule(
        "reading-grade",
        "warning",
        _WORDS,
        "reading grade {grade}; at most 8 is good to follow by ear.",
        "Shorten this sentence: {sentence}",
        content.hard_to_read,
    ),
    Rule(
        "fast-speech",
        "warning",
        "docs/script-language.md, The top of a script",
        "{rate} words per minute is faster than 160.",
        "Instructions are spoken at 110 to 125.",
        content.fast_speech,
    ),
    Rule(
        "one-side",
        "warning",
        "docs/script-language.md, sides",
        "a chapter for the {side} side, and none for the {other}.",
        "Use 'sides: both' and {{side}} in the title.",
        content.one_side,
        whole=True,
    ),
    Rule(
        "no-end-bell",
        "warning",
        "docs/script-language.md, bell",
        "no bell tells the end of the practice.",
        "Add '- bell: bowl' after the last rest.",
        content.no_end_bell,
        whole=True,
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


def find_problems(case: RuleContext, severity: Severity) -> Iterator[Problem]:
    """Every problem that the :data:`RULES` of that *severity* find in *case*."""
    for rule in RULES:
        if rule.severity != severity or (rule.whole and not case.whole):
            continue
        for mark, names in rule.find(case):
            yield Problem(
                mark,
                rule.name,
                rule.message.format(**names),
                rule.hint.format(**names),
                rule.severity,
            )
