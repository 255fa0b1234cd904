"""Voices side by side in one session: equally loud in the file, and softer only where asked."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from mutagen.id3 import ID3

import psoas_audio
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.parse_choices import choose
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.master.gain import voice_lufs
from psoas_audio.master.loudness import energies
from psoas_audio.rendering.result import Rendered
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script, parse_script
from psoas_audio.timeline import Clip, Take

QUIET = Path(__file__).parents[1] / "speech" / "small_program.py"
LINES = (
    "Let the right knee soften, and fall a little to the side.",
    "Breathe all the way out, and wait there for a while.",
    "Notice how the floor holds your back from the head down.",
)
SCRIPT = f"""title: Two voices
safety: none
voice: {{engine: espeak, rate: 115}}
chapters:
  - title: One
    steps: ["{LINES[0]}", "{LINES[1]}"]
  - title: Two
    voice: {{engine: command, name: quiet}}
    steps: ["{LINES[0]}", "{LINES[1]}"]
  - title: Three
    voice: {{engine: pyttsx3}}
    steps: ["{LINES[2]}"]
"""


@pytest.fixture
def quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A voice 20 dB under any other."""
    program = tmp_path / "quiet.py"
    program.write_text(QUIET.read_text("utf-8").replace("9000 *", "900 *"), "utf-8")
    told = [sys.executable, str(program), "{text_file}", "{out}", "{rate}"]
    (tmp_path / "commands.toml").write_text(f"[quiet]\ncommand = {told!r}\n", "utf-8")
    monkeypatch.setenv("PSOAS_AUDIO_COMMANDS", str(tmp_path / "commands.toml"))


def rendered(folder: Path, text: str) -> Rendered:
    folder.mkdir(exist_ok=True)
    (folder / "voices.yaml").write_text(text, "utf-8")
    settings = Settings(folder / "voices.mp3", deep_check=True)
    return Session(Draft(load_script(folder / "voices.yaml"), choose(), settings)).render()


def spoken(made: Rendered) -> list[tuple[Clip, Take, np.ndarray]]:
    """Every line with what the finished file has at its place."""
    sound = soundfile.read(made.output, dtype="float32", always_2d=True)[0]
    clips = made.timeline.track("voice").clips
    return [(c, c.media, sound[c.start : c.end]) for c in clips if isinstance(c.media, Take)]


def lufs(parts: list[np.ndarray]) -> float:
    return voice_lufs(map(energies, parts))


@pytest.mark.usefixtures("quiet")
def test_voices_of_three_engines_are_equally_loud(tmp_path: Path) -> None:
    made = rendered(tmp_path, SCRIPT)
    heard: dict[str, list[np.ndarray]] = {}
    for _, take, sound in spoken(made):
        heard.setdefault(take.engine, []).append(sound)
    loud = {engine: lufs(parts) for engine, parts in heard.items()}
    assert loud.keys() == {"espeak", "command", "pyttsx3"}
    assert max(loud.values()) - min(loud.values()) < 0.5
    assert loud["espeak"] == pytest.approx(-16, abs=0.3)
    assert made.loudness.voice_lufs == pytest.approx(-16, abs=0.3)


@pytest.mark.usefixtures("quiet")
def test_an_edited_line_of_one_voice_moves_no_other_voice(tmp_path: Path) -> None:
    def gains(text: str) -> dict[str, float]:
        session = Session(Draft(parse_script(text), choose(), Settings(tmp_path / "x.mp3")))
        made = session.speak()
        return {u.engine: made.gains[u.take] for u in made.planned.utterances}

    before = gains(SCRIPT)
    after = gains(SCRIPT.replace(LINES[2], "Two."))
    assert before["espeak"] == after["espeak"]
    assert before["command"] == after["command"]
    assert before["pyttsx3"] != after["pyttsx3"]
    assert before["command"] - before["espeak"] > 12


