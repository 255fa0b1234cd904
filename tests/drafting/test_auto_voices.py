"""Which voice speaks if nobody has chosen one, and what is reported when it changes."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import psoas_audio
from psoas_audio.cli.main import cli
from psoas_audio.drafting.parse_choices import choose
from psoas_audio.drafting.prepare import prepare_script
from psoas_audio.errors import SpeechError
from psoas_audio.provenance.read_provenance import read_provenance
from psoas_audio.speech import automatic
from psoas_audio.speech.engines import ENGINES
from psoas_audio.speech.engines.kokoro.files import INT8, VOICE_BYTES
from psoas_audio.studio.preview import Preview

SCRIPT = """title: Short
safety: none
voice: {rate: 140}
steps:
  - say: Rest here.
  - {say: Let go., voice: {name: en-us}}
"""


@pytest.fixture
def no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PSOAS_AUDIO_ENGINE")


@pytest.fixture
def kokoro(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_choice: None) -> Path:
    """Kokoro as far as a plan can see: a model and the voice Heart, which can't speak."""
    pytest.importorskip("onnxruntime")
    folder = tmp_path / "voices" / "kokoro"
    folder.mkdir(parents=True)
    (folder / INT8.name).write_bytes(b"model")
    (folder / "af_heart.bin").write_bytes(bytes(VOICE_BYTES))
    monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(folder.parent))
    return folder


def engines(text: str, **options: str) -> list[tuple[str, str]]:
    """Engine and voice of each line, with nothing spoken."""
    planned = psoas_audio.plan(psoas_audio.parse_script(text), **options)
    return [(clip.media.engine, clip.media.voice) for clip in planned.timeline.track("voice").clips]


def test_a_natural_voice_speaks_if_none_is_named(kokoro: Path) -> None:
    assert engines(SCRIPT) == [("kokoro", "af_heart"), ("pyttsx3", "en-us")]
    auto = SCRIPT.replace("rate: 140", "engine: auto")
    assert engines(auto)[0] == ("kokoro", "af_heart")
    assert engines(SCRIPT, engine="espeak")[0][0] == "espeak"
    german = SCRIPT.replace("title: Short", "title: Kurz\nlanguage: de")
    assert engines(german)[0][0] == "pyttsx3"


def test_a_voice_is_known_by_its_human_name(kokoro: Path) -> None:
    assert automatic.voice_named("Heart") == ("kokoro", "af_heart")
    assert engines(SCRIPT, voice="Heart")[0] == ("kokoro", "af_heart")
    assert automatic.voice_named("af_heart*0.8+af_nicole*0.2")[0] == "kokoro"
    assert automatic.voice_named("en-us+f3") == ("pyttsx3", "en-us+f3")


def test_a_blend_is_known_however_it_is_written_and_an_invalid_one_is_reported(
    kokoro: Path,
) -> None:
    (kokoro / "af_nicole.bin").write_bytes(bytes(VOICE_BYTES))
    blend = ("kokoro", "af_heart*0.8+af_nicole*0.2")
    for name in (blend[1], "Heart*0.8+Nicole*0.2", "af_heart * .8 + nicole*0.2"):
        assert automatic.voice_named(name) == blend
        assert engines(SCRIPT, voice=name)[0] == blend
    for name, told in {
        "af_heart*0.8+af_nicole*0.3": "sum to 1.1 instead of 1",
        "af_heart*1+af_nicole*0": "sum to 1, but one of them is 0",
        "Heart*0.5+af_heart*0.5": "has af_heart twice",
        "Heart*0.8+Nobody*0.2": "there is no Kokoro voice “Nobody”",
        "af_heart*0.8+joe-medium*0.2": "not the name of a Kokoro voice or a blend",
        "af_heart*-1+af_nicole*2": "not the name of a Kokoro voice or a blend",
        "af_heart+af_nicole": "not the name of a Kokoro voice or a blend",
        "Heart+Nicole": "not the name of a Kokoro voice or a blend",
        "af_heart*0.8+": "not the name of a Kokoro voice or a blend",
    }.items():
        with pytest.raises(SpeechError, match=told):
            engines(SCRIPT, voice=name)


def test_the_system_speaks_without_a_natural_voice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_choice: None
) -> None:
    monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(tmp_path))
    monkeypatch.setattr(automatic, "is_ready", lambda language: False)
    assert engines(SCRIPT)[0] == ("pyttsx3", "")


