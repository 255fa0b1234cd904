"""How close sessions come to their rate in any of Kokoro's voices, by the model's durations alone.

    python benchmarks/kokoro_pace.py [--rates 95,115,140] [--sessions NAME,…] [--server] VOICE …

Nothing is spoken, so it takes seconds instead of minutes: each line is as long as the durations say,
with the silence that the engine would add if the voice paused at every mark. With ``--server`` the
voices are those of a speech server that runs the same model, and slows them down without knowing the
durations. It prints by how much each session is off its rate; docs/voices.md has the table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from arguments import parser_of
from pace import SESSIONS, lines_of_several_sentences, words_and_length

from psoas_audio import choose
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.planned_session import plan_session
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.planning import Utterance
from psoas_audio.script.load import load_script
from psoas_audio.speech.calibration import SENTENCES, own_rate
from psoas_audio.speech.engine import Request
from psoas_audio.speech.engines.endpoint import pace as server_pace
from psoas_audio.speech.engines.kokoro.engine import Kokoro
from psoas_audio.speech.engines.kokoro.files import find_model
from psoas_audio.speech.engines.kokoro.pace import pace_of
from psoas_audio.speech.engines.kokoro.phonemes import split_phonemes
from psoas_audio.speech.engines.kokoro.synthesizer import Synthesizer, voice_style
from psoas_audio.speech.engines.kokoro.voices import read_blend
from psoas_audio.speech.neural.pauses import COMMAS, STOPS
from psoas_audio.speech.neural.phrase_breaks import breaks_before
from psoas_audio.speech.pronunciation.prepare import prepare_text
from psoas_audio.units import SAMPLE_RATE, seconds_to_samples

LANGUAGE = "en-US"
MARGINS = 0.05
"""Seconds of silence that a take has around its sounds."""


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("voices", nargs="+", metavar="VOICE")
    parser.add_argument("--rates", default="95,115,140")
    parser.add_argument("--sessions", default=SESSIONS)
    parser.add_argument("--server", action="store_true")
    chosen = parser.parse_args()
    model = find_model()
    assert model is not None
    speaker = Synthesizer(model.read(), 1)
    rates = server_pace.RATES if chosen.server else Kokoro().rates(None)

    def length(asked: Request) -> float:
        return (served_seconds if chosen.server else seconds)(speaker, asked)

    names = chosen.sessions.split(",")
    print(f"{'voice':<12} {'rate':>5} " + " ".join(f"{name[-12:]:>12}" for name in names))
    for voice in chosen.voices:
        readings = {
            rate: sum(length(request(text, voice, rate)) for text in SENTENCES) for rate in rates
        }
        for rate in map(int, chosen.rates.split(",")):
            own = own_rate(list(readings), readings, rate)
            found = [rate_of(length, name, voice, rate, own) / rate - 1 for name in names]
            print(
                f"{voice:<12} {rate:>5} " + " ".join(f"{off:>+12.1%}" for off in found), flush=True
            )


def rate_of(
    seconds_of: Callable[[Request], float], session: str, voice: str, rate: int, own: float
) -> float:
    """Words per minute of *session* at *rate*, which is *own* on the engine's scale."""

    def length(utterance: Utterance) -> int:
        return seconds_to_samples(seconds_of(request(utterance.text, voice, own)))

    draft = Draft(load_script(session), choose(engine="kokoro", voice=voice, rate=rate), Settings())
    timeline = plan_session(draft.script, draft.choices, length).timeline
    lines = map(words_and_length, lines_of_several_sentences(timeline))
    words, samples = map(sum, zip(*lines, strict=True))
    return 60 * SAMPLE_RATE * words / samples


def request(text: str, voice: str, own: float) -> Request:
    said = prepare_text(text, LANGUAGE, {})
    return Request(said.text, voice, own, 50, LANGUAGE, text, said.pronunciations)


def seconds(speaker: Synthesizer, asked: Request) -> float:
    """How long the take of *asked* is."""
    blend = read_blend(asked.voice or "")
    style, pace, total = voice_style(blend), pace_of(asked.rate), MARGINS
    breaks = {word: kind for word, kind in breaks_before(LANGUAGE).items() if pace.divides(kind)}
    whole = speaker.phonemes_of(asked, blend, breaks)
    pace = pace.for_words(len(whole.words))
    for part in split_phonemes(whole):
        read = speaker.model.read(part.signs, style)
        frames = read.frames(pace.speed)
        assert frames is not None
        own_pace = pace.for_frames(frames, part)
        frames = read.frames(own_pace.speed)
        assert frames is not None
        marks = sum(sign in COMMAS + STOPS for sign in part.signs)
        most = (marks + 0.5) * own_pace.longest_pause
        silence = min(max(0.0, own_pace.missing_seconds(frames, part)), most)
        total += own_pace.heard_seconds(frames) + silence
    return total


def served_seconds(speaker: Synthesizer, asked: Request) -> float:
    """How long the take of *asked* is if a server speaks it."""
    blend = read_blend(asked.voice or "")
    pace = server_pace.pace_for(asked.rate, asked.text)
    signs = speaker.phonemes_of(asked, blend, {}).signs
    frames = speaker.model.read(signs, voice_style(blend)).frames(pace.speed)
    assert frames is not None
    heard = replace(pace_of(asked.rate), speed=pace.speed).heard_seconds(frames)
    return max(heard, pace.seconds) + MARGINS


if __name__ == "__main__":
    main()
