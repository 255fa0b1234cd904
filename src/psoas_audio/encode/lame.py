"""Encodes one block of samples with LAME, which is part of pedalboard."""

from __future__ import annotations

import io

from pedalboard import __version__
from pedalboard.io import AudioFile, WriteableAudioFileFlag

from psoas_audio.audio import Samples
from psoas_audio.encode.mp3_formats import Mp3Format
from psoas_audio.encode.mp3_frames import parse_info
from psoas_audio.errors import EncodeError
from psoas_audio.units import SAMPLE_RATE

_HINT = f"pedalboard {__version__} is installed; 0.9.26 is known to work."


def encode_stream(samples: Samples, form: Mp3Format) -> bytes:
    """*samples* as a whole MP3 stream: an Info frame, then frames that need no other."""
    file = io.BytesIO()
    try:
        with AudioFile(
            file,
            "w",
            SAMPLE_RATE,
            form.channels,
            quality=form.kbps,
            format="mp3",
            codec_options={WriteableAudioFileFlag.Mp3EnableBitReservoir: False},
        ) as encoder:
            encoder.write(samples.T)
    except (OSError, RuntimeError, ValueError) as error:
        raise EncodeError(f"the MP3 encoder failed: {error}", hint=_HINT) from error
    stream = file.getvalue()
    if parse_info(stream[: form.size]) is None:
        raise EncodeError("the MP3 encoder wrote no Info frame", hint=_HINT)
    return stream
