"""The bed that the page makes of a minute of frames is at the level of the mixed one."""

from __future__ import annotations

import json
import math
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import bed_twin
import numpy as np
import pytest
import soundfile
from living_example import example_script
from node_scripts import needs_node, run_in_node

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.web.face import session_face
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.encode.mp3_formats import Mp3Format
from psoas_audio.encode.mp3_frames import frame_count
from psoas_audio.living.bed import BED_FORMATS, LivingBed, _loop_frames, living_bed
from psoas_audio.mix import Media, bed_levels
from psoas_audio.planning import Choices
from psoas_audio.rendering.media import SessionMedia
from psoas_audio.rendering.session import Session
from psoas_audio.script.model import Script
from psoas_audio.sound.bed import Loop
from psoas_audio.timeline import Timeline


def bed_of(script: Script) -> tuple[LivingBed, Timeline]:
    draft = Draft(script, Choices(bed="soft-rain"), Settings())
    session = Session(draft)
    timeline = session.speak().planned.timeline
    media = SessionMedia(draft.script, draft.takes, session.best_effort_cache)
    return living_bed(draft, timeline, media), timeline


def as_plain(bed: LivingBed, face: dict[str, Any], form: Mp3Format) -> dict[str, Any]:
    plain = bed.as_json(range(len(face["chapters"])), 0, form.size)
    return json.loads(json.dumps(plain))


@needs_node
@pytest.mark.parametrize("channels", [1, 2])
def test_node_and_python_make_the_same_bed(channels: int, tmp_path: Path) -> None:
    form = BED_FORMATS[channels]
    bed, timeline = bed_of(example_script(channels=channels))
    face = session_face(timeline, Details("Ball"))
    plain = as_plain(bed, face, form)
    (tmp_path / "loop.bin").write_bytes(bed.frames)
    granules = 2 * frame_count(timeline.length)
    run_in_node(
        ("joiner.js", "bed.js"),
        "const levels = bedLevels(face, numbers, bed, -3, 2 * frameCount(samples));\n"
        "writeFile('bed.mp3', bedMp3(form, readFile('loop.bin'), samples, levels));",
        tmp_path,
        face=face,
        numbers=list(range(len(face["chapters"]))),
        bed=plain,
        samples=timeline.length,
        form={
            "header": form.header.hex(),
            "size": form.size,
            "kbps": form.kbps,
            "channels": form.channels,
            "lowpass": form.lowpass,
        },
    )
    numbers = range(len(face["chapters"]))
    levels = bed_twin.levels(face, numbers, plain, -3.0, granules)
    expected = bed_twin.bed_mp3(form, bed.frames, timeline.length, levels)
    assert (tmp_path / "bed.mp3").read_bytes() == expected


def test_the_bed_swells_and_fades_as_the_mixed_one_does() -> None:
    bed, timeline = bed_of(example_script())
    face = session_face(timeline, Details("Ball"))
    granules = 2 * frame_count(timeline.length)
    numbers = range(len(face["chapters"]))
    levels = np.array(
        bed_twin.levels(face, numbers, as_plain(bed, face, BED_FORMATS[1]), 0.0, granules)
    )
    mixed = dict(bed_levels(timeline))[timeline.track("bed").clips[0].id]
    places = np.clip(np.arange(granules) * 576 - 288, 0, timeline.length - 1)
    gains = np.array([mixed.gain(int(place), int(place) + 1)[0] for place in places])
    expected = 20 * np.log10(np.maximum(gains, 1e-9)) + timeline.track("bed").level - bed.top
    audible = expected > -50
    assert np.abs(levels - expected)[audible].max() < 0.1


def test_a_step_of_gain_is_a_factor_without_loss() -> None:
    form, length = BED_FORMATS[1], 199 * 1152
    bed, _ = bed_of(example_script())

    def decoded(steps: int) -> np.ndarray:
        levels = [steps * bed_twin.STEP_DB] * (2 * frame_count(length))
        mp3 = bed_twin.bed_mp3(form, bed.frames, length, levels)
        samples, _ = soundfile.read(BytesIO(mp3), dtype="float64")
        return samples

    plain, lower = decoded(0), decoded(-6)
    residue = np.mean((lower - plain * 2 ** (-6 / 4)) ** 2) / np.mean(plain**2)
    assert 10 * math.log10(residue) < -60


@pytest.mark.parametrize("seconds", [0.5, 7.3, 31.7])
def test_a_loop_of_any_length_repeats_without_a_seam(seconds: float) -> None:
    period = round(seconds * 48_000) + 77
    time = np.arange(period)[:, np.newaxis]
    whole = round(440 * period / 48_000)
    loop = Loop((0.2 * np.sin(2 * np.pi * whole * time / period)).astype(np.float32))

    class OneLoop:
        def loop(self, name: str) -> Loop:
            return loop

    form = BED_FORMATS[1]
    frames = _loop_frames(cast(Media, OneLoop()), "own", 0.0, form)
    assert len(frames) % form.size == 0
    heard, _ = soundfile.read(BytesIO(4 * frames), dtype="float32")
    middle = heard[1152 * 20 : -1152 * 20]
    # A seam in a tone is a jump, which is steeper than the tone ever is.
    steepest = 0.2 * 2 * np.pi * whole / period
    assert np.abs(np.diff(middle)).max() < 1.05 * steepest
    assert np.abs(middle).max() == pytest.approx(0.2, rel=0.05)
