"""Words per minute as heard: shipped sessions are spoken, and measured from their timelines.

    python benchmarks/pace.py [--rates 95,115,140] [--sessions NAME,…] [ENGINE[:VOICE] …]

Only lines of several sentences count: their words, and the time from the beginning of the first
sentence to the end of the last one. So the pauses between sentences are included, and the pause after
a line is not (docs/voices.md, *Rate*, which has the table). Sessions whose chapters have rates of
their own can't be measured so.
"""

from __future__ import annotations

from collections.abc import Iterator

from arguments import parser_of

from psoas_audio import choose
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script
from psoas_audio.timeline.model import Clip, Take, Timeline
from psoas_audio.units import SAMPLE_RATE

SESSIONS = "about-the-psoas,desk-break,locate-the-psoas,psoas-faq,warrior-variations"
LONGEST_PAUSE = 1.6 * SAMPLE_RATE
"""Samples between two sentences of a line at a rate of 60; if they are further apart, they are of
different rounds or sides."""


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument(
        "voices", nargs="*", default=["pyttsx3", "espeak"], metavar="ENGINE[:VOICE]"
    )
    parser.add_argument("--rates", default="95,115,140")
    parser.add_argument("--sessions", default=SESSIONS)
    chosen = parser.parse_args()
    rates, sessions = [int(rate) for rate in chosen.rates.split(",")], chosen.sessions.split(",")
    print(f"{'voice':<28} {'rate':>5} {'heard':>6} {'off':>6}   by session")
    for name in chosen.voices:
        engine, _, voice = name.partition(":")
        for rate in rates:
            report(name, engine, voice or None, rate, sessions)


def report(name: str, engine: str, voice: str | None, rate: int, sessions: list[str]) -> None:
    words = samples = 0
    each, warnings = [], set()
    for name_of_session in sessions:
        choices = choose(engine=engine, voice=voice, rate=rate)
        session = Session(Draft(load_script(name_of_session), choices, Settings()))
        timeline = session.speak().planned.timeline
        told = session.draft.takes.warnings
        warnings |= {text.partition(": ")[2] for text in told if "words a minute" in text}
        lines = list(lines_of_several_sentences(timeline))
        said, length = map(sum, zip(*map(words_and_length, lines), strict=True))
        each.append(60 * SAMPLE_RATE * said / length)
        words, samples = words + said, samples + length
    heard = 60 * SAMPLE_RATE * words / samples
    by_session = " ".join(f"{one:6.1f}" for one in each)
    print(
        f"{name:<28} {rate:>5} {heard:6.1f} {heard / rate - 1:+6.1%}   {by_session}",
        *warnings,
        flush=True,
    )


def lines_of_several_sentences(timeline: Timeline) -> Iterator[list[Clip]]:
    (voice,) = (track for track in timeline.tracks if track.name == "voice")
    line: list[Clip] = []
    for clip in voice.clips:
        if line and (
            line_number(clip) != line_number(line[-1]) or clip.start - line[-1].end > LONGEST_PAUSE
        ):
            if len(line) > 1:
                yield line
            line = []
        line.append(clip)
    if len(line) > 1:
        yield line


def line_number(clip: Clip) -> int:
    assert isinstance(clip.media, Take)
    return clip.media.line


def words_and_length(line: list[Clip]) -> tuple[int, int]:
    words = sum(any(map(str.isalnum, word)) for clip in line for word in clip.media.text.split())
    return words, line[-1].end - line[0].start


if __name__ == "__main__":
    main()
