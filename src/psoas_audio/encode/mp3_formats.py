"""The kinds of MP3 a session can be: 48 kHz, constant bit rate, mono or stereo."""

from __future__ import annotations

from typing import NamedTuple

from psoas_audio.units import BIT_RATES

_FIRST_INDEX = 7
"""The number of the first of ``BIT_RATES`` in a frame's header; the rest follow in order."""


class Mp3Format(NamedTuple):
    """MPEG-1 Layer III at 48 kHz and a constant bit rate, without a bit reservoir."""

    channels: int
    kbps: int
    header: bytes
    """Header of the frames. In stereo, the joint-stereo mode may differ from frame to frame."""
    lowpass: int
    """The encoder's cut-off in Hz."""
    scale: float
    """What LAME multiplies every signal by at this rate (measured, within 0.0002)."""

    @property
    def size(self) -> int:
        """Bytes of a frame: 24 ms at the bit rate."""
        return 3 * self.kbps


_SCALES = {192: 0.97, 224: 0.98, 256: 1.0, 320: 1.0}
_LOWPASS = {
    1: dict.fromkeys(BIT_RATES, 20_500),
    2: {96: 15_100, 112: 15_600, 128: 17_000, 160: 17_500, 192: 18_600, 224: 19_400,
        256: 19_700, 320: 20_500},
}  # fmt: skip
"""By number of channels and bit rate, as LAME 3.100 writes it into its own Info frame."""


def _format(channels: int, kbps: int) -> Mp3Format:
    index = _FIRST_INDEX + BIT_RATES.index(kbps)
    header = bytes((0xFF, 0xFB, index << 4 | 0x4, 0xC4 if channels == 1 else 0x44))
    lowpass, scale = _LOWPASS[channels][kbps], _SCALES.get(kbps, 0.95)
    return Mp3Format(channels, kbps, header, lowpass, scale)


FORMATS_BY_RATE = {
    (channels, kbps): _format(channels, kbps) for channels in (1, 2) for kbps in BIT_RATES
}
"""By number of channels and bit rate."""
MP3_FORMATS = {1: FORMATS_BY_RATE[1, 96], 2: FORMATS_BY_RATE[2, 128]}
"""The usual ones, by number of channels."""


def mp3_format(channels: int, kbps: int | None = None) -> Mp3Format:
    """The format of *channels* at *kbps*, one of ``BIT_RATES``; by default the usual rate."""
    return MP3_FORMATS[channels] if kbps is None else FORMATS_BY_RATE[channels, kbps]
