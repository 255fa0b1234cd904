"""A sound file read in blocks from its start to its end, each sample as the decoder gives it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import soundfile
from numpy.typing import NDArray


class SoundStream(soundfile.SoundFile):  # type: ignore[misc]  # it has no types
    """Like its base, but reads on where it is.

    The base seeks after each block to where it is already. An MP3 decoder begins anew then, without
    what earlier MP3 frames hold for later ones, and each block begins with a click.
    """

    def seekable(self) -> bool:
        """No: so that nothing is sought."""
        return False

    def onward(self, frames: int) -> Iterator[NDArray[np.float32]]:
        """What is left, *frames* at a time, float32 ``(frames, channels)``.

        Raises soundfile's error where it can't be decoded.
        """
        while len(block := self.read(frames, dtype="float32", always_2d=True)):
            yield block
