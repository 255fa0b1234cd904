"""How loud the voice is made: by the script, by the command line, and as it was before."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import psoas_audio
from psoas_audio.cli.main import cli
from psoas_audio.drafting.parse_choices import choose
from psoas_audio.errors import PsoasError
from psoas_audio.provenance.read_provenance import read_provenance, read_target_lufs
from psoas_audio.qc import examine

SCRIPT = """title: Short
safety: none
bed: surf
steps:
  - Let the right knee soften, and let the breath come and go as it likes.
  - Let the left knee soften as well, and rest.
"""


@pytest.mark.parametrize("target", [-18.0, -23.0])
@pytest.mark.parametrize("where", ["header", "choice"])
def test_the_decoded_voice_is_at_the_target(tmp_path: Path, target: float, where: str) -> None:
    script = tmp_path / "short.yaml"
    header = f"target: {target:g}\n" if where == "header" else "target: -14\n"
    script.write_text(header + SCRIPT, encoding="utf-8")
    wishes = {} if where == "header" else {"target": target}
    made = psoas_audio.render(script, tmp_path, outputs=["timeline"], **wishes)  # type: ignore[arg-type]
    figures = examine(made.output, made.timeline, target=target).figures
    assert figures["voice_lufs"] == pytest.approx(target, abs=0.7)
    assert figures["bed_below_voice_lu"] > 20
    assert [read_target_lufs(path) for path in made.files[:2]] == [target, target]
    if where == "choice":
        assert made.output.name == f"short-{-target:g}-lufs.mp3"
        assert read_provenance(made.output).choices.target == target
        told = read_provenance(made.files[1]).choices
        assert replace(told, automatic=()) == choose(target=target)


def test_qc_judges_the_voice_against_the_recorded_target(tmp_path: Path) -> None:
    script = tmp_path / "short.yaml"
    script.write_text(SCRIPT, encoding="utf-8")
    made = psoas_audio.render(script, tmp_path, outputs=["timeline"], target=-23)

    def qc(*arguments: str) -> tuple[int, list[str]]:
        done = CliRunner().invoke(cli, ["qc", str(made.output), "--json", *arguments])
        return done.exit_code, [fault["name"] for fault in json.loads(done.output)["faults"]]

    assert qc() == (0, [])
    assert qc("--target", "-16") == (1, ["voice-level"])


@pytest.mark.parametrize("form", ["wav", "flac", "opus"])
def test_qc_judges_the_other_formats_too(tmp_path: Path, form: str) -> None:
    if form == "opus" and shutil.which("ffmpeg") is None:
        pytest.skip("needs ffmpeg")
    script = tmp_path / "short.yaml"
    script.write_text(SCRIPT, encoding="utf-8")
    made = psoas_audio.render(script, tmp_path / f"a.{form}", outputs=["timeline"])
    done = CliRunner().invoke(cli, ["qc", str(made.output)])
    assert done.exit_code == 0, done.output
    done = CliRunner().invoke(cli, ["qc", str(made.output), "--target", "-23"])
    assert (done.exit_code, "[voice-level]" in done.output) == (1, True)


@pytest.mark.tools
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
@pytest.mark.parametrize("output", ["mono", "stereo"])
def test_ffmpeg_reads_a_real_session_the_same(tmp_path: Path, output: str) -> None:
    script = tmp_path / "real.yaml"
    script.write_text(
        f"output: {output}\n{SCRIPT}  - breathe: coherent for 3 breaths\n  - hold: 15s\n"
        "    end: bowl\n  - Come back when you are ready.\n",
        encoding="utf-8",
    )
    made = psoas_audio.render(script, tmp_path)
    figures = examine(made.output, made.timeline).figures
    twice = "true" if output == "mono" else "false"
    meter = f"ebur128=peak=true:dualmono={twice}"
    said = subprocess.run(
        ["ffmpeg", "-nostats", "-i", str(made.output), "-af", meter, "-f", "null", "-"],
        capture_output=True, text=True, check=True,
    ).stderr  # fmt: skip
    summary = said[said.rindex("Summary:") :]
    read = {n: float(re.search(rf"{n}:\s+(-?[\d.]+)", summary)[1]) for n in ("I", "LRA", "Peak")}  # type: ignore[index]
    assert figures["integrated_lufs"] == pytest.approx(read["I"], abs=0.1)
    assert figures["loudness_range_lu"] == pytest.approx(read["LRA"], abs=0.3)
    assert figures["true_peak_dbtp"] == pytest.approx(read["Peak"], abs=0.3)


@pytest.mark.parametrize("target", [-31, -5, float("nan")])
def test_an_impossible_target_is_refused(target: float) -> None:
    with pytest.raises(PsoasError, match="target") as caught:
        choose(target=target)
    assert caught.value.hint


@pytest.mark.tools
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
@pytest.mark.parametrize("form", ["m4a", "opus"])
def test_a_codec_that_overshoots_is_given_lower_peaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr("psoas_audio.rendering.mp3_session.CEILING_DBTP", -0.2)  # too little room
    script = tmp_path / "loud.yaml"
    script.write_text(f"target: -14\n{SCRIPT}".replace("bed: surf\n", ""), encoding="utf-8")
    made = psoas_audio.render(script, tmp_path / f"loud.{form}")
    assert made.loudness.true_peak_dbtp <= -1.0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
