"""What a rate in words a minute means, as a session is heard.

The words of a line are divided by the time from its first sentence's beginning to its last one's
end. So the pauses between its sentences count, and the pause after the line doesn't: that
one is the session's, and often a hold or a rest takes its place.
"""

from __future__ import annotations

from fractions import Fraction

from psoas_audio.units import seconds_to_samples

SENTENCE_PAUSE_WORDS = Fraction(23, 15)
"""How long the pause between two sentences of a line is, in words at the line's own rate: 0.8 s at
the usual 115 words a minute. A slower voice pauses longer."""


def sentence_pause(rate: int) -> int:
    """Samples of silence between the sentences of a line spoken at *rate* words a minute."""
    return seconds_to_samples(SENTENCE_PAUSE_WORDS * 60 / rate)


def line_rate(words: int, pauses: int, seconds: float) -> float:
    """The rate of lines of so many *words*, whose sentences by themselves take *seconds*.

    *pauses*: how many pauses lie between the sentences of the lines. At that rate the sentences
    and their pauses together have as many words a minute as the rate says.
    """
    return 60 * float(words - pauses * SENTENCE_PAUSE_WORDS) / seconds
