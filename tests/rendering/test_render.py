"""A finished session: what was planned is what is heard, to the sample."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile
from mutagen.id3 import ID3

import psoas_audio
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.errors import OutputError, QcError, ScriptError
from psoas_audio.master.loudness import energies, integrated
from psoas_audio.planning import Choices
from psoas_audio.rendering.result import Rendered
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script
from psoas_audio.sound import tones
from psoas_audio.speech.line import Line
from psoas_audio.speech.take import TakeFacts
from psoas_audio.timeline import Breath, Clip, Take, from_json
from psoas_audio.units import SAMPLE_RATE, samples_to_ms

SCRIPT = """
title: Short
language: en-US
safety: none
bed: {sound: brown-noise, level: -30}
output: mono
chapters:
  - title: Arrive
    steps:
      - say: Let the right knee soften.
      - hold: 6s
        end: small-bell
  - title: Breathe
    steps:
      - breathe: {pattern: [2, 3], breaths: 3}
      - say: Thank you. Rest now.
"""

MS = SAMPLE_RATE // 1000


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("script") / "short.yaml"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def rendered(script: Path) -> Rendered:
    extras = ("timeline", "vtt", "transcript", "chapters", "page", "cover")
    return psoas_audio.render(script, script.parent / "out", outputs=extras)


@pytest.fixture(scope="module")
def decoded(rendered: Rendered) -> npt.NDArray[np.float32]:
    samples, rate = soundfile.read(rendered.output, dtype="float32", always_2d=True)
    assert rate == SAMPLE_RATE
    return samples[:, 0]


def lag(heard: npt.NDArray[np.float32], clip: Clip, media: npt.NDArray[np.float32]) -> int:
    """Samples by which *media* is heard later than the timeline says, within 20 ms."""
    reach = 20 * MS
    around = heard[clip.start - reach : clip.start + len(media) + reach].astype(np.float64)
    size = 1 << (len(around) + len(media)).bit_length()
    spectrum = np.fft.rfft(around, size) * np.conj(np.fft.rfft(media.astype(np.float64), size))
    return int(np.argmax(np.fft.irfft(spectrum, size)[: 2 * reach])) - reach


def test_the_decoded_length_is_the_planned_length(
    rendered: Rendered, decoded: npt.NDArray[np.float32]
) -> None:
    assert len(decoded) == rendered.timeline.length


def test_every_word_is_heard_where_the_timeline_says(
    rendered: Rendered, decoded: npt.NDArray[np.float32], script: Path
) -> None:
    session = Session(Draft(load_script(script), Choices(), Settings()))
    session.speak()
    clips = rendered.timeline.track("voice").clips
    assert len(clips) == 3
    for clip in clips:
        assert isinstance(clip.media, Take)
        assert abs(lag(decoded, clip, session.draft.takes.read(clip.media.id)[:, 0])) <= MS


def test_every_breath_phase_is_heard_where_the_timeline_says(
    rendered: Rendered, decoded: npt.NDArray[np.float32]
) -> None:
    for clip in rendered.timeline.track("breath").clips:
        assert isinstance(clip.media, Breath)
        breath = clip.media
        media = tones.tone(breath.kind, clip.length, breath.timbre, breath.soft, breath.version)
        assert abs(lag(decoded, clip, media[:, 0])) <= MS


def test_the_bell_rings_when_the_hold_is_over(
    rendered: Rendered, decoded: npt.NDArray[np.float32]
) -> None:
    hold = next(g for g in rendered.timeline.track("voice").gaps if g.kind == "hold")
    (bell,) = rendered.timeline.track("bells").clips
    assert hold.length == 6 * SAMPLE_RATE
    assert bell.start == hold.end
    before = np.abs(decoded[bell.start - 400 * MS : bell.start - 10 * MS]).max()
    after = np.abs(decoded[bell.start : bell.start + 50 * MS]).max()
    assert after > 4 * before


def test_the_voice_is_at_its_loudness(script: Path) -> None:
    session = Session(Draft(load_script(script), Choices(), Settings()))
    spoken = session.speak()
    timeline = spoken.planned.timeline
    mixer = session.mixer(spoken)
    voice = mixer.read(0, timeline.length, ("voice",))
    stereo = np.repeat(voice, 2, axis=1)
    assert integrated(energies(stereo)) == pytest.approx(-16, abs=0.5)


def test_chapters_in_the_tags_are_those_of_the_timeline(rendered: Rendered) -> None:
    tags = ID3(rendered.output)
    chapters = sorted(tags.getall("CHAP"), key=lambda frame: frame.start_time)
    markers = rendered.timeline.markers
    assert [str(c.sub_frames["TIT2"]) for c in chapters] == [m.title for m in markers]
    assert [c.start_time for c in chapters] == [samples_to_ms(m.start) for m in markers]
    assert tags.version == (2, 3, 0)


def test_the_timeline_beside_it_loads_back_equal(rendered: Rendered) -> None:
    path = next(p for p in rendered.files if p.name == "short.timeline.json")
    assert from_json(path.read_text(encoding="utf-8")) == rendered.timeline


def test_no_path_of_the_machine_gets_into_a_file(rendered: Rendered, script: Path) -> None:
    for path in rendered.files:
        assert str(script.parent).encode() not in path.read_bytes(), path.name


def test_a_second_render_speaks_nothing_and_gives_the_same_bytes(
    rendered: Rendered, script: Path, tmp_path: Path
) -> None:
    again = psoas_audio.render(script, tmp_path / "again.mp3")
    assert again.takes_made == 0
    assert again.output.read_bytes() == rendered.output.read_bytes()


def test_takes_that_another_render_makes_meanwhile_have_their_true_length(
    script: Path, rendered: Rendered, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(Draft(load_script(script), Choices(), Settings()))
    takes, asked = session.draft.takes, set[str]()
    known = takes.known

    def not_at_first(line: Line) -> TakeFacts | None:
        first = line.id not in asked
        asked.add(line.id)
        return None if first else known(line)

    monkeypatch.setattr(takes, "known", not_at_first)
    assert session.speak().planned.timeline == rendered.timeline


def test_a_segment_for_pydub_is_as_long_as_the_timeline(rendered: Rendered) -> None:
    segment = rendered.audio_segment()
    assert segment.frame_count() == rendered.timeline.length
    assert segment.frame_rate == SAMPLE_RATE


def test_an_existing_file_is_not_replaced_without_force(rendered: Rendered, script: Path) -> None:
    before = rendered.output.read_bytes()
    with pytest.raises(OutputError, match="already exists"):
        psoas_audio.render(script, rendered.output)
    assert rendered.output.read_bytes() == before


def test_a_failure_leaves_only_the_old_file(rendered: Rendered, script: Path) -> None:
    before = {p.name: p.read_bytes() for p in rendered.output.parent.iterdir()}
    broken = script.with_name("broken.yaml")
    cue = "{at: 5s, say: This is far too long for what is left of it.}"
    broken.write_text(SCRIPT.replace("hold: 6s", f"hold: 6s\n        during: [{cue}]"))
    with pytest.raises(ScriptError) as caught:
        psoas_audio.render(broken, rendered.output, overwrite=True)
    assert [p.rule for p in caught.value.problems if p.severity == "error"] == ["hold-too-short"]
    assert {p.name: p.read_bytes() for p in rendered.output.parent.iterdir()} == before


def test_a_faulty_file_is_not_published(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The fault is real: a mixer that goes far over full scale behind the limiter's back.
    from psoas_audio.master.limiter import Limiter

    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path / "cache"))
    loud = Limiter.read
    monkeypatch.setattr(Limiter, "read", lambda self, a, b: loud(self, a, b) * np.float32(8))
    with pytest.raises(QcError, match="not published"):
        psoas_audio.render(script, tmp_path / "out" / "loud.mp3")
    assert list((tmp_path / "out").iterdir()) == []


def test_json_has_what_programs_need(rendered: Rendered) -> None:
    plain = json.loads(json.dumps(rendered.as_json()))
    assert plain["samples"] == rendered.timeline.length
    assert [c["title"] for c in plain["chapters"]] == ["Arrive", "Breathe"]
    assert plain["loudness"]["true_peak_dbtp"] <= -1
    assert set(plain["takes"]) == {"made", "reused"}


def test_a_session_without_a_word_is_made_and_reported_in_plain_json(tmp_path: Path) -> None:
    path = tmp_path / "tones.yaml"
    path.write_text("title: T\nsafety: none\nsteps: [{breathe: box for 16s}]\n", encoding="utf-8")
    plain = json.dumps(psoas_audio.render(path, tmp_path).as_json(), allow_nan=False)
    assert json.loads(plain)["loudness"]["voice_lufs"] is None