ELASTIC = f"""
title: One gain
safety: none
voice: {{engine: espeak}}
chapters:
  - title: Begin
    steps: ["{LINES[0]}", {{rest: 5s-3m}}]
  - title: Sides
    sides: both
    steps:
      - say: Bring the {{side}} knee up. The {{other_side}} one rests.
      - repeat: 1-3
        steps: [{{say: "Round {{round}}.", guidance: reminder}}, {{hold: 5s}}]
  - title: If there is time
    priority: 1
    voice: {{engine: command, name: quiet}}
    steps: ["{LINES[1]}", {{rest: 10s}}]
"""


@pytest.mark.usefixtures("quiet")
def test_a_voice_has_one_gain_in_every_length_guidance_and_order_of_sides(tmp_path: Path) -> None:
    """Even where a voice of the script, or most of its rounds, are left out."""

    def gains(**chosen: str) -> dict[str, float]:
        draft = Draft(parse_script(ELASTIC), choose(**chosen), Settings(cache=tmp_path))
        made = Session(draft).speak()
        return {u.text: made.gains[u.take] for u in made.planned.utterances}

    everything = gains(length="4m15s")
    assert {LINES[1], "Round three."} < everything.keys()
    short = gains(length="50s")
    assert not {LINES[1], "Round three."} & short.keys()
    assert short.items() < everything.items()
    assert gains(guidance="bells").items() <= everything.items()
    assert gains(length="4m", start_side="left").items() <= everything.items()


def test_a_sinking_level_is_heard_and_is_not_a_fault(tmp_path: Path) -> None:
    text = f"""title: Softer
safety: none
voice: {{engine: espeak, level: 0 to -6 dB}}
steps: [{", ".join(f'{{say: "{line}"}}' for line in LINES)}]
"""
    made = rendered(tmp_path, text)
    level = {take.text: (clip.level, lufs([sound])) for clip, take, sound in spoken(made)}
    flat = rendered(tmp_path / "flat", text.replace(", level: 0 to -6 dB", ""))
    for _, take, sound in spoken(flat):
        asked, heard = level[take.text]
        assert heard - lufs([sound]) == pytest.approx(asked, abs=0.2)
    assert [asked for asked, _ in level.values()] == [0.0, -3.0, -6.0]


def test_a_hall_is_rendered_whole_and_as_loud(tmp_path: Path) -> None:
    text = f'title: T\nsafety: none\nvoice: {{engine: espeak}}\nsteps: [{{say: "{LINES[0]}"}}]\n'
    (tmp_path / "voices.yaml").write_text(text, "utf-8")
    loud, long = {}, {}
    for name in ("plain", "warm", "hall"):
        made = psoas_audio.render(
            tmp_path / "voices.yaml", tmp_path / f"{name}.mp3", treatment=name
        )
        ((clip, take, sound),) = spoken(made)
        assert take.treatment == name
        loud[name], long[name] = lufs([sound]), clip.length
    assert long["hall"] - long["plain"] == 600 * 48
    assert loud["warm"] == pytest.approx(loud["plain"], abs=0.6)  # the gain's step
    assert loud["hall"] == pytest.approx(loud["plain"], abs=0.6)


@pytest.mark.skipif(sys.platform != "linux", reason="pyttsx3 speaks with eSpeak NG on Linux")
@pytest.mark.usefixtures("quiet")
def test_a_session_names_its_voices_and_warns_once_of_those_that_may_not_be_sold(
    tmp_path: Path,
) -> None:
    (tmp_path / "voices.yaml").write_text(SCRIPT, "utf-8")
    made = psoas_audio.render(tmp_path / "voices.yaml", tmp_path / "out", outputs=("page",))
    assert made.as_json()["voices"] == ["command:quiet", "espeak:en-us+m7", "pyttsx3:en-us+m7"]
    assert [w for w in made.warnings if "sold" in w] == [
        "command:quiet: it is unclear whether a session with this voice may be sold"
        " (the terms of the program and its voice decide)"
    ]
    assert ID3(made.output)["TPE1"].text == ["quiet, Computer voice"]
    page = made.output.with_suffix(".html").read_text("utf-8")
    assert "Voice: quiet · the program&#39;s own · it is unclear whether" in page
    assert "Voice: Computer voice · GPL-3.0-or-later" in page
