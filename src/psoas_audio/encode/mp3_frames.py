"""MP3 frames as bytes: headers, the CRC, and the Info frame that makes a stream gapless.

Sources: ISO/IEC 11172-3 § 2.4 (frame header); the Xing/LAME tag as LAME 3.100 writes it
(``VbrTag.c``) and as mpg123 and ffmpeg read it.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from psoas_audio.units import MP3_FRAME

ENCODER_DELAY = 576
"""Samples of silence that LAME puts in front of the signal."""

DECODER_DELAY = 529
"""Delay, in samples, of any Layer III decoder: 528 from its filter bank, plus 1."""

STREAM_DELAY = ENCODER_DELAY + DECODER_DELAY
"""How many samples a gapless player drops at the start of the decoded stream: 1,105."""

_KBPS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES = (44_100, 48_000, 32_000)
_TOC_ENTRIES = 100
_SHARED_BITS = 0xCF
"""The bits of a header's last byte that all frames of a stream share."""


class Header(NamedTuple):
    """The header of an MPEG-1 Layer III frame."""

    kbps: int
    """Bit rate in kilobits per second."""
    sample_rate: int
    """Samples per second."""
    channels: int
    """1 or 2."""
    size: int
    """Bytes of the whole frame."""

    @property
    def info_offset(self) -> int:
        """Where an Info tag starts in a frame: after header and side information."""
        return 4 + (17 if self.channels == 1 else 32)


