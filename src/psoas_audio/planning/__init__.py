"""From a script to a plan: sides and rounds written out, guidance and length chosen."""

from psoas_audio.planning.choices import Choices, Stretch
from psoas_audio.planning.estimate import estimated_length
from psoas_audio.planning.expand import expand
from psoas_audio.planning.fit import FittedPlan, fit
from psoas_audio.planning.model import Plan, Utterance

__all__ = [
    "Choices", "FittedPlan", "Plan", "Stretch", "Utterance", "estimated_length", "expand", "fit",
]  # fmt: skip
