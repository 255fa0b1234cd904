"""A session in a neural voice from nothing: psoas-audio against a plain loop over its engine.

    python benchmarks/natural.py [--minutes 30] [--runs 1] [--engine kokoro|piper] [--voice NAME]
                                 [--python PATH] [--edits N] [--edits-only]

The plain loop is what one writes in an afternoon: speech for each line, silence between them, an MP3
by pydub. For Kokoro it calls ``Kokoro.create`` of kokoro-onnx, which is given the same model, and takes
as many threads as it takes by itself; for Piper it runs the ``piper`` command once a line. Both loops
need ffmpeg. ``--python`` names an interpreter for the loop that has pydub, and kokoro-onnx or
piper-tts. psoas-audio mixes, masters, checks and tags as well. Each runs in a process of its own,
psoas-audio with an empty cache. Printed are wall and CPU time, the memory of all processes together,
and *x real*: seconds of the session's speech made in each second.

With ``--edits N``, so many lines are reworded after that, one at a time. What each render takes longer
than speaking its line alone (starting a worker, loading the model, the line) is given in T, the time of
``lame -q 3`` for the whole session. ``--edits-only`` leaves out the loop. The results are in
docs/decisions/0026-a-natural-voice.md.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import render
import soundfile
import study
from arguments import parser_of

from psoas_audio.speech.engines._voice_folder import voice_folder
from psoas_audio.speech.engines.kokoro.files import STYLE_SIZE, STYLES, find_model, read_voice
from psoas_audio.timeline.file import read_timeline
from psoas_audio.units import SAMPLE_RATE

JOIN = """
def join(lines, segment_of):
    session = AudioSegment.silent(0, 24_000)
    for text, length in lines:
        spoken = segment_of(text)
        session += spoken
        session += AudioSegment.silent(max(0, int(length * 1000) - len(spoken)), 24_000)
    session.export("loop.mp3", format="mp3", bitrate="96k")
"""
KOKORO_LOOP = f"""
import json, sys
import numpy as np
from kokoro_onnx import Kokoro
from pydub import AudioSegment
{JOIN}
kokoro = Kokoro("model.onnx", "voices.npz")

def segment_of(text):
    samples, rate = kokoro.create(text, voice=sys.argv[1], speed=0.8, lang="en-us")
    pcm = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
    return AudioSegment(pcm, frame_rate=rate, sample_width=2, channels=1)

join(json.load(open("lines.json")), segment_of)
"""
PIPER_LOOP = f"""
import json, subprocess, sys
from pydub import AudioSegment
{JOIN}
def segment_of(text):
    command = [sys.executable, "-m", "piper", "-m", sys.argv[1], "--length-scale", "1.25"]
    subprocess.run([*command, "-f", "line.wav", "--", text], check=True)
    return AudioSegment.from_wav("line.wav")

join(json.load(open("lines.json")), segment_of)
"""
ALONE = """
import sys, tempfile, time
from pathlib import Path
from psoas_audio.cache.local import Cache
from psoas_audio.errors import Mark
from psoas_audio.speech.line import Line
from psoas_audio.speech.takes import Takes

engine, voice, text = sys.argv[1:]
line = Line("one", text, engine, voice, 115, 50, "en-US", Mark("study.yaml", 1, 1))
with tempfile.TemporaryDirectory() as folder:
    takes = Takes(Cache(Path(folder)))
    begun = time.perf_counter()
    takes.make([line])
    print(time.perf_counter() - begun)
