"""A speech program: a tone a word from a text file into a WAV file, at a rate."""

import array
import math
import sys
import wave
from pathlib import Path

text, out, rate = Path(sys.argv[1]).read_text(encoding="utf-8"), sys.argv[2], float(sys.argv[3])
assert sys.stdin.read() == text
if "fail!" in text:
    sys.exit("no breath left")
samples = array.array("h")
tone = [int(9000 * math.sin(2 * math.pi * n / 125)) for n in range(125)]
for _ in text.split():
    length = int(16_000 * 48 / rate)
    samples.extend((tone * (length // 125))[: int(0.8 * length)])
    samples.extend([0] * (length - int(0.8 * length)))
if "nothing!" not in text:
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(samples)
if "torn!" in text:
    whole = Path(out).read_bytes()
    Path(out).write_bytes(whole[: len(whole) // 2])
