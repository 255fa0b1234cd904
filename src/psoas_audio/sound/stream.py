"""A sound file read in blocks from its start to its end, each sample as the decoder gives it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import BinaryIO

import numpy as np
import soundfile
from numpy.typing import NDArray

from psoas_audio.sound.quiet_decoder import quiet


class SoundStream(soundfile.SoundFile):  # type: ignore[misc]  # it has no types
    """Like its base, but reads on where it is.

    The base seeks after each block to where it is already. An MP3 decoder begins anew then, without
    what earlier MP3 frames hold for later ones, and each block begins with a click.
    """

    def __init__(self, file: BinaryIO) -> None:
        with quiet():
            super().__init__(file)

    def seekable(self) -> bool:
        """No: so that nothing is sought."""
        return False

    def onward(self, frames: int) -> Iterator[NDArray[np.float32]]:
        """What is left, *frames* at a time, float32 ``(frames, channels)``.

        Raises soundfile's error where it can't be decoded.
        """
        # The decoder of MP3 alone prints notes.
        hushed = quiet if self.format in ("MP3", "MPEG") else nullcontext
        while True:
            with hushed():
                block = self.read(frames, dtype="float32", always_2d=True)
            if not len(block):
                return
            yield block
