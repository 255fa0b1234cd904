"""A session that is exported and imported again plans the same words, holds and chapters."""

from __future__ import annotations

from pathlib import Path

import pytest

from psoas_audio import parse_script, plan
from psoas_audio.exporting.formats import EXPORT_ENDINGS, export_session
from psoas_audio.exporting.left_out import left_out
from psoas_audio.importing.convert import import_sources
from psoas_audio.library import script_names
from psoas_audio.planning import model
from psoas_audio.planning.model import Plan
from psoas_audio.script.load import load_script
from psoas_audio.units import samples_to_ms

SESSIONS = sorted(script_names())
IMPORTED_AGAIN = ("text", "ssml", "docx")


def words(planned: Plan) -> list[str]:
    return [utterance.text for utterance in planned.utterances()]


def holds(planned: Plan) -> list[tuple[str, int]]:
    """Every hold, rest and breath with its length, to the millisecond."""
    return [
        (getattr(item, "kind", "breathe"), samples_to_ms(item.length))
        for item in planned.items
        if isinstance(item, model.PlannedHold | model.PlannedBreathing)
    ]


def chapters(planned: Plan) -> list[str]:
    return [item.title for item in planned.items if isinstance(item, model.ChapterStart)]


@pytest.mark.parametrize("name", SESSIONS)
def test_a_shipped_session_comes_back_the_same(name: str) -> None:
    script = load_script(name)
    original = plan(script).fitted.plan
    for export_format in IMPORTED_AGAIN:
        exported = export_session(script, original, export_format)
        file = name + EXPORT_ENDINGS[export_format]
        imported = import_sources([(file, exported)], name)
        errors = [str(p) for p in imported.problems if p.severity == "error"]
        assert errors == [], export_format
        again = plan(parse_script(imported.text, name=name)).fitted.plan
        assert chapters(again) == chapters(original), export_format
        assert words(again) == words(original), export_format
        assert holds(again) == holds(original), export_format
        assert imported.remarks == (), export_format


def test_a_table_has_a_row_for_each_thing_that_happens(tmp_path: Path) -> None:
    script = parse_script("title: T\nsafety: none\nsteps: [Lie down., {rest: 20s}, {bell: bowl}]\n")
    table = export_session(script, plan(script).fitted.plan, "csv").decode()
    assert table.splitlines() == [
        "chapter,what,text,seconds",
        "T,say,Lie down.,",
        "T,rest,20s,20",
        "T,bell,bowl,3",
    ]


def test_ssml_has_breaks_and_text_has_directions() -> None:
    script = parse_script(
        "title: T & U\nsafety: none\nsteps:\n"
        "  - Sit <tall>.\n  - {hold: 30s, during: [{at: 10s, say: Softer.}]}\n"
    )
    planned = plan(script).fitted.plan
    ssml = export_session(script, planned, "ssml").decode()
    assert "<p>Sit &lt;tall&gt;.</p>" in ssml
    assert '<break time="10000ms"/>\n<p>Softer.</p>\n<break time="20000ms"/>' in ssml
    text = export_session(script, planned, "text").decode()
    assert '[hold: 30s, during: [{at: 10s, say: "Softer."}]]' in text


def test_what_an_export_leaves_out_is_listed() -> None:
    head = "title: T\nkind: talk\nsafety: none\n"
    plain = parse_script(f"{head}steps: [Hello.]\n")
    rich = parse_script(
        f"{head}bed: surf\nlexicon: {{psoas: so-as}}\n"
        "speakers: {friend: {rate: 100}}\n"
        "steps: [{friend: Hello.}, {hold: 30-60s}]\n"
    )
    assert left_out(plain, plan(plain).fitted.plan) == []
    assert left_out(rich, plan(rich).fitted.plan) == [
        *("speakers", "voices", "ranges of lengths", "pronunciations")
    ]


EXERCISES = """
title: Exercises
kind: strength
safety: short
values: {muscle: calf}
chapters:
  - title: Repetitions
    steps:
      - Rise.
      - reps: {count: 4, tempo: {up: 2s, hold: 1s, down: 3s, rest: 1s}, count_aloud: true}
        sound: hum
        sets: {count: 2, rest: 20s}
        label: "{muscle} raises, set {set} of {sets}"
      - reps: {count: 2, say: [Slowly., "{rep} of {reps}."]}
        sides: both
  - title: Circuit
    steps:
      - intervals:
          work: 20s
          rest: 10s
          rounds: 2
          round_rest: 30s
          stations: [march, {name: "{muscle} raise", sides: both, say: Tall., work: 25s}]
      - Rest now.
      - repeat: 2
        steps:
          - intervals: {work: 15s, rest: 8s, rounds: 3, countdown: 0, bell: none, ready: 0s}
      - rest: 20s
        end: bowl
"""


@pytest.mark.parametrize("export_format", IMPORTED_AGAIN)
def test_repetitions_and_intervals_come_back(export_format: str) -> None:
    script = parse_script(EXERCISES)
    original = plan(script).fitted.plan
    exported = export_session(script, original, export_format)
    imported = import_sources([("x" + EXPORT_ENDINGS[export_format], exported)], "x")
    again = plan(parse_script(imported.text)).fitted.plan
    assert chapters(again) == chapters(original)
    assert words(again) == words(original)
    assert holds(again) == holds(original)
    assert labels_and_tones(again) == labels_and_tones(original)


def labels_and_tones(planned: Plan) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """The label of every hold, and the tones that lead it."""
    return [
        (item.label, [(phase.kind, phase.length, phase.timbre) for phase in item.phases])
        for item in planned.items
        if isinstance(item, model.PlannedHold)
    ]


def test_repetitions_and_intervals_are_directions_of_a_text() -> None:
    script = parse_script(EXERCISES)
    text = export_session(script, plan(script).fitted.plan, "text").decode()
    assert (
        "[reps: {count: 4, tempo: {up: 2s, hold: 1s, down: 3s, rest: 1s}, count_aloud: true" in text
    )
    assert "[rest: 20s" in text
    assert text.count("[intervals: {work: 20s, rest: 10s, rounds: 2, round_rest: 30s") == 1
    assert text.count("[intervals: {work: 15s, rest: 8s, rounds: 3") == 2
    assert left_out(script, plan(script).fitted.plan) == ["sets (they are written out)"]
