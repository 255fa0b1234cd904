"""The two kinds of MP3 a session can be: 48 kHz, constant bit rate, mono or stereo."""

from __future__ import annotations

from dataclasses import dataclass

LAME_SCALE = 0.95
"""What LAME multiplies every signal by at these rates (-0.45 dB; measured: -0.445)."""


@dataclass(frozen=True, slots=True)
class Mp3Format:
    """MPEG-1 Layer III at 48 kHz and a constant bit rate, without a bit reservoir."""

    channels: int
    kbps: int
    header: bytes
    """Header of the frames. In stereo, the joint-stereo mode may differ from frame to frame."""
    size: int
    """Bytes of a frame."""
    lowpass: int
    """The encoder's cut-off in Hz."""


MP3_FORMATS = {
    1: Mp3Format(1, 96, bytes.fromhex("fffb74c4"), 288, 20_500),
    2: Mp3Format(2, 128, bytes.fromhex("fffb9444"), 384, 17_000),
}
"""By number of channels."""
