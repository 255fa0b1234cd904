"""What speech servers would charge for: the requests and characters that would be sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from psoas_audio.speech.calibration import SENTENCES
from psoas_audio.speech.line import Line
from psoas_audio.speech.take_keys import TakeKeys


@dataclass(frozen=True, slots=True)
class ServerCosts:
    """The requests that would be sent to speech servers."""

    requests: int
    characters: int
    """Characters of text in all requests, which is what most providers charge for. A new voice is
    measured too, which may need more."""


def costs_of(lines: Iterable[Line], keys: TakeKeys) -> ServerCosts:
    """The costs of *lines* that servers speak and that aren't cached.

    Equal lines are sent once. The passage by which the rate of a new voice is measured counts too.
    """
    texts, readings = set(), set()
    for line in lines:
        text = keys.prepared_text(line).text
        texts.add((text, line.engine, line.voice, line.rate, line.pitch, line.language))
        rates = keys.voice_rates.missing_rates(line)
        readings |= {keys.reading_key(line, rate) for rate in rates}
    characters = sum(len(text) for text, *_ in texts) + len(readings) * sum(map(len, SENTENCES))
    return ServerCosts(len(texts) + len(readings) * len(SENTENCES), characters)
