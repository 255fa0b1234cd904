"""A deterministic engine that needs no library: a tone a word, at the rate asked for."""

import array
import math
import re
import zlib

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import Request, Speech, VoiceInfo, Word

SAMPLE_RATE = 16_000
LEAD, TAIL = 0.05, 0.4
VOICES = {"low": 110.0, "high": 220.0}


class Fake:
    """Words are tones with a short gap; where they lie is told to the sample."""

    name = "fake"

    def fingerprint(self, request: Request) -> str:
        return "fake 1"

    def rates(self, voice: str | None) -> tuple[float, ...]:
        return ()

    def voices(self) -> list[VoiceInfo]:
        return [VoiceInfo(self.name, name, "en-US") for name in VOICES]

    def speak(self, request: Request) -> Speech:
        voice = "low" if request.voice is None else request.voice
        if voice not in VOICES:
            raise SpeechError(f"there is no voice “{voice}”")
        samples = array.array("h", bytes(2 * int(LEAD * SAMPLE_RATE)))
        words = []
        for match in re.finditer(r"\w+\S*", request.text):
            words.append(Word(match.start(), len(match[0]), len(samples)))
            frequency = VOICES[voice] * (1 + zlib.crc32(match[0].encode()) % 12 / 12)
            frequency *= 2 ** ((request.pitch - 50) / 50)
            length = int(60 / request.rate * SAMPLE_RATE)
            sound = int(0.85 * length)
            period = round(SAMPLE_RATE / frequency)
            wave = [int(9000 * math.sin(2 * math.pi * n / period)) for n in range(period)]
            samples.extend((wave * (sound // period + 1))[:sound])
            samples.extend([0] * (length - sound))
        samples.extend([0] * int(TAIL * SAMPLE_RATE))
        return Speech(samples.tobytes(), SAMPLE_RATE, True, voice, tuple(words))
