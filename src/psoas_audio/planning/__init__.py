"""From a script to a flat plan: sides, rounds, guidance and length chosen."""

from psoas_audio.planning.choices import Choices, Stretch
from psoas_audio.planning.estimate import estimated_length
from psoas_audio.planning.expand import expand
from psoas_audio.planning.fit import Fitted, fit
from psoas_audio.planning.model import Plan, Utterance

__all__ = [
    "Choices", "Fitted", "Plan", "Stretch", "Utterance", "estimated_length", "expand", "fit",
]  # fmt: skip
