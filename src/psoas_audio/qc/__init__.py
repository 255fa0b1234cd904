"""Quality control of a finished file: its faults, and figures that describe it."""

from psoas_audio.qc.examine import examine
from psoas_audio.qc.report import Fault, QcReport

__all__ = ["Fault", "QcReport", "examine"]
