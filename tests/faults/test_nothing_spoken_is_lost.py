"""The words of a script are heard, or a message says which of them are not, and why."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from bench import Bench
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.drafting.planned_session import CERTAIN_SHARE, plan_session
from psoas_audio.errors import ScriptError
from psoas_audio.planning import Choices
from psoas_audio.script.load import read_source
from psoas_audio.timeline import Take

COUNTED = "steps:\n  - breathe: {{pattern: {pattern}, breaths: 2, cues: {cues}}}\n  - bell: bowl\n"


@pytest.mark.parametrize("rate", [70, 115, 160])
@pytest.mark.parametrize("pattern", ["4-7-8", "box", "[3, 1, 3, 1]"])
@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_every_count_of_a_breath_is_heard(
    bench: Bench, pattern: str, language: str, rate: int
) -> None:
    text = f"language: {language}\n" + COUNTED.format(pattern=pattern, cues="counted")
    name = bench.script(text)
    done = bench.render(name, "--rate", str(rate), "--with", "timeline", "--json")
    assert done.status == 0, done.err
    timeline = json.loads((bench.folder / "s.timeline.json").read_text("utf-8"))
    heard = [clip["media"]["text"] for clip in timeline["tracks"][0]["clips"]]
    seconds = {"4-7-8": 4 + 7 + 8, "box": 16, "[3, 1, 3, 1]": 8}[pattern]
    assert len(heard) == 2 * seconds, heard
    plan = json.loads(bench.run("plan", name, "--rate", str(rate), "--json").out)
    assert len(plan["utterances"]) == 2 * seconds
    assert not json.loads(done.out)["warnings"] + plan["warnings"]


TEACHERS_WORDS = {
    "fr": ("Inspirez.", "Retenez.", "Expirez."),
    "es": ("Inhala.", "Retén.", "Exhala."),
}


@pytest.mark.parametrize("cues", ["spoken", "counted"])
@pytest.mark.parametrize("language", TEACHERS_WORDS)
def test_short_breaths_are_cued_in_the_words_of_teachers(
    bench: Bench, language: str, cues: str
) -> None:
    name = bench.script(f"language: {language}\n" + COUNTED.format(pattern="[1, 1, 1]", cues=cues))
    for rate in (70, 110, 160):
        plan = json.loads(bench.run("plan", name, "--rate", str(rate), "--json").out)
        assert not plan["warnings"]
        said = [each["text"] for each in plan["utterances"]]
        assert said == list(TEACHERS_WORDS[language]) * 2


def test_a_script_with_another_form_of_address_gives_its_own_cues(bench: Bench) -> None:
    name = bench.script(
        "language: fr\nwords: {in: Inspire., full: Retiens., out: Expire.}\n"
        + COUNTED.format(pattern="[1, 1, 1]", cues="spoken")
    )
    plan = json.loads(bench.run("plan", name, "--json").out)
    said = [each["text"] for each in plan["utterances"]]
    assert said == ["Inspire.", "Retiens.", "Expire."] * 2


@pytest.mark.parametrize("command", ["check", "plan", "render"])
def test_a_cue_that_cannot_fit_is_reported_by_every_command(bench: Bench, command: str) -> None:
    name = bench.script(COUNTED.format(pattern="[0.3, 1.7]", cues="spoken"))
    done = bench.render(name) if command == "render" else bench.run(command, name)
    assert "breath" in done.text.lower()
    assert "doesn't fit" in done.text
    assert done.status == 0


def test_a_comment_inside_a_text_is_reported(bench: Bench) -> None:
    name = bench.script(
        "steps:\n  - say: Now exercise #3 of five.\n  - say: Now exercise #4 of five # a note\n"
        "  - hold: 20s # a comment that is one\n  - bell: bowl\n"
    )
    assert "#3 of five" in json.dumps(json.loads(bench.run("plan", name, "--json").out))
    done = bench.run("check", name)
    assert "s.yaml:5" in done.text
    assert "#" in done.text
    assert "s.yaml:6" not in done.text


def test_a_german_script_gets_german_safety_words_and_blocks(bench: Bench) -> None:
    text = "title: T\nlanguage: de\nkind: self-massage\nsteps:\n  - say: Hallo.\n"
    (bench.folder / "s.yaml").write_text(text + "  - include: rise-slowly\n", encoding="utf-8")
    plan = json.loads(bench.run("plan", "s.yaml", "--json").out)
    spoken = " ".join(each["text"] for each in plan["utterances"])
    assert " the " not in spoken
    assert "nicht" in spoken
    assert "Before you begin" not in [chapter["title"] for chapter in plan["chapters"]]


@pytest.mark.parametrize("language", ["it", "pt-BR", "hi"])
def test_a_language_without_words_of_ours_says_which_words_are_missing(
    bench: Bench, language: str
) -> None:
    name = bench.script(
        f"language: {language}\nsteps:\n  - say: Ciao a tutti.\n"
        "  - hold: {breaths: 9}\n    ready: true\n    halfway: true\n    countdown: 3\n"
        "  - bell: bowl\n"
    )
    done = bench.run("check", name)
    for word in ("ready", "halfway"):
        assert word in done.text
    plan = bench.run("plan", name)
    assert "Halfway" not in plan.out
    assert "Three" not in plan.out


def test_a_block_without_a_translation_is_named(bench: Bench) -> None:
    name = bench.script("language: it\nsteps:\n  - say: Ciao.\n  - include: rise-slowly\n")
    done = bench.run("check", name)
    assert done.status == 3
    assert "the block 'rise-slowly' has no translation into 'it'" in done.out


def test_a_language_without_safety_words_is_reported(bench: Bench) -> None:
    (bench.folder / "s.yaml").write_text(
        "title: T\nlanguage: it\nsteps:\n  - say: Ciao a tutti.\n  - bell: bowl\n", "utf-8"
    )
    done = bench.run("check", "s.yaml")
    assert "safety" in done.text
    assert "medical advice" not in bench.run("plan", "s.yaml").out


def test_an_unknown_language_is_reported_by_check(bench: Bench) -> None:
    name = bench.script("language: xx\nsteps:\n  - say: Hello.\n  - bell: bowl\n")
    done = bench.run("check", name)
    assert "xx" in done.text


@pytest.mark.parametrize(
    "text",
    [
        "steps:\n  - say: Hello.\n    language: xx\n  - bell: bowl\n",
        "chapters:\n  - title: A\n    language: xx\n    steps:\n      - say: Hello.\n",
        "steps:\n  - repeat: 2\n    steps:\n      - say: Hello.\n        language: xx\n",
    ],
    ids=["line", "chapter", "inner line"],
)
def test_check_finds_every_line_whose_language_no_voice_speaks(bench: Bench, text: str) -> None:
    done = bench.run("check", bench.script(text))
    assert done.status == 3
    assert "there is no voice for the language “xx”" in done.out
    assert bench.run("check", bench.script(text.replace("xx", "it"))).status == 0


def test_labels_are_filled_in_and_unknown_values_in_them_are_errors(bench: Bench) -> None:
    good = bench.script(
        "values: {prop: ball}\nsummary: 'With a {prop}'\nchapters:\n"
        "  - title: '{side} side with the {prop}'\n    sides: both\n    steps:\n"
        "      - hold: 20s\n        label: '{side} {prop}'\n"
        "      - breathe: {pattern: belly, breaths: 2, label: 'with the {prop}'}\n"
        "      - rest: 9s\n        label: '{other_side}'\n      - bell: bowl\n",
        "good.yaml",
    )
    done = bench.run("plan", good)
    assert done.status == 0, done.text
    assert "{" not in done.out
    assert "right ball" in done.out.lower()
    assert "Right side with the ball" in done.out
    for step in ("hold: 20s", "rest: 9s", "breathe: coherent for 20s"):
        bad = bench.script(f"steps:\n  - {step}\n    label: '{{nonsense}}'\n  - bell: bowl\n")
        done = bench.run("check", bad)
        assert done.status == 3
        assert "{nonsense}" in done.text


def test_a_line_in_another_language_speaks_its_numbers_in_it(bench: Bench) -> None:
    name = bench.script(
        "steps:\n  - say: Comptez 43 pas.\n    voice: {engine: espeak, name: fr-fr}\n"
        "  - say: Count 43 steps.\n  - bell: bowl\n"
    )
    assert bench.render(name, "--with", "vtt").status == 0
    done = bench.run("say", "--explain", "--language", "fr-FR", "Comptez 43 pas.")
    assert "quarante-trois" in done.out


CUED = """language: {language}
steps:
  - hold: {hold}
    ready: true
    halfway: true
    countdown: {countdown}
    during:
      - {{at: 6s, say: One two three.}}
      - {{at: 15s, say: Four five six.}}
  - breathe: {{pattern: {pattern}, breaths: 2, cues: {cues}}}
  - bell: tick
