"""What a rate in words a minute means, as a session is heard.

The words of a line are divided by the time from its first sentence's beginning to its last one's
end. So the pauses between its sentences count, and the pause after the line doesn't: that
one is the session's, and often a hold or a rest takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from psoas_audio.units import seconds_to_samples

USUAL_WORDS = 8
"""Words of a usual sentence of an instruction."""
_USUAL_PAUSE = Fraction(23, 15)
"""How long the pause after such a sentence is before the next one of its line, in words at the
line's own rate: 0.8 s at the usual 115 words a minute. A slower voice pauses longer."""
_PAUSE_PER_WORD = Fraction(8, 100)
"""How much longer it is for each word more. With one length for all, sessions of short sentences
were up to 6 % slower than asked, and those of long ones as much faster; so it is 3.5 %."""
_LONGEST = 14
"""Words beyond which it grows no longer."""


def sentence_pause(rate: int, words: int = USUAL_WORDS) -> int:
    """Samples of silence after a sentence of so many *words*, before the next one of its line.

    *rate*: words a minute.
    """
    return seconds_to_samples(_pause_in_words(words) * 60 / rate)


def line_rate(lines: Iterable[Sequence[int]], seconds: float) -> float:
    """The rate of *lines*, by the words of each of their sentences.

    The sentences by themselves take *seconds*. At that rate they and the pauses between them
    together have as many words a minute as the rate says.
    """
    left = sum(sum(words) - sum(map(_pause_in_words, words[:-1])) for words in lines)
    return 60 * float(left) / seconds


def _pause_in_words(words: int) -> Fraction:
    return _USUAL_PAUSE + _PAUSE_PER_WORD * (min(words, _LONGEST) - USUAL_WORDS)
