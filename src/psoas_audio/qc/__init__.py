"""The last look at a finished file: every fault it has, and the figures that say how it is."""

from psoas_audio.qc.examine import examine
from psoas_audio.qc.report import Fault, QcReport

__all__ = ["Fault", "QcReport", "examine"]
