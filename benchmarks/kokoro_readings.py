"""Measure how long Kokoro's voices take for the calibration passage, for the table that is shipped.

    python benchmarks/kokoro_readings.py VOICE[:LANGUAGE] … >> src/psoas_audio/speech/engines/kokoro/readings.toml

A reading is what ``psoas-audio`` would measure itself before a voice's first session; shipping it saves
about half a minute then. Run it again for all voices if the passage or the engine's version changes.
"""

from __future__ import annotations

from arguments import parser_of

from psoas_audio.speech.calibration import SENTENCES, words_per_minute
from psoas_audio.speech.engine import Request
from psoas_audio.speech.engines.kokoro.engine import Kokoro
from psoas_audio.speech.take import sounding_range


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("voices", nargs="+", metavar="VOICE[:LANGUAGE]")
    names = parser.parse_args().voices
    kokoro = Kokoro()
    for name in names:
        voice, _, language = name.partition(":")
        language = language or "en"
        print(f'["{language}".{voice}]')
        for rate in kokoro.rates(voice):
            seconds = 0.0
            for sentence in SENTENCES:
                request = Request(sentence, voice, rate, 50, language)
                speech = kokoro.speak(request)
                part = sounding_range(speech, sentence, rate)
                seconds += (part.stop - part.start) / speech.sample_rate
            wpm = words_per_minute(seconds)
            print(f"{rate:g} = {seconds:.3f}  # {wpm:.0f} words a minute", flush=True)


if __name__ == "__main__":
    main()
