"""A short session to encode."""

from __future__ import annotations

import numpy as np
import pytest
from hard_signals import voice
from numpy.typing import NDArray


@pytest.fixture(scope="session", params=[1, 2], ids=["mono", "stereo"])
def session(request: pytest.FixtureRequest) -> NDArray[np.float32]:
    """About 12 s, not a whole number of MP3 frames, with a soft bed in stereo."""
    length = 12 * 48_000 + 777
    channels = request.param
    signal = np.repeat(voice(length, 7)[:, None], channels, axis=1)
    if channels == 2:
        bed = np.random.default_rng(8).standard_normal((length, 2)) * 0.003
        signal = signal + bed.astype(np.float32)
    return signal
