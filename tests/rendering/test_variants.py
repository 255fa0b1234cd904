"""A file tells how to make it again: in its name, its tag and its timeline."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from mutagen.id3 import ID3, TXXX

import psoas_audio
from psoas_audio.cli.main import cli
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.parse_choices import choose
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.errors import LengthError, PsoasError
from psoas_audio.planning import Choices
from psoas_audio.provenance.read_provenance import find_source_script, read_provenance
from psoas_audio.rendering.result import Rendered
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script, parse_script
from psoas_audio.script.model import Guidance
from psoas_audio.timeline import from_json

SCRIPT = """title: Short
safety: none
chapters:
  - title: Arrive
    steps: [{say: Hello.}]
  - title: "{side}"
    sides: [right, left]
    steps: [{hold: 1-9s, fill: breath}]
"""
WISHES = {"length": "20s", "start_side": "left", "skip": ["Arrive"], "bed": "surf",
          "breath": "4,0,6", "rate": 120, "treatment": "warm"}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    folder = tmp_path_factory.mktemp("like")
    (folder / "short.yaml").write_text(SCRIPT, encoding="utf-8")
    return psoas_audio.render(folder / "short.yaml", folder, outputs=["timeline"], **WISHES)  # type: ignore[arg-type]


def test_the_file_name_has_the_choices(made: Rendered) -> None:
    assert made.output.name == "short-20s-left-first-breath-4-6-surf-without-arrive-120-warm.mp3"


@pytest.mark.parametrize("face", [0, 1])
def test_the_tag_and_the_timeline_record_the_choices(made: Rendered, face: int) -> None:
    told = read_provenance(made.files[face])
    assert replace(told.choices, automatic=()) == choose(**WISHES)  # type: ignore[arg-type]
    assert find_source_script(told, made.files[face]) == str(made.output.with_name("short.yaml"))


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(cli, list(map(str, arguments)))
    if isinstance(done.exception, PsoasError):
        raise done.exception
    return done.exit_code, done.stdout


def test_like_plans_the_same_and_other_options_override_it(made: Rendered) -> None:
    script = made.output.with_name("short.yaml")
    _, same = run("plan", script, "--like", made.output, "--json")
    assert json.loads(same)["samples"] == made.timeline.length
    _, other = run("plan", script, "--like", made.output, "--length", "15s", "--json")
    assert json.loads(other)["samples"] == 15 * 48_000


def test_like_makes_the_same_file_again(made: Rendered, tmp_path: Path) -> None:
    status, _ = run("render", "--like", made.output, "-o", tmp_path / "again", "-q")
    assert status == 0
    again = tmp_path / "again" / made.output.name
    assert again.read_bytes() == made.output.read_bytes()


def test_a_plan_shows_what_was_stretched_and_by_how_much(made: Rendered) -> None:
    script = made.output.with_name("short.yaml")
    _, told = run("plan", script, "--length", "20s")
    assert re.search(r"^  hold: \d\.?\d? s of 1 to 9 s \(\d+ %\)$", told, re.MULTILINE)
    _, plain = run("plan", script, "--length", "20s", "--json")
    [part] = json.loads(plain)["elastic"]
    assert (part["least"], part["most"], part["unit"]) == (48_000, 9 * 48_000, "samples")
    assert 48_000 < part["chosen"] < 9 * 48_000


@pytest.mark.parametrize("language", [None, "de", "es", "fr"])
@pytest.mark.parametrize("minutes", [8, 10, 15, 20, 30])
def test_the_ball_release_has_every_length_guidance_and_language_or_says_why_not(
    minutes: int, language: str | None, tmp_path: Path
) -> None:
    """By estimates: no line is spoken. Other languages may take longer than 8 minutes."""
    script = load_script("supine-ball-release")
    wish = minutes * 60 * 48_000
    found = set()
    for guidance in get_args(Guidance):
        choices = Choices(length=wish, guidance=guidance, language=language)
        session = Session(Draft(script, choices, Settings(cache=tmp_path)))
        try:
            timeline = session.draft.plan().timeline
        except LengthError as error:
            refused = error.hint
        else:
            assert minutes != 30
            assert timeline.length == wish
            voice = timeline.track("voice")
            found.add((timeline.markers, voice.gaps, timeline.track("bells").clips))
            assert len({marker.length for marker in timeline.markers if marker.side}) == 1
            continue
        assert minutes == 30 or (minutes == 8 and language)
        assert re.search(r"from 8:\d\d to 25:00 long", refused)
        reason = (
            "The 'length' at the top of the script"
            if minutes == 30
            else "These parts are elastic: "
        )
        assert reason in refused
    assert len(found) <= 1


def test_like_without_a_script_finds_the_script(made: Rendered) -> None:
    _, told = run("render", "--like", made.output, "--dry-run")
    assert made.output.name in told


def test_a_script_is_compared_with_what_it_made_last(made: Rendered) -> None:
    script = made.output.with_name("short.yaml")
    assert run("diff", script) == (0, "")
    changed = script.with_name("changed.yaml")
    changed.write_text(SCRIPT.replace("fill: breath}", "fill: breath}, {say: Rest.}"), "utf-8")
    status, told = run("diff", made.files[1], changed)
    assert status == 1
    assert "Lines: 2 new." in told


def test_two_timelines_are_compared(made: Rendered, tmp_path: Path) -> None:
    other = tmp_path / "other.timeline.json"
    text = made.files[1].read_text(encoding="utf-8")
    assert from_json(text) == made.timeline
    other.write_text(text.replace('"surf"', '"soft-rain"'), encoding="utf-8")
    status, told = run("diff", made.files[1], other)
    assert status == 1
    assert "The bed is soft-rain at -24 dB instead of surf at -24 dB." in told
    status, plain = run("diff", made.files[1], other, "--json")
    assert status == 1
    assert json.loads(plain)["differ"]


@pytest.mark.parametrize(
    "made_text",
    ["", "{", "[]", '{"of": "../../etc/passwd"}', '{"of": ".hidden"}', '{"of": 3}',
     '{"of": "a", "choices": {"length": "long"}}', "[" * 5000],
)  # fmt: skip
def test_a_hostile_file_is_refused(tmp_path: Path, made_text: str) -> None:
    mp3, timeline = tmp_path / "x.mp3", tmp_path / "x.timeline.json"
    tag = ID3()
    tag.add(TXXX(encoding=3, desc="made", text=[made_text]))
    tag.save(mp3)
    timeline.write_text(f'{{"made": {made_text or 0}}}', encoding="utf-8")
    for path in (mp3, timeline):
        with pytest.raises(PsoasError):
            read_provenance(path)


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"ID3\x03\x00\x00\x7f\x7f\x7f\x7f", b"{}"])
def test_a_file_of_another_program_is_refused(tmp_path: Path, content: bytes) -> None:
    for name in ("x.mp3", "x.json", "x"):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(PsoasError, match="doesn't say how it was made"):
            read_provenance(path)


def test_a_length_near_the_end_is_refused_by_what_was_measured_alone(tmp_path: Path) -> None:
    """Words of many letters and few syllables take less time than their letters say."""
    words = "Strengths stretched through thoughts. " * 4
    script = parse_script(f"title: T\nsafety: none\nsteps:\n  - say: {words}\n  - hold: 1-9s\n")

    def session(length: int | None, cache: str) -> Session:
        settings = Settings(output=tmp_path, cache=tmp_path / cache)
        return Session(Draft(script, Choices(length=length), settings))

    estimated = session(None, "empty").draft.plan().fitted.shortest
    wish = estimated - 2 * 48_000
    with pytest.raises(LengthError, match=r"estimated\.$"):
        session(wish, "empty").draft.plan()
    assert session(wish, "empty").speak().planned.timeline.length == wish
    far_too_short = session(estimated // 2, "other")
    with pytest.raises(LengthError) as caught:
        far_too_short.speak()
    assert "It can be from" in caught.value.hint
    assert far_too_short.draft.takes.made == 0