"""


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(["en", "de", "es", "fr"]),
    st.integers(60, 250),
    st.sampled_from(["60s", "90s", "2m"]),
    st.integers(2, 5),
    st.sampled_from(["4-7-8", "box", "belly", "[3, 1, 3, 1]", "[0.5, 2.5]", "[1.2, 0.4, 1.2]"]),
    st.sampled_from(["spoken", "counted"]),
)
def test_cues_of_any_rate_are_in_the_timeline_or_in_a_warning(
    language: str, rate: int, hold: str, countdown: int, pattern: str, cues: str
) -> None:
    text = CUED.format(
        language=language, hold=hold, countdown=countdown, pattern=pattern, cues=cues
    )
    script, problems = read_source(f"title: T\nsafety: none\nvoice: {{rate: {rate}}}\n{text}")
    if script is None or any(problem.severity == "error" for problem in problems):
        assert problems  # told, and not rendered
        return
    try:
        planned = plan_session(script, Choices())
    except ScriptError:  # slow words that run into the next ones are told, not spoken
        return
    clips = planned.timeline.track("voice").clips
    heard = [clip.media.text for clip in clips if isinstance(clip.media, Take)]
    warned = " ".join(problem.message for problem in planned.warnings)
    for item in planned.fitted.plan.items:
        for cue, _, _ in item.phase_cues():
            words = {form.text for form in cue.alternatives}
            assert words & set(heard) or any(repr(word) in warned for word in words), words
    spoken = {utterance.text for utterance in planned.fitted.plan.utterances()}
    lost = {word for word in spoken if word not in heard and repr(word) not in warned}
    forms = {form.text for item in planned.fitted.plan.items
             for cue, _, _ in item.phase_cues() for form in cue.alternatives}  # fmt: skip
    assert lost <= forms  # said in another form
    for one, two in pairwise(clips):  # but for estimates, nothing is said over something else
        assert one.start + one.length * CERTAIN_SHARE <= two.start
