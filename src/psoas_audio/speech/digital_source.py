"""How the voices of a session were made, in the terms that mark synthetic media.

The terms are IPTC's digital source types, cv.iptc.org/newscodes/digitalsourcetype. The EU's AI Act
(Article 50) asks that synthetic sound is marked so that machines can read it.
"""

from __future__ import annotations

from collections.abc import Iterable

from psoas_audio.speech.voice_facts import Speaker

_SCHEME = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_HUMAN = "recorded"


def digital_source(speakers: Iterable[Speaker]) -> str:
    """The URL of the digital source type of what *speakers* say; empty for human voices alone.

    A neural voice is a trained model; other synthetic voices follow rules that people wrote.
    """
    voices = list(speakers)
    synthetic = [voice for voice in voices if voice.engine != _HUMAN]
    if not synthetic:
        return ""
    trained = any(voice.terms is None or voice.terms.natural for voice in synthetic)
    if len(synthetic) < len(voices):
        kind = "compositeWithTrainedAlgorithmicMedia" if trained else "compositeSynthetic"
    else:
        kind = "trainedAlgorithmicMedia" if trained else "algorithmicMedia"
    return _SCHEME + kind
