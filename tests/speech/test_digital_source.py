"""A synthetic voice is marked as what it is, in IPTC's terms."""

from __future__ import annotations

import pytest

from psoas_audio.speech.digital_source import digital_source
from psoas_audio.speech.voice_facts import Speaker

HUMAN = Speaker("recorded", "takes")
NEURAL = Speaker("kokoro", "af_heart")
RULES = Speaker("espeak", "en-us")


@pytest.mark.parametrize(
    ("speakers", "kind"),
    [
        ((NEURAL,), "trainedAlgorithmicMedia"),
        ((RULES,), "algorithmicMedia"),
        ((RULES, NEURAL), "trainedAlgorithmicMedia"),
        ((HUMAN, NEURAL), "compositeWithTrainedAlgorithmicMedia"),
        ((HUMAN, RULES), "compositeSynthetic"),
        ((HUMAN,), ""),
        ((), ""),
    ],
)
def test_the_kind_of_source(speakers: tuple[Speaker, ...], kind: str) -> None:
    assert digital_source(speakers).rpartition("/")[2] == kind
