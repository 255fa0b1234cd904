"""Several people speak: each has a voice, and captions, transcript and page name them."""

from __future__ import annotations

from pathlib import Path

import pytest

import psoas_audio
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.text.captions import captions, srt, vtt
from psoas_audio.deliver.text.transcript import transcript
from psoas_audio.deliver.web.page import listener_page
from psoas_audio.timeline.model import Take, Timeline

HEAD = """title: A talk between two
kind: talk
safety: none
"""
TALK = f"""{HEAD}speakers:
  guide: {{rate: 110}}
  friend: {{title: Dr. Ana, pitch: 40, rate: 125}}
steps:
  - guide: Where does the psoas begin?
  - friend: At the lower spine. It ends at the thigh.
  - say: And what does it do?
    speaker: guide
    rate: 100
  - say: Now breathe.
  - friend: [Yes.]
"""


def script_with(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "talk.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def talk(tmp_path: Path) -> Timeline:
    return psoas_audio.plan(script_with(tmp_path, TALK)).timeline


def takes(timeline: Timeline) -> list[Take]:
    return [clip.media for clip in timeline.track("voice").clips if isinstance(clip.media, Take)]


def test_each_line_is_its_speaker_s_in_their_voice(talk: Timeline) -> None:
    assert [(take.speaker, take.rate) for take in takes(talk)] == [
        ("Guide", 110),
        ("Dr. Ana", 125),
        ("Dr. Ana", 125),
        ("Guide", 100),
        ("", 115),
        ("Dr. Ana", 125),
    ]


def test_captions_name_who_speaks(talk: Timeline) -> None:
    web, plain = vtt(captions(talk)), srt(captions(talk))
    assert "<v Guide>Where does the psoas begin?</v>" in web
    assert "\nNow breathe.\n" in web
    assert plain.count("Dr. Ana:") == 2
    assert "Guide: And what does it" in plain


def test_transcript_and_page_name_who_speaks(talk: Timeline) -> None:
    text = transcript(talk, Details("A talk"))
    assert "Dr. Ana: At the lower spine. It ends at the thigh.\n" in text
    assert "\n\nNow breathe.\n" in text
    assert "<b>Dr. Ana:</b>" in listener_page(talk, Details("A talk"), b"")


def test_a_session_of_one_voice_names_nobody(tmp_path: Path) -> None:
    one = psoas_audio.plan(script_with(tmp_path, f"{HEAD}steps: [Breathe.]\n")).timeline
    assert "<v" not in vtt(captions(one))
    assert "<b>" not in listener_page(one, Details("One"), b"").split("<details", 1)[1]


def test_a_block_names_the_speakers_of_its_script(tmp_path: Path) -> None:
    (tmp_path / "chat.yaml").write_text("steps: [{say: Hello., speaker: friend}]\n", "utf-8")
    text = TALK.replace("  - say: Now breathe.\n", "  - include: chat.yaml\n")
    spoken = takes(psoas_audio.plan(script_with(tmp_path, text)).timeline)
    assert [take.speaker for take in spoken if take.text == "Hello."] == ["Dr. Ana"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  - frend: Hello.", "Did you mean 'friend'?"),
        ("  - {say: Hello., speaker: frind}", "there is no speaker called 'frind'. Did you mean"),
        ("  - {friend: Hello., guide: Hi.}", "this has 'friend' and 'guide'"),
    ],
)
def test_a_mistake_gets_its_cure(tmp_path: Path, line: str, told: str) -> None:
    problems = psoas_audio.check(script_with(tmp_path, f"{TALK}{line}\n"))
    assert told in " ".join(problem.sentence for problem in problems), problems


def test_keys_of_steps_are_not_speakers(tmp_path: Path) -> None:
    text = f"{HEAD}speakers: {{hold: {{rate: 110}}, 'my friend': {{}}}}\nsteps: [Breathe.]\n"
    problems = psoas_audio.check(script_with(tmp_path, text))
    assert [problem.rule for problem in problems] == ["speaker-name", "bad-value"]


def test_a_speaker_without_speakers_says_what_to_add(tmp_path: Path) -> None:
    text = f"{HEAD}steps: [{{say: Hello., speaker: friend}}]\n"
    (problem,) = psoas_audio.check(script_with(tmp_path, text))
    assert "Add it to 'speakers:'" in problem.sentence
