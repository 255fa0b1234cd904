"""How many words of each voice a listener mishears, and which planted faults it finds.

    python benchmarks/listening.py MODEL[,MODEL] ENGINE:VOICE|FILE.mp3 … [--lines 60] [--seed 1]
        [--rate 115] [--good-only]

A voice says lines of the shipped English sessions, at a rate in words a minute. Then it says them with
faults (unless ``--good-only``): every fourth line without its last word, with its last word twice,
without a word in its middle, or another line in its place. A finished session (an MP3) is heard at the
places of its timeline.

With two models, the words that both get wrong are probably the voice's fault, and the others the
listener's. The CPU seconds are those of listening alone. The tables are in docs/listening.md and
docs/voices.md.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from arguments import parser_of

from psoas_audio import library
from psoas_audio.cache.local import Cache, default_folder
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.errors import Mark
from psoas_audio.listening.hear import HeardLine, LineAudio, hear_lines
from psoas_audio.listening.report import is_fault
from psoas_audio.listening.session import hear_session
from psoas_audio.listening.transcriber import Transcriber, find_transcriber
from psoas_audio.planning import Choices
from psoas_audio.script.load import load_script
from psoas_audio.speech.line import Line
from psoas_audio.speech.takes import Takes
from psoas_audio.timeline.file import read_timeline, timeline_beside
from psoas_audio.units import SAMPLE_RATE

LANGUAGE = "en-US"
FAULTS = ("last word missing", "last word twice", "middle word missing", "another line")


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("models")
    parser.add_argument("voices", nargs="+")
    parser.add_argument("--lines", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=int, default=115)
    parser.add_argument("--good-only", action="store_true")
    asked = parser.parse_args()
    models = [Transcriber(find_transcriber(name)) for name in asked.models.split(",")]
    files = [Path(name) for name in asked.voices if name.endswith(".mp3")]
    if files:
        hear_files(models, files)
    for voice in asked.voices:
        if not voice.endswith(".mp3"):
            texts = shipped_lines(asked.lines, asked.seed)
            hear_voice(models, voice, texts, asked.rate, asked.good_only)


def shipped_lines(count: int, seed: int) -> list[str]:
    """*count* lines of at least four words of the shipped sessions: random, but the same each time."""
    texts = {
        utterance.text
        for name in library.script_names()
        for utterance in Draft(load_script(name), Choices(), Settings()).plan().utterances
        if len(utterance.text.split()) >= 4
    }
    return random.Random(seed).sample(sorted(texts), count)


def hear_files(models: Sequence[Transcriber], files: Sequence[Path]) -> None:
    """A row for each finished session, and one for all."""
    everything: list[list[HeardLine]] = [[] for _ in models]
    print(
        "| session | words | " + " | ".join(m.name for m in models) + " | by all | lines reported |"
    )
    for path in files:
        timeline = read_timeline(timeline_beside(path))
        heard = [list(hear_session(path, timeline, model)) for model in models]
        for whole, part in zip(everything, heard, strict=True):
            whole += part
        print(row(path.stem, heard), flush=True)
    print(row("all", everything))


def row(name: str, heard: Sequence[Sequence[HeardLine]]) -> str:
    words = sum(len(line.comparison.said) for line in heard[0])
    wrong = [sum(line.comparison.wrong_words for line in lines) for lines in heard]
    # Words that the best listener of each line gets wrong.
    by_all = sum(
        min(line.comparison.wrong_words for line in same) for same in zip(*heard, strict=True)
    )
    shares = " | ".join(f"{count / words:.1%}" for count in (*wrong, by_all))
    told = ", ".join(str(sum(map(is_fault, lines))) for lines in heard)
    return f"| {name} | {words} | {shares} | {told} of {len(heard[0])} |"


def hear_voice(
    models: Sequence[Transcriber], voice: str, texts: Sequence[str], rate: int, good_only: bool
) -> None:
    """Print what is misheard of a *voice*, and how many good lines and planted faults are reported."""
    faulty = dict(enumerate(texts))
    for number in [] if good_only else range(0, len(texts), 4):
        faulty[number] = plant(FAULTS[number // 4 % len(FAULTS)], number, texts)
    takes = Takes(Cache(default_folder()))
    engine, _, name = voice.partition(":")
    lines = {text: line_of(text, engine, name, rate) for text in (*texts, *faulty.values())}
    takes.make(lines.values())

    def audio(spoken: Iterable[str]) -> list[LineAudio]:
        samples = [takes.read(lines[text].id)[:, 0] for text in spoken]
        return [
            LineAudio(number, text, take, SAMPLE_RATE, LANGUAGE)
            for number, (text, take) in enumerate(zip(texts, samples, strict=True))
        ]

    good, planted = audio(texts), audio(faulty.values())
    heard = []
    for model in models:
        start = time.process_time()
        heard.append(list(hear_lines(model, good)))
        spent = time.process_time() - start
        minutes = sum(len(line.samples) for line in good) / SAMPLE_RATE / 60
        print(f"{voice} by {model.name}: {spent / minutes:.1f} CPU s a minute of speech")
        if good_only:
            continue
        found = list(hear_lines(model, planted))
        for kind, fault in enumerate(FAULTS):
            same = [found[number] for number in range(4 * kind, len(texts), 16)]
            print(f"  {fault}: {sum(map(is_fault, same))} of {len(same)}")
        beside = [line for number, line in enumerate(found) if number % 4]
        print(
            f"  good lines between them: {sum(map(is_fault, beside))} of {len(beside)}", flush=True
        )
    print(row(voice, heard), flush=True)


def plant(fault: str, number: int, texts: Sequence[str]) -> str:
    """What is said instead of the text of that *number*."""
    text = texts[number]
    *before, last = text.split()
    if fault == "last word missing":
        return " ".join(before).rstrip(",;:") + "."
    if fault == "last word twice":
        return f"{' '.join(before)} {last.rstrip('.!?')}, {last}"
    if fault == "middle word missing":
        middle = len(before) // 2
        return " ".join((*before[:middle], *before[middle + 1 :], last))
    return texts[(number + 1) % len(texts)]


def line_of(text: str, engine: str, voice: str, rate: int = 115) -> Line:
    mark = Mark("listening", 1, 1)
    name = f"{engine} {voice} {rate} {text}"
    return Line(name, text, engine, voice or None, rate, 50, LANGUAGE, mark)


if __name__ == "__main__":
    main()
