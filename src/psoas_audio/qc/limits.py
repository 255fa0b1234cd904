"""Limits for a finished file, and for each of its blocks when it is encoded."""

from __future__ import annotations

TRUE_PEAK_MAX = -1.0
"""dBTP of the decoded file."""

DC_MAX = 0.003
"""Largest mean of all samples, in full scale: -50 dBFS."""