"""
VOICES = {"kokoro": "af_heart", "piper": "en_US-joe-medium"}


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--engine", choices=VOICES, default="kokoro")
    parser.add_argument("--voice")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--edits", type=int, default=0)
    parser.add_argument("--edits-only", action="store_true")
    asked = parser.parse_args()
    voice = asked.voice or VOICES[asked.engine]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = folder / "study.yaml"
        script.write_text(study.script(asked.minutes, engine=asked.engine), encoding="utf-8")
        lines = [study.line(number) for number in range(asked.minutes * 6)]
        seconds = asked.minutes * 60 / len(lines)
        plain = json.dumps([[line, seconds] for line in lines])
        (folder / "lines.json").write_text(plain, encoding="utf-8")
        if asked.engine == "kokoro":
            put_kokoro(folder, voice)
            loop = [asked.python, "-c", KOKORO_LOOP, voice]
        else:
            loop = [asked.python, "-c", PIPER_LOOP, str(voice_folder() / f"{voice}.onnx")]
        ours = [
            *(sys.executable, "-m", "psoas_audio", "render", str(script), "-o", "ours.mp3", "-f"),
            *("--engine", asked.engine, "--voice", voice, "-q", "--with", "timeline"),
        ]
        if asked.edits_only:
            render.measured(ours, folder)
            edited_lines(asked, voice, ours, script)
            return
        costs: dict[str, list[render.Cost]] = {"plain loop": [], "psoas-audio": []}
        for _ in range(asked.runs):
            costs["plain loop"].append(render.measured(loop, folder))
            shutil.rmtree(folder / "cache", ignore_errors=True)
            costs["psoas-audio"].append(render.measured(ours, folder))
        cold = (folder / "ours.mp3").read_bytes()
        subprocess.run(ours, cwd=folder, env=render.surroundings(folder), check=True)
        spoken = seconds_of_speech(folder / "ours.timeline.json")
        print(f"{asked.engine}, {voice}: {len(lines)} lines, {spoken / 60:.1f} minutes of speech")
        print(f"{'way':<14} {'wall s':>8} {'CPU s':>8} {'tree MB':>8} {'x real':>7}")
        for way, found in costs.items():
            wall, cpu, tree = (
                statistics.median(getattr(cost, key) for cost in found)
                for key in ("wall", "cpu", "tree")
            )
            print(f"{way:<14} {wall:8.1f} {cpu:8.1f} {tree:8.0f} {spoken / wall:7.1f}")
        ratios = [
            one.wall / other.wall
            for one, other in zip(costs["psoas-audio"], costs["plain loop"], strict=True)
        ]
        print(f"wall, ours / loop: {statistics.median(ratios):.2f}")
        same = cold == (folder / "ours.mp3").read_bytes()
        print(f"rendered again from the cache: {'the same bytes' if same else 'OTHER BYTES'}")
        edited_lines(asked, voice, ours, script)


def edited_lines(asked: argparse.Namespace, voice: str, ours: list[str], script: Path) -> None:
    """Reword lines, one at a time, after a render of all of them."""
    if not asked.edits:
        return
    soundfile.write(script.with_name("ours.wav"), *soundfile.read(script.with_name("ours.mp3")))
    lame = ["lame", "--quiet", "-q", "3", "--cbr", "-b", "96", "ours.wav", "bare.mp3"]
    t = statistics.median(render.measured(lame, script.parent).wall for _ in range(3))
    more = []
    for edit in range(asked.edits):
        at = asked.minutes * 6 * (edit + 1) // (asked.edits + 1)
        text = study.line(at).replace("Let the", "Let that")
        edited = study.script(asked.minutes, engine=asked.engine, edited={at: text})
        script.write_text(edited, encoding="utf-8")
        alone = subprocess.run(
            [sys.executable, "-c", ALONE, asked.engine, voice, text],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        whole = render.measured(ours, script.parent).wall
        more.append((whole - float(alone.stdout)) / t)
        print(f"a reworded line: {whole:.2f} s; its speech alone {float(alone.stdout):.2f} s")
    print(f"besides its speech: {statistics.median(more):.3f} T (T = {t:.2f} s)")


def put_kokoro(folder: Path, voice: str) -> None:
    """Write the model and the voice for the loop into *folder*."""
    model = find_model()
    if model is None:
        sys.exit("Kokoro is not installed: pip install 'psoas-audio[natural]'")
    (folder / "model.onnx").write_bytes(model.read())
    numbers = np.frombuffer(read_voice(voice), "<f4").reshape(STYLES, 1, STYLE_SIZE)
    np.savez(folder / "voices.npz", **{voice: numbers})


def seconds_of_speech(timeline: Path) -> float:
    """How long all lines of the session are together, with the pauses inside them."""
    clips = read_timeline(timeline).track("voice").clips
    return sum(clip.length for clip in clips) / SAMPLE_RATE


if __name__ == "__main__":
    main()
