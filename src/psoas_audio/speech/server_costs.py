"""What speech servers would charge for: the requests and characters that would be sent."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from psoas_audio.speech.calibration import SENTENCES
from psoas_audio.speech.line import Line
from psoas_audio.speech.take_keys import TakeKeys


class ServerCosts(NamedTuple):
    """The texts that would be sent to speech servers. Those of several sessions are joined by
    ``|``: what several of them say is sent once."""

    sent: frozenset[tuple[str, int, int]] = frozenset()
    """A digest of what is asked for, how many requests that takes, and their characters."""

    def __or__(self, other: ServerCosts) -> ServerCosts:
        return ServerCosts(self.sent | other.sent)

    @property
    def requests(self) -> int:
        """How many requests."""
        return sum(requests for _, requests, _ in self.sent)

    @property
    def characters(self) -> int:
        """Characters of text in all requests, which is what most providers charge for. A new voice
        is measured too, which may need more."""
        return sum(characters for *_, characters in self.sent)


def costs_of(lines: Iterable[Line], keys: TakeKeys) -> ServerCosts:
    """The costs of *lines* that servers speak and that aren't cached.

    Equal lines are sent once. The passage by which the rate of a new voice is measured counts too.
    """
    sent = set()
    passage = len(SENTENCES), sum(map(len, SENTENCES))
    for line in lines:
        text = keys.prepared_text(line).text
        asked = (text, line.engine, line.voice, line.rate, line.pitch, line.language)
        sent.add((sha256(repr(asked).encode()).hexdigest(), 1, len(text)))
        for rate in keys.voice_rates.missing_rates(line):
            sent.add((keys.reading_key(line, rate), *passage))
    return ServerCosts(frozenset(sent))
