"""The advice that is given if a natural voice is missing, or another model would be faster."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tiny_voice import write_voice

import psoas_audio
from psoas_audio import doctor
from psoas_audio.cli.main import cli
from psoas_audio.speech.engines.kokoro import engine, files
from psoas_audio.speech.installation.natural_advice import natural_advice

THORSTEN = "psoas-audio voices install piper:de_DE-thorsten-medium"
UNCLEAR = "it is unclear whether sessions may be sold: CC0 data, but fine-tuned from lessac"
SCRIPT = "title: Kurz\nlanguage: de\nsafety: none\nsteps: [Lass das Knie sinken.]\n"


@pytest.fixture
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of voices, and no engine chosen."""
    monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(tmp_path))
    monkeypatch.delenv("PSOAS_AUDIO_ENGINE")
    return tmp_path


def test_german_advice_says_which_voice_with_which_verdict(voices: Path) -> None:
    for told in (
        natural_advice("de"),
        CliRunner().invoke(cli, ["voices", "--language", "de"]).stdout,
        CliRunner().invoke(cli, ["doctor"]).stdout,
    ):
        assert THORSTEN in told
        assert UNCLEAR in told
        assert "a speech server can speak it too" in told


@pytest.mark.parametrize("line", ["", "voice: {rate: 120}\n", "voice: {engine: auto}\n"])
def test_a_render_by_a_computer_voice_says_what_to_install(voices: Path, line: str) -> None:
    script = psoas_audio.parse_script(line + SCRIPT)
    made = psoas_audio.render(script, voices / "out.mp3")
    (told,) = (text for text in made.warnings if "no natural voice" in text)
    assert "for German is installed, so a computer voice speaks" in told
    assert THORSTEN in told


def test_a_chosen_computer_voice_is_no_reason_to_advise(
    voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for line in ("voice: {engine: espeak}\n", "voice: {engine: pyttsx3}\n"):
        made = psoas_audio.render(
            psoas_audio.parse_script(line + SCRIPT), voices / "out.mp3", overwrite=True
        )
        assert not made.warnings
    monkeypatch.setenv("PSOAS_AUDIO_ENGINE", "pyttsx3")
    made = psoas_audio.render(psoas_audio.parse_script(SCRIPT), voices / "set.mp3")
    assert not made.warnings


def test_there_is_no_advice_where_a_natural_voice_is_installed(voices: Path) -> None:
    pytest.importorskip("piper")
    write_voice(voices, "de_DE-tiny-low")
    settings = voices / "de_DE-tiny-low.onnx.json"
    settings.write_text(settings.read_text().replace("en_US", "de_DE"))
    assert natural_advice("de") == ""
    assert natural_advice("de-AT") == ""
    assert "Piper may have one" in natural_advice("sv")


def test_a_language_of_kokoro_is_advised_to_take_it(
    voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "find_model", lambda: None)
    assert "psoas-audio[natural]" in natural_advice("en-GB")
    assert "psoas-audio voices install kokoro" in natural_advice("fr")


def test_doctor_says_which_precision_to_take(
    voices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speeds = {"int8": 2.0, "fp32": 1.0}
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(doctor, "list_voices", lambda name: [name])
    monkeypatch.setattr(doctor, "_speed_of_kokoro", speeds.__getitem__)
    monkeypatch.setattr(files, "_package_folder", lambda name: None)
    folder = voices / "kokoro"
    folder.mkdir()

    def told() -> tuple[str, str]:
        (found,) = (d for d in doctor.diagnose() if d.part == "kokoro")
        return found.found, found.hint

    (folder / files.FP32.name).write_bytes(b"fp32")
    assert told()[1] == ""
    (folder / files.INT8.name).write_bytes(b"int8")
    both = "1 natural voices, int8, at 2.0 × real time on one core; fp32 1.0 ×"
    assert told() == (both, "")
    (folder / files.FP32.name).unlink()
    assert told() == (both, "")  # it remembers
    (folder / files.FP32.name).write_bytes(b"fp32")
    monkeypatch.setenv("PSOAS_AUDIO_KOKORO", "fp32")
    assert told()[1].startswith("Take int8, which is faster here")
    assert "voices install kokoro --precision int8" in told()[1]
    speeds |= {"int8": 0.3, "fp32": 0.3}
    assert told()[1].startswith("If nothing else was running, this is slow. Try fp16")
