"""How well a voice says three hundred lines of one to three words, and how cleanly they begin and end.

    python benchmarks/short_lines.py MODEL[,MODEL] ENGINE:VOICE …

The lines are the shortest of the shipped sessions, the words that lead breath and movement, counts,
and short instructions made of parts of the body. Each is a take at 115 words a minute, as a session
has it. For each voice: lines in which a listener mishears anything (with two models, only what both
mishear), takes that begin to be heard more than 20 ms after their start (within 40 dB of their
loudest), and takes whose last 5 ms are above -60 dBFS.
"""

from __future__ import annotations

import argparse
from itertools import product

import numpy as np

from listening import LANGUAGE, line_of
from psoas_audio import library
from psoas_audio.cache.local import Cache, default_folder
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.listening.hear import LineAudio, hear_lines
from psoas_audio.listening.transcriber import Transcriber, find_transcriber
from psoas_audio.planning import Choices
from psoas_audio.script.load import load_script
from psoas_audio.speech.takes import Takes
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
ONSET_BELOW_DB = 40
LATEST_ONSET_MS = 20
TAIL = ms_to_samples(5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("models")
    parser.add_argument("voices", nargs="+")
    asked = parser.parse_args()
    models = [Transcriber(find_transcriber(name)) for name in asked.models.split(",")]
    texts = short_lines()
    print(f"{len(texts)} lines, {sum(len(text.split()) for text in texts)} words")
    print(
        "| voice | lines misheard | onset, ms: 98 %, all | ends above -60 dBFS |\n|---|---|---|---|"
    )
    for voice in asked.voices:
        judge(models, voice, texts)


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
    takes = Takes(Cache(default_folder()))
    engine, _, name = voice.partition(":")
    lines = {text: line_of(text, engine, name) for text in texts}
    takes.make(lines.values())
    samples = [takes.read(lines[text].id)[:, 0] for text in texts]
    audio = [
        LineAudio(number, text, take, SAMPLE_RATE, LANGUAGE)
        for number, (text, take) in enumerate(zip(texts, samples, strict=True))
    ]
    heard = [list(hear_lines(model, audio)) for model in models]
    wrong = [
        (same[0].comparison.said, same[0].comparison.heard)
        for same in zip(*heard, strict=True)
        if min(line.comparison.wrong_words for line in same)
    ]
    late = sum(onset_ms(take) > LATEST_ONSET_MS for take in samples)
    loud = sum(gain_to_db(float(np.abs(take[-TAIL:]).max())) > -60 for take in samples)
    print(f"| {voice} | {len(wrong)} | {late} | {loud} |", flush=True)
    for said, found in wrong:
        print("   ", " ".join(said), "→", " ".join(found))


def onset_ms(take: np.ndarray) -> float:
    """When *take* begins to be heard, in ms after its start."""
    threshold = float(np.abs(take).max()) * db_to_gain(-ONSET_BELOW_DB)
    return float(np.argmax(np.abs(take) > threshold)) / SAMPLE_RATE * 1000


if __name__ == "__main__":
    main()
