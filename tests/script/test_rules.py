"""Each rule on content finds what it is for, and nothing in ordinary scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from script_texts import HEAD, problems_of, rules_of, with_steps

from psoas_audio.script.rules.table import RULES

MASSAGE = "title: T\nkind: self-massage\n"
STRENGTH = "title: T\nkind: strength\n"
STRETCH = "title: T\nkind: stretch\n"
WAY_OUT = "- safety: way-out\n"
BELL = "\n- bell: bowl"


def test_rules_have_each_their_own_name_and_a_source_that_exists() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    docs = Path(__file__).parents[2] / "docs"
    for rule in RULES:
        page, _, section = rule.source.partition(", ")
        if page.startswith("docs/"):
            text = (docs.parent / page).read_text("utf-8")
            assert not section or f"# {section}\n" in text, rule.source
        else:
            assert page.startswith("WCAG")


@pytest.mark.parametrize(
    ("head", "steps", "rules"),
    [
        (MASSAGE, WAY_OUT + "- hold: 45s" + BELL, []),
        (MASSAGE, WAY_OUT + "- hold: 30-120s" + BELL, []),
        (MASSAGE, WAY_OUT + "- hold: 20-45s" + BELL, ["dose-unusual"]),
        (MASSAGE, WAY_OUT + "- hold: 2-3m" + BELL, ["dose-unusual"]),
        (MASSAGE, WAY_OUT + "- hold: 2m-3m1s" + BELL, ["dose-limit"]),
        (MASSAGE, WAY_OUT + "- hold: 20 breaths\n  fill: breath" + BELL, ["dose-limit"]),
        (MASSAGE, WAY_OUT + "- rest: 10m" + BELL, []),
        (MASSAGE, WAY_OUT + "- repeat: 4\n  steps: [hold: 45s, rest: 30s]" + BELL,
         ["rounds-unusual"]),
        (MASSAGE, WAY_OUT + "- repeat: 3\n  steps: [hold: 45s, rest: 30s]" + BELL, []),
        (STRETCH, "- hold: 10-120s" + BELL, []),
        (STRETCH, "- hold: 5s" + BELL, ["dose-unusual"]),
        (STRETCH, "- hold: 5m1s" + BELL, ["dose-limit"]),
        (STRENGTH, "- repeat: 5-12\n  steps: [hold: 5-10s, rest: 5s]" + BELL, []),
        (STRENGTH, "- hold: 90s" + BELL, ["dose-unusual"]),
        (STRENGTH, "- hold: 6m" + BELL, ["dose-limit"]),
        (HEAD, "- hold: 20m" + BELL, []),
        (HEAD, "- hold: 10s\n  during: [{at: 10s, say: Late.}]" + BELL, ["outside-hold"]),
        (HEAD, "- hold: 10-60s\n  during: [{at: 11s, say: Late.}]" + BELL, ["outside-hold"]),
        (HEAD, "- hold: 10s\n  during: [{at: -11s, say: Early.}]" + BELL, ["outside-hold"]),
        (HEAD, "- hold: 10s\n  countdown: 10" + BELL, ["outside-hold"]),
        (HEAD, "- hold: 2 breaths\n  during: [{at: 30s, say: Late.}]" + BELL, ["outside-hold"]),
        (HEAD, "- hold: 10s\n  during: [{at: 5s, say: Fine.}, {at: half, bell: tick}]" + BELL, []),
        (HEAD, "- breathe: [4, 10, 8]" + BELL, ["breath-hold"]),
        (HEAD, "- breathe: 4-7-8 for 10 breaths" + BELL, ["breath-hold"]),
        (HEAD, "- breathe: 4-7-8 for 4 breaths" + BELL, []),
        (HEAD, "- move: standing\n- breathe: box" + BELL, ["paced-standing"]),
        (HEAD, "- move: standing\n- breathe: belly\n- move: sitting\n- breathe: box" + BELL, []),
        (HEAD, "- rest: 61s\n  fill: silent" + BELL, ["silence"]),
        (HEAD, "- rest: 60s\n  fill: silent" + BELL, []),
        (HEAD, "- rest: 5m\n  fill: bed" + BELL, ["silence"]),
        (HEAD + "bed: surf\n", "- rest: 5m\n  fill: bed" + BELL, []),
        (HEAD, "- rest: 5m" + BELL, []),
        (HEAD, "- hold: 110s\n  fill: silent\n  halfway: true" + BELL, []),
        (HEAD, "- hold: 130s\n  fill: silent\n  halfway: true" + BELL, ["silence"]),
        (HEAD, "- hold: 130s\n  fill: silent\n  interval: 30s" + BELL, []),
        (HEAD, "- Hello.\n- pause: 90s" + BELL, ["silence"]),
        (HEAD + "voice: {rate: 170}\n", "- Hello.", ["fast-speech"]),
        (HEAD, "- say: Hello.\n  rate: 161", ["fast-speech"]),
        (HEAD, "- say: Hello.\n  rate: 160", []),
        (HEAD, "- rest: 30s", ["no-end-bell"]),
        (HEAD, "- bell: bowl\n- rest: 30s\n- Goodbye.", ["no-end-bell"]),
        (HEAD, "- rest: 30s\n  end: bowl", []),
        (HEAD, "- Goodbye.", []),
        (HEAD + "kind: talk\n", "- rest: 30s", []),
        (HEAD + "bed: {sound: surf, level: -19}\n", "- Hello.", ["bed-too-loud"]),
        (HEAD + "bed: {sound: surf, level: -20}\n", "- Hello.", []),
        (HEAD + "voice: {level: 0 to -6}\nbed: surf\n", "- Hello.", ["bed-too-loud"]),
        (HEAD + "voice: {level: 0 to -4}\nbed: surf\n", "- Hello.", []),
        (HEAD, "- Feel your AIIS now.", ["hard-word"]),
        (HEAD + "lexicon: {aiis: A.I.I.S.}\n", "- Feel your AIIS now.", []),
        (HEAD, "- Press on your throat.", ["throat"]),
        (HEAD + "values: {spot: throat}\n", "- Press on your {spot}.", ["throat"]),
        (HEAD, "- This *cures* back pain.", ["claim"]),
        (HEAD + "language: de\n", "- This cures back pain.", []),
        (HEAD, "- repeat: 2000\n  steps:\n    - repeat: 2000\n      steps: [Hello.]", ["too-long"]),
        (HEAD, "- repeat: 100\n  steps: [rest: 1h]" + BELL, ["too-long"]),
    ],
)  # fmt: skip
def test_a_rule_finds_what_it_is_for(head: str, steps: str, rules: list[str]) -> None:
    assert rules_of(steps, head) == rules


def chapters(*titles: str) -> list[str]:
    text = (
        HEAD + "chapters:\n" + "".join(f'  - title: "{t}"\n    steps: [Hello.]\n' for t in titles)
    )
    return [p.rule for p in problems_of(text)]


def test_a_side_without_the_other_is_reported() -> None:
    assert chapters("Left side", "Close") == ["one-side"]
    assert chapters("Stretch, right") == ["one-side"]
    assert chapters("Left side", "Right side") == []
    assert chapters("What is left of the day", "The right way", "Right away") == []


HARD = (
    "Notwithstanding considerable anatomical variability, practitioners continuously "
    "differentiate sensations originating from deep musculature."
)


def test_a_hard_sentence_is_reported_where_it_stands() -> None:
    easy = "- Sit down now.\n- Let both hands rest.\n"
    found = problems_of(with_steps(f"{easy}- {HARD}\n- Sit."))
    assert [(p.rule, p.mark.line, p.severity) for p in found] == [("reading-grade", 6, "warning")]
    assert "Notwithstanding" in found[0].hint
    assert rules_of("- Diaphragmatic breathing.") == []
    assert rules_of(f"- {HARD}", HEAD + "language: de\n") == []


def test_easy_sentences_around_a_long_one_carry_it() -> None:
    long = "As you breathe in, let the ribs grow wide, and as you breathe out, let them settle."
    assert rules_of(f"- {long}\n- Sit.\n- {long}") == []


def test_warnings_alone_do_not_stop_a_script() -> None:
    found = problems_of(with_steps("- rest: 30s"))
    assert [p.severity for p in found] == ["warning"]


def test_parts_that_could_not_be_read_do_not_count_as_missing() -> None:
    assert rules_of("- rest: 30s\n- bel: bowl") == ["unknown-step"]
