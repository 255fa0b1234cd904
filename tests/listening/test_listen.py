"""A real listener hears real voices: good ones, and those with planted faults."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner, Result

import psoas_audio
from psoas_audio.audio import Mono
from psoas_audio.cli.main import cli
from psoas_audio.errors import PsoasError, TranscriptionError
from psoas_audio.listening.hear import LineAudio, hear_lines
from psoas_audio.listening.report import report_lines
from psoas_audio.listening.session import listen_to_session
from psoas_audio.listening.transcriber import Transcriber, find_transcriber
from psoas_audio.timeline.file import read_timeline
from psoas_audio.timeline.model import Take, Timeline
from psoas_audio.timeline.serialization import to_json

SCRIPT = """
title: Words
safety: none
voice: {engine: espeak, name: en-us, rate: 130}
bed: {sound: soft-rain, level: -24}
steps:
  - say: Place one hand on your belly and the other on your chest.
  - rest: 8s
  - say: Press the heel into the floor.
  - say: Stay here for thirty seconds.
  - bell: small-bell
  - say: You may keep your eyes closed.
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session, rendered with its timeline."""
    folder = tmp_path_factory.mktemp("words")
    script = folder / "words.yaml"
    script.write_text(SCRIPT, encoding="utf-8")
    return psoas_audio.render(script, folder / "words.mp3", outputs=["timeline"]).output


def timeline_of(session: Path) -> Timeline:
    return read_timeline(session.with_name("words.timeline.json"))


def with_text(timeline: Timeline, old: str, new: str) -> Timeline:
    """*timeline* of a session in which *new* was to be said where *old* was."""
    voice, *others = timeline.tracks
    clips = tuple(
        replace(clip, media=replace(clip.media, text=new, word_starts=()))
        if isinstance(clip.media, Take) and clip.media.text == old
        else clip
        for clip in voice.clips
    )
    assert clips != voice.clips
    return replace(timeline, tracks=(replace(voice, clips=clips), *others))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def error(*arguments: str | Path) -> str:
    """What a command that fails tells."""
    failed = run(*arguments).exception
    assert isinstance(failed, PsoasError)
    return failed.report()


def test_a_good_session_has_no_faults_and_the_same_ones_every_time(
    session: Path, listener: Transcriber
) -> None:
    timeline = timeline_of(session)
    done: list[tuple[int, int]] = []
    words = listen_to_session(session, timeline, listener, on_heard=lambda *at: done.append(at))
    assert (words.faults, words.lines, words.said) == ((), 4, 29)
    assert words.error_rate <= 0.04
    assert done == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert listen_to_session(session, timeline, listener) == words


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            "Press the heel into the floor.",
            "Press the heel into the floor again.",
            "“again” is missing",
        ),
        (
            "You may keep your eyes closed.",
            "Change to the left side.",
            "was heard as",
        ),
        (
            "You may keep your eyes closed.",
            "You may keep your eyes open.",
            "“open” was heard as its opposite, “closed”",
        ),
    ],
)
def test_a_word_or_a_line_that_was_not_said_is_listed_at_its_place(
    session: Path, listener: Transcriber, old: str, new: str, what: str
) -> None:
    timeline = with_text(timeline_of(session), old, new)
    words = listen_to_session(session, timeline, listener)
    (start,) = [
        c.start for c in timeline.track("voice").clips if getattr(c.media, "text", "") == new
    ]
    (fault,) = words.as_json()["faults"]
    assert fault["start"] == start / 48_000
    assert fault["said"] == new
    assert what in fault["what"]
    (warning,) = words.warnings()
    assert new in warning


def test_a_word_said_twice_is_listed(session: Path, listener: Transcriber) -> None:
    written, said = "Press the heel into the floor.", "Press the heel into the floor, the floor."
    script = session.with_name("twice.yaml")
    script.write_text(SCRIPT.replace(written, said), encoding="utf-8")
    rendered = psoas_audio.render(script, session.with_name("twice.mp3"))
    words = listen_to_session(
        rendered.output, with_text(rendered.timeline, said, written), listener
    )
    (fault,) = [each for each in words.as_json()["faults"] if each["said"] == written]
    assert "twice" in fault["what"]


def test_qc_lists_words_as_warnings_and_never_fails_for_them(session: Path, model: str) -> None:
    answer = run("qc", "--words", session, "--model", model, "--json")
    assert answer.exit_code == 0
    words = json.loads(answer.stdout)["words"]
    assert words["faults"] == []
    assert words["said"] == 29
    assert words["error_rate"] <= 0.04

    spoilt = session.with_name("spoilt.json")
    timeline = with_text(
        timeline_of(session), "Stay here for thirty seconds.", "Come up and drink some water."
    )
    spoilt.write_text(to_json(timeline), encoding="utf-8")
    told = run("qc", "--words", session, "--model", model, "--timeline", spoilt)
    assert told.exit_code == 0
    assert "warning: at 0:" in told.stdout
    assert "words in 4 lines were misheard by" in told.stdout


def test_render_listens_when_asked(session: Path, model: str, tmp_path: Path) -> None:
    answer = run(
        "render", session.with_name("words.yaml"), "-o", tmp_path, "--listen", "--model", model
    )
    assert answer.exit_code == 0, answer.output
    assert "words in 4 lines were misheard by" in answer.stdout


def test_a_listener_times_the_words_of_an_engine_that_does_not(
    model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_AUDIO_LISTENER", model)
    found = []
    for engine in ("espeak", "pyttsx3"):
        script = tmp_path / f"{engine}.yaml"
        script.write_text(SCRIPT.replace("espeak", engine), encoding="utf-8")
        rendered = psoas_audio.render(script, tmp_path, outputs=["word-captions", "timeline"])
        timeline = read_timeline(tmp_path / f"{engine}.timeline.json")
        found.append([clip.media.word_starts for clip in timeline.track("voice").clips])
        assert not [text for text in rendered.warnings if "captions by word" in text]
        cues = (tmp_path / f"{engine}.words.vtt").read_text(encoding="utf-8")
        assert cues.count("<00:") > 15
    told, heard = (np.array([start for line in lines for start in line]) for lines in found)
    assert len(told) == len(heard)
    off = np.abs(told - heard) / 48_000
    assert np.median(off) < 0.12
    assert off.max() < 0.6


def test_voices_check_says_how_well_a_voice_is_understood(model: str) -> None:
    answer = run("voices", "check", "espeak:en-us", "--model", model, "--json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert found["voice"] == "espeak:en-us"
    assert found["words"]["lines"] == 16
    assert found["words"]["error_rate"] < 0.3


def test_a_listener_for_english_says_that_it_knows_no_other_language(
    session: Path, listener: Transcriber
) -> None:
    if listener.knows("de"):
        pytest.skip("this model knows many languages")
    with pytest.raises(TranscriptionError, match="only understands English"):
        listen_to_session(session, replace(timeline_of(session), language="de"), listener)


def test_a_missing_listener_or_model_is_reported_with_what_to_do(
    session: Path, tmp_path: Path, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setenv("PSOAS_AUDIO_LISTENER", "base")
    assert "hf download Systran/faster-whisper-base" in error("qc", "--words", session)

    told = error("qc", "--words", session, "--model", tmp_path)
    assert "model.bin, config.json, tokenizer.json is missing" in told

    for part in Path(model).iterdir():
        shutil.copy(part, tmp_path)
    (tmp_path / "model.bin").write_bytes(b"not a model")
    assert "can't be loaded" in error("qc", "--words", session, "--model", tmp_path)

    lonely = tmp_path / "alone.flac"  # an MP3 would carry its timeline
    soundfile.write(lonely, np.full(48_000, 0.1), 48_000)
    told = error("qc", "--words", lonely, "--model", model)
    assert "without the session's timeline" in told


def test_a_model_that_was_downloaded_before_is_found_by_its_name_or_without(
    model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    monkeypatch.delenv("PSOAS_AUDIO_LISTENER", raising=False)
    kept = tmp_path / "models--Systran--faster-whisper-base.en"
    shutil.copytree(model, kept / "snapshots" / "abc")
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text("abc", encoding="utf-8")
    for found in (find_transcriber("base.en"), find_transcriber(None, "en-GB")):
        assert (found.name, found.folder) == ("base.en", kept / "snapshots" / "abc")
    with pytest.raises(TranscriptionError, match="no speech recognition model"):
        find_transcriber(None, "de")  # this one knows English only


def test_a_missing_listener_is_reported_before_anything_is_spoken(
    session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    answer = run("render", session.with_name("words.yaml"), "-o", tmp_path, "--listen")
    assert answer.exit_code == 1
    assert "pip install 'psoas-audio[listen]'" in answer.output
    assert list(tmp_path.iterdir()) == []


class Parrot:
    """Hears the same words whatever is said, as a model does that is caught in a loop."""

    name, workers = "parrot", 1

    def __init__(self, words: str) -> None:
        self.words = words

    def hear(self, samples: Mono, rate: int, language: str) -> str:
        return self.words


def test_a_listener_that_repeats_itself_is_reported() -> None:
    lines = [LineAudio(0, "Let it go.", np.zeros(48_000, np.float32), 48_000, "en")]
    heard = hear_lines(Parrot("and the " * 20), lines)  # type: ignore[arg-type]
    (fault,) = report_lines("parrot", heard).as_json()["faults"]
    assert fault["what"] == "the model understood nothing and repeated itself"


def test_memory_is_taken_for_a_few_lines_at_a_time() -> None:
    taken = 0

    def lines() -> Iterator[LineAudio]:
        nonlocal taken
        for _ in range(1000):
            taken += 1
            yield LineAudio(0, "Rest.", np.zeros(48_000, np.float32), 48_000, "en")

    first = next(hear_lines(Parrot("rest"), lines()))  # type: ignore[arg-type]
    assert first.text == "Rest."
    assert taken < 100