def test_an_engine_can_be_set_for_all_scripts(
    kokoro: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_AUDIO_ENGINE", "espeak")
    assert engines(SCRIPT)[0] == ("espeak", "")


def test_a_change_of_voice_is_a_warning_and_like_keeps_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "short.yaml"
    script.write_text(SCRIPT, encoding="utf-8")
    made = psoas_audio.render(script, tmp_path)
    assert dict(read_provenance(made.output).choices.automatic) == {"en-US": "pyttsx3:"}
    assert not made.warnings
    monkeypatch.setenv("PSOAS_AUDIO_ENGINE", "espeak")
    again = CliRunner().invoke(cli, ["render", "-f", str(script), "-o", str(made.output), "--json"])
    told = json.loads(again.stdout)
    assert told["voices"][0].startswith("espeak:")
    assert "was spoken by pyttsx3 and is now spoken by espeak" in told["warnings"][0]
    assert "--engine pyttsx3 keeps the old voice" in told["warnings"][0]
    # By its own record, the new file is now one of espeak's: no second warning.
    monkeypatch.setenv("PSOAS_AUDIO_ENGINE", "pyttsx3")
    like = ["render", "--like", str(made.output), str(script), "-f", "-o", str(made.output)]
    kept = CliRunner().invoke(cli, [*like, "--json"])
    told = json.loads(kept.stdout)
    assert told["voices"][0].startswith("espeak:")
    assert not told["warnings"]


def test_a_chosen_voice_is_not_recorded_as_automatic(tmp_path: Path) -> None:
    script = psoas_audio.parse_script(SCRIPT)
    chosen = choose(engine="espeak")
    ready = prepare_script(script, chosen)
    assert ready.auto_voices.by_name == {"en-us": ("pyttsx3", "en-us")}
    made = psoas_audio.render(script, tmp_path, engine="espeak")
    assert read_provenance(made.output).choices.automatic == ()


def test_a_file_without_a_record_of_its_voice_is_reported(tmp_path: Path) -> None:
    script = tmp_path / "short.yaml"
    script.write_text(SCRIPT.replace("rate: 140", "engine: espeak"), encoding="utf-8")
    made = psoas_audio.render(script, tmp_path)
    script.write_text(SCRIPT, encoding="utf-8")
    again = psoas_audio.render(script, tmp_path, overwrite=True)
    assert again.output == made.output
    assert any("doesn't say which voice spoke before" in text for text in again.warnings)


@pytest.fixture
def two_voices(kokoro: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Kokoro's voices Heart and Michael, which are spoken by eSpeak NG."""
    (kokoro / "am_michael.bin").write_bytes(bytes(VOICE_BYTES))
    speaking = kokoro.parent / "speaking.py"
    speaking.write_text(
        "from psoas_audio.speech.engines.espeak import Espeak\n"
        "from psoas_audio.speech.engines.kokoro.engine import Kokoro as Real, _chosen\n"
        "from dataclasses import replace\n"
        "class Kokoro(Real):\n"
        "    def rates(self, voice):\n"
        "        return ()\n"
        "    def speak(self, request):\n"
        "        said = Espeak().speak(replace(request, voice='en-us'))\n"
        "        return replace(said, voice=_chosen(request).name)\n"
    )
    monkeypatch.syspath_prepend(str(kokoro.parent))
    monkeypatch.setenv("PYTHONPATH", str(kokoro.parent))
    monkeypatch.setitem(ENGINES, "kokoro", "speaking:Kokoro")
    return kokoro


OPEN = "title: Short\nsafety: none\nvoice: {VOICE}\nsteps: [Rest here.]\n"


@pytest.mark.parametrize("voice", ["rate: 140", "engine: auto", "engine: kokoro"])
def test_a_voice_that_was_removed_or_installed_is_never_replaced_in_silence(
    two_voices: Path, tmp_path: Path, voice: str
) -> None:
    script = tmp_path / "short.yaml"
    script.write_text(OPEN.replace("VOICE", voice), encoding="utf-8")
    first = psoas_audio.render(script, tmp_path)
    assert first.voices == ("kokoro:af_heart",)
    assert not first.warnings
    old = first.output.rename(tmp_path / "old.mp3")
    (two_voices / "af_heart.bin").rename(two_voices / "away")
    other = psoas_audio.render(script, tmp_path)
    assert other.voices == ("kokoro:am_michael",)
    old.replace(other.output)
    gone = psoas_audio.render(script, tmp_path, overwrite=True)
    assert "was spoken by kokoro:af_heart and is now spoken by kokoro:am_mich" in gone.warnings[0]
    assert (
        "the old voice isn't available any more: there is no Kokoro voice “af_heart”"
        in gone.warnings[0]
    )
    (two_voices / "away").rename(two_voices / "af_heart.bin")
    back = psoas_audio.render(script, tmp_path, overwrite=True)
    assert "--voice kokoro:am_michael keeps the old voice" in back.warnings[0]


def test_sites_living_pages_and_programmes_report_another_voice(
    two_voices: Path, tmp_path: Path
) -> None:
    (site := tmp_path / "site").mkdir()
    (site / "short.yaml").write_text(OPEN.replace("VOICE", "rate: 140"), encoding="utf-8")
    (site / "days.yaml").write_text(
        "title: Days\nweeks: [{days: [{day: 1, session: short}]}]\n", encoding="utf-8"
    )
    commands = (
        ["publish", str(site), "--base-url", "https://example.org/"],
        ["living", str(site / "short.yaml"), "-f", "-o", str(tmp_path / "short.html")],
        ["programme", "render", str(site / "days.yaml"), "-o", str(tmp_path / "days")],
    )
    for command in commands:
        made = CliRunner().invoke(cli, command)
        assert (made.exit_code, "spoken" in made.stderr) == (0, False), made.output
    (two_voices / "af_heart.bin").rename(two_voices / "away")
    for command in commands:
        made = CliRunner().invoke(cli, command)
        assert made.exit_code == 0
        assert "was spoken by kokoro:af_heart and is now spoken by kokoro:am_m" in made.stderr


def test_watch_reports_another_voice_once_and_shows_it(
    two_voices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    script = tmp_path / "short.yaml"
    script.write_text(OPEN.replace("VOICE", "rate: 140"), encoding="utf-8")
    psoas_audio.render(script, tmp_path)
    (two_voices / "af_heart.bin").rename(two_voices / "away")
    told: list[str] = []
    preview = Preview(str(script), choose(), told.append)

    def remarks(version: int) -> list[str]:
        end = time.monotonic() + 60
        while (played := preview.version(version)) is None:
            assert time.monotonic() < end, preview.state(-1, 0)
            time.sleep(0.02)
        return [remark.message for remark in played.remarks if remark.name == "voice-changed"]

    def save(words: str) -> None:
        script.with_suffix(".new").write_text(OPEN.replace("VOICE", words), encoding="utf-8")
        script.with_suffix(".new").replace(script)

    preview.start()
    try:
        assert remarks(1) == told
        assert "short.mp3 was spoken by kokoro:af_heart and is now spoken by kokoro:am" in told[0]
        save("rate: 130")
        assert remarks(2) == told  # shown as long as it is so, and told only once
        assert len(told) == 1
        # Without a finished file, what counts is how the preview itself began.
        (tmp_path / "short.mp3").unlink()
        (two_voices / "away").rename(two_voices / "af_heart.bin")
        save("rate: 120")
        assert remarks(3) == told[1:]
        assert "short.yaml was spoken by kokoro:am_michael and is now spoken by kok" in told[1]
        save("name: af_heart")
        assert remarks(4) == []
    finally:
        preview.stop()
        preview._thread.join(30)


@pytest.mark.parametrize("voice", ["rate: 140", "engine: kokoro"])
def test_like_keeps_a_voice_or_refuses_where_it_is_gone(
    two_voices: Path, tmp_path: Path, voice: str
) -> None:
    script = tmp_path / "short.yaml"
    script.write_text(OPEN.replace("VOICE", voice), encoding="utf-8")
    heart = psoas_audio.render(script, tmp_path / "heart.mp3").output
    (two_voices / "af_heart.bin").rename(two_voices / "away")
    michael = psoas_audio.render(script, tmp_path / "michael.mp3").output
    refused = rendered_like(heart)
    assert refused.exit_code == 1
    assert "was spoken by kokoro:af_heart: there is no Kokoro voice" in refused.stderr
    assert "choose another voice with --voice" in refused.stderr
    told = json.loads(rendered_like(heart, "--voice", "Michael").stdout)
    assert told["voices"] == ["kokoro:am_michael"]
    (two_voices / "away").rename(two_voices / "af_heart.bin")
    told = json.loads(rendered_like(michael).stdout)
    assert told["voices"] == ["kokoro:am_michael"]
    assert told["warnings"] == []


def rendered_like(finished: Path, *options: str) -> Result:
    script, output = finished.with_name("short.yaml"), finished.with_name("new.mp3")
    words = ["render", str(script), "--like", str(finished), "-f", "-o", str(output), "--json"]
    return CliRunner().invoke(cli, [*words, *options])


def test_only_what_is_left_open_is_recorded_even_if_it_is_the_same_voice(tmp_path: Path) -> None:
    def recorded(script: str) -> dict[str, str]:
        made = psoas_audio.render(psoas_audio.parse_script(script), tmp_path, overwrite=True)
        return dict(read_provenance(made.output).choices.automatic)

    named, by_name = "voice: {engine: pyttsx3}", "voice: {name: en-us}"
    script = "title: Short\nsafety: none\n{}\nsteps: [Rest here.{}]\n"
    automatic = {"en-US": "pyttsx3:"}
    assert recorded(script.format("", "")) == automatic
    assert recorded(script.format("voice: {engine: auto}", "")) == automatic
    assert recorded(script.format(named, "")) == {}
    assert recorded(script.format(by_name, "")) == {}
    line = ", {say: Go., voice: {engine: auto}}"
    assert recorded(script.format(named, line)) == automatic
    assert recorded(script.format("voice: {engine: espeak}", line)) == automatic
