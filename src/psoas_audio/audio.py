"""The types that samples travel in: float32, full scale ±1.0, at 48 kHz unless said."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Samples of shape ``(frames, channels)``, mono included."""
Mono = NDArray[np.float32]
"""Samples of one channel, of shape ``(frames,)``."""
Reader = Callable[[int, int], Samples]
"""Gives the samples from one position to another, both counted in samples from the start."""
