"""How well voices say short lines in a finished session, and how cleanly these begin and end there.

    python benchmarks/short_lines.py MODEL[,MODEL] ENGINE:VOICE … [--lines 100]

The lines, of one to three words, are cues for breath and movement, counts, the shortest lines of the
shipped sessions, and short instructions made of parts of the body. Of the 300 lines each voice says
every third, the first voice from the first line on, the second from the second, and so on; with
``--lines 300``, all of them. Each voice renders one MP3 at 115 words a minute without a bed, which is
decoded. For each voice it prints the lines in which a listener mishears anything (with two models, only
what both mishear), how far from its place in the timeline a line begins to be heard (within 40 dB of
its loudest), and how many lines are above -60 dBFS more than 30 ms after their end. The table is in
docs/listening.md.
"""

from __future__ import annotations

import tempfile
from itertools import product
from pathlib import Path

import numpy as np
import soundfile
from arguments import parser_of

import psoas_audio
from psoas_audio import library
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.listening.session import hear_session
from psoas_audio.listening.transcriber import Transcriber, find_transcriber
from psoas_audio.planning import Choices
from psoas_audio.script.load import load_script, parse_script
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import SAMPLE_RATE, db_to_gain, gain_to_db, ms_to_samples

COUNT = 300
CUES = [
    "In.",
    "Out.",
    "Left.",
    "Right.",
    "Hold.",
    "Rest.",
    "Breathe.",
    "Halfway.",
    "Again.",
    "Ready.",
    "Slowly.",
    "Soften.",
    "Release.",
    "Lower.",
    "Lift.",
    "Press.",
    "Switch.",
    "Relax.",
    "Pause.",
    "Continue.",
    "Gently.",
    "Deeper.",
    "Softer.",
    "Enough.",
    "Stop.",
    "Good.",
    "Change.",
]
COUNTS = [
    "One.",
    "Two.",
    "Three.",
    "Four.",
    "Five.",
    "Six.",
    "Seven.",
    "Eight.",
    "Nine.",
    "Ten.",
    "Eleven.",
    "Twelve.",
    "Fifteen.",
    "Twenty.",
]
PHRASES = [
    "Three, two, one.", "Five, four, three.", "One, two, three.", "Get ready.", "And rest.", "Let go.",
    "Other side.", "And release.", "Hold it there.", "Left side.", "Right side.", "Last one.",
    "Two more.", "Ten seconds.", "One minute.", "Half a minute.", "Breathe slowly.", "Breathe low.",
    "Long breath out.", "Once more.", "Change sides.", "Nearly there.", "Stay with it.", "Ease off.",
]  # fmt: skip
PARTS = ("hand", "foot", "knee", "hip", "heel", "shoulder", "elbow", "leg", "arm")
DEEDS = ("Lift", "Lower", "Soften", "Bend", "Rest", "Press", "Relax", "Move")
RATE = 115
ONSET_BELOW_DB = 40
EARLIEST, FARTHEST_MS = ms_to_samples(100), 20
"""How long before its place the beginning of a line is looked for, and how far from it it may be."""
TAIL = ms_to_samples(30)


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("models")
    parser.add_argument("voices", nargs="+")
    parser.add_argument("--lines", type=int, default=100)
    asked = parser.parse_args()
    models = [Transcriber(find_transcriber(name)) for name in asked.models.split(",")]
    texts, step = short_lines(), max(1, COUNT // asked.lines)
    print(
        "| voice | lines | misheard | onset, ms: earliest, median, latest |"
        f" over {FARTHEST_MS} ms off | tails above -60 dBFS |\n|---|---|---|---|---|---|"
    )
    for number, voice in enumerate(asked.voices):
        judge(models, voice, texts[number % step :: step])


def short_lines() -> list[str]:
    """Lines of one to three words, always the same."""
    shipped = {
        utterance.text
        for name in library.script_names()
        for utterance in Draft(load_script(name), Choices(), Settings()).plan().utterances
        if len(utterance.text.split()) <= 3
    }
    made = [
        f"{deed} the {part}." if number % 3 else f"{deed} your {part}."
        for number, (deed, part) in enumerate(product(DEEDS, PARTS))
    ]
    made += [f"{side} {part}, {deed.lower()}." for side, part, deed in product(
        ("Left", "Right"), PARTS, DEEDS
    )]  # fmt: skip
    lines = dict.fromkeys((*CUES, *COUNTS, *PHRASES, *sorted(shipped), *made))
    return list(lines)[:COUNT]


def judge(models: list[Transcriber], voice: str, texts: list[str]) -> None:
    """Print a row about *voice*, the lines that are misheard, and those that begin elsewhere."""
    engine, _, name = voice.partition(":")
    steps = [{"say": text} for text in texts]
    script = parse_script({"title": "Short lines", "safety": "none", "steps": steps}, name="short")
    with tempfile.TemporaryDirectory() as folder:
        rendered = psoas_audio.render(
            script, Path(folder), engine=engine, voice=name or None, rate=RATE, bed="none"
        )
        heard = [list(hear_session(rendered.output, rendered.timeline, model)) for model in models]
        sound = soundfile.read(rendered.output, dtype="float32", always_2d=True)[0][:, 0]
    wrong = [
        (same[0].comparison.said, same[0].comparison.heard)
        for same in zip(*heard, strict=True)
        if min(line.comparison.wrong_words for line in same)
    ]
    places, loud = edges(np.abs(sound), rendered.timeline)
    far = {text: ms for text, ms in zip(texts, places, strict=True) if abs(ms) > FARTHEST_MS}
    onsets = f"{min(places):.0f}, {np.median(places):.0f}, {max(places):.0f}"
    print(f"| {voice} | {len(texts)} | {len(wrong)} | {onsets} | {len(far)} | {loud} |", flush=True)
    for said, found in wrong:
        print("   ", " ".join(said), "→", " ".join(found))
    for text, ms in far.items():
        print(f"    {text}: {ms:.0f} ms", flush=True)


def edges(loudness: np.ndarray, timeline: Timeline) -> tuple[list[float], int]:
    """Where each line begins to be heard, in ms after its place, and how many have a loud tail.

    *loudness*: absolute samples of the decoded session, ``(n,)``.
    """
    clips = sorted(timeline.track("voice").clips, key=lambda clip: clip.start)
    places, loud = [], 0
    for clip, after in zip(
        clips, [*(clip.start for clip in clips[1:]), len(loudness)], strict=True
    ):
        first = max(0, clip.start - EARLIEST)
        line = loudness[first : clip.end]
        onset = int(np.argmax(line > line.max() * db_to_gain(-ONSET_BELOW_DB)))
        places.append((first + onset - clip.start) / SAMPLE_RATE * 1000)
        tail = loudness[clip.end + TAIL : after - EARLIEST]
        loud += gain_to_db(float(tail.max(initial=0.0))) > -60
    return places, loud


if __name__ == "__main__":
    main()
