"""A session with long silences keeps to levels at which nobody has to touch the volume."""

from __future__ import annotations

from pathlib import Path

import pytest

import psoas_audio
from psoas_audio.qc import examine

SCRIPT = """title: Floor
safety: none
bed: {bed}
steps:
  - say: Let the right knee soften, and let the breath come and go as it likes. Rest.
  - hold: 30s
  - say: Let the left knee soften as well, and let the floor carry it. Rest.
  - hold: 8s
  - breathe: {{pattern: [4, 6], breaths: 3}}
  - say: Let the breath come and go as it likes once more.
  - rest: 25s
  - say: Stay as long as you like.
"""


@pytest.mark.parametrize("bed", ["soft-rain", "surf"])
def test_voice_tones_and_silences_are_within_15_lu(tmp_path: Path, bed: str) -> None:
    script = tmp_path / "floor.yaml"
    script.write_text(SCRIPT.format(bed=bed), encoding="utf-8")
    made = psoas_audio.render(script, tmp_path, outputs=[])
    figures = examine(made.output, made.timeline, target=-16.0).figures
    assert figures["loudness_range_lu"] <= 15.0
    assert figures["bed_below_voice_lu"] >= 20.0
    assert figures["voice_lufs"] == pytest.approx(-16.0, abs=0.5)
    assert figures["true_peak_dbtp"] <= -1.0