def parse_header(data: bytes) -> Header | None:
    """The header in the first four bytes of *data*; ``None`` if they are not one.

    Free-format streams and frames with their own CRC, which this package never
    writes, give ``None``.
    """
    if len(data) < 4 or data[0] != 0xFF or data[1] != 0xFB:
        return None
    bitrate, rate, padding_byte = data[2] >> 4, data[2] >> 2 & 3, data[2] >> 1 & 1
    if bitrate in (0, 15) or rate == 3 or data[3] & 3 == 2:
        return None
    kbps, hertz = _KBPS[bitrate], _RATES[rate]
    channels = 1 if data[3] >> 6 == 3 else 2
    return Header(kbps, hertz, channels, 144_000 * kbps // hertz + padding_byte)


def id3v2_size(data: bytes) -> int:
    """Bytes of the ID3v2 tag at the start of *data* (which may be its first ten); 0 if none."""
    if len(data) < 10 or data[:3] != b"ID3":
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return size + (20 if data[5] & 0x10 else 10)


def frame_count(length: int) -> int:
    """Frames, without the Info frame, of a stream that decodes to *length* samples.

    Room for the encoder's delay, and for at least as much after the end, so that the
    decoder's delay is covered too.
    """
    return -(-(length + 2 * ENCODER_DELAY) // MP3_FRAME)


class Info(NamedTuple):
    """What an Info frame says about the stream that it begins."""

    frames: int
    """Frames that follow it."""
    size: int
    """Bytes of the stream, including the Info frame but no ID3 tags."""
    delay: int
    """Samples of silence that the encoder put before the signal."""
    end_padding: int
    """Samples of silence after the signal."""
    music_crc: int
    """CRC-16 of all bytes after the Info frame."""
    valid: bool = True
    """Whether the CRC of the tag itself is right."""

    @property
    def length(self) -> int:
        """How many samples a gapless decoder returns."""
        return self.frames * MP3_FRAME - self.delay - self.end_padding


def info_frame(header: bytes, lowpass: int, length: int, music_crc: int) -> bytes:
    """The Info frame of a stream of *length* samples at a constant bit rate.

    *header* is the four bytes of the frames' header, *lowpass* the encoder's cut-off in Hz,
    which is informational only.
    """
    parsed = parse_header(header)
    if parsed is None:
        raise ValueError("not the header of an MP3 frame")
    frames = frame_count(length)
    size = parsed.size * (frames + 1)
    end_padding = frames * MP3_FRAME - ENCODER_DELAY - length
    toc = bytes(
        256 * (_TOC_ENTRIES + i * frames) // (_TOC_ENTRIES * (frames + 1))
        for i in range(_TOC_ENTRIES)
    )
    tag = b"Info" + struct.pack(">III", 0xF, frames, size) + toc
    tag += struct.pack(
        ">I9sBB8sBB3sBBHIH",
        57,  # LAME's quality: 100 - 10 V - q, with V = 4 and q = 3
        b"LAME3.100",
        0x01,  # tag revision 0, constant bit rate
        lowpass // 100,
        bytes(8),  # no peak, no replay gain
        0x34 if parsed.channels == 2 and parsed.kbps >= 160 else 0x14,  # model on, ATH type 4
        min(parsed.kbps, 255),
        (ENCODER_DELAY << 12 | end_padding).to_bytes(3, "big"),
        _source_byte(parsed),
        0,  # no gain applied to the frames
        parsed.kbps,  # preset: that bit rate
        size,
        music_crc,
    )
    frame = header + bytes(parsed.info_offset - 4) + tag
    return (frame + struct.pack(">H", crc16(frame))).ljust(parsed.size, b"\0")


def _source_byte(header: Header) -> int:
    """What LAME says of its source: 48 kHz, joint stereo, not the best rate, noise shaping."""
    joint = 0x0C if header.channels == 2 else 0
    best = 0x00 if header.kbps == 320 else 0x20
    return 0x80 | best | joint | (2 if header.kbps < 192 else 1)


def parse_info(frame: bytes) -> Info | None:
    """What the Info (or Xing) frame *frame* says; ``None`` if it is an ordinary frame."""
    header = parse_header(frame)
    if header is None:
        return None
    offset = header.info_offset
    tag = frame[offset : offset + 156]
    if len(tag) < 156 or tag[:4] not in (b"Info", b"Xing") or tag[4:8] != b"\0\0\0\x0f":
        return None
    frames, size = struct.unpack(">II", tag[8:16])
    delay_and_padding = int.from_bytes(tag[141:144], "big")
    music_crc, tag_crc = struct.unpack(">HH", tag[152:156])
    valid = crc16(frame[: offset + 154]) == tag_crc
    return Info(frames, size, delay_and_padding >> 12, delay_and_padding & 0xFFF, music_crc, valid)


def bad_frames(data: bytes, header: bytes) -> NDArray[np.intp]:
    """Indexes of the frames in *data* whose header differs from *header*.

    *data* is a whole number of frames of one size. The two bits that tell how a stereo
    frame joins its channels may differ.
    """
    parsed = parse_header(header)
    if parsed is None or len(data) % parsed.size:
        raise ValueError("not a whole number of frames")
    if _headers_equal(data, header, parsed.size):
        return np.zeros(0, np.intp)
    heads = np.frombuffer(data, np.uint8).reshape(-1, parsed.size)[:, :4]
    same = (heads ^ np.frombuffer(header[:4], np.uint8)) & np.array(
        [255, 255, 255, _SHARED_BITS], np.uint8
    )
    return np.flatnonzero(same.any(axis=1))


def _headers_equal(data: bytes, header: bytes, size: int) -> bool:
    """Whether each frame of *data* has *header*: ten times as fast as finding which differ."""
    count = len(data) // size
    if any(data[place::size] != header[place : place + 1] * count for place in range(3)):
        return False
    return all((last ^ header[3]) & _SHARED_BITS == 0 for last in set(data[3::size]))


class Crc16:
    """The CRC-16 of LAME's tag (polynomial 0x8005, reflected) of data that comes in pieces.

    That polynomial is (x + 1)(x¹⁵ + x + 1), and x has the order 32,767 modulo it: bits that far
    apart contribute alike, and so do bytes. So the data is folded (xor) into a buffer of 32,767
    bytes, and the CRC is taken of that.
    """

    def __init__(self) -> None:
        self._sum = np.zeros(_PERIOD, np.uint8)
        self._count = 0

    def add(self, data: bytes) -> None:
        """Add *data*."""
        new = np.frombuffer(data, np.uint8)
        offset = self._count % _PERIOD
        self._count += len(new)
        first, new = new[: _PERIOD - offset], new[_PERIOD - offset :]
        self._sum[offset : offset + len(first)] ^= first
        whole = len(new) // _PERIOD * _PERIOD
        if whole:
            self._sum ^= np.bitwise_xor.reduce(new[:whole].reshape(-1, _PERIOD), axis=0)
        self._sum[: len(new) - whole] ^= new[whole:]

    @property
    def value(self) -> int:
        """The CRC of all data so far."""
        last = self._count % _PERIOD
        return crc16(self._sum[last:].tobytes() + self._sum[:last].tobytes())


_PERIOD = 32_767
"""Bytes, or bits, after which a byte's, or bit's, contribution to the CRC repeats."""


def crc16(data: bytes) -> int:
    """The CRC-16 of *data*; see :class:`Crc16`.

    The remainders modulo the two factors of the polynomial, put together. Modulo x¹⁵ + x + 1,
    x^15k is x^k + 1 for every power of two k: so the first bits of all, which have the highest
    powers, are folded onto those 14k and 15k places behind them until 15 bits are left. Modulo
    x + 1 the remainder is the parity.
    """
    bits = int.from_bytes(data, "little")
    odd = bits.bit_count() & 1
    length = 8 * len(data) + 16  # bits; a CRC is taken of the data times x¹⁶
    step = 1 << length.bit_length()
    while length > 15:
        if length <= 15 * step:
            step >>= 1
            continue
        cut = min(14 * step, length - 15 * step)
        first = bits & ((1 << cut) - 1)
        bits = bits >> cut ^ first << (14 * step - cut) ^ first << (15 * step - cut)
        length -= cut
    crc = bits << 1
    return crc if crc.bit_count() & 1 == odd else crc ^ _SECOND_FACTOR


_SECOND_FACTOR = 0xC001
"""The bits of x¹⁵ + x + 1, reflected: the lowest is that of x¹⁵."""
