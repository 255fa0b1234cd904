"""Headers, the CRC and the Info frame."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pedalboard.io import AudioFile, WriteableAudioFileFlag

from psoas_audio.encode.mp3_formats import FORMATS_BY_RATE, MP3_FORMATS, mp3_format
from psoas_audio.encode.mp3_frames import (
    DECODER_DELAY,
    Crc16,
    Header,
    bad_frames,
    crc16,
    frame_count,
    id3v2_size,
    info_frame,
    parse_header,
    parse_info,
)


def crc_bit_by_bit(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


@given(st.binary(max_size=3000))
def test_the_crc_is_that_of_the_polynomial(data):
    assert crc16(data) == crc_bit_by_bit(data)


@given(st.integers(0, 2**32), st.lists(st.integers(0, 70_000), max_size=5))
def test_the_crc_of_much_is_the_same_in_whatever_parts_it_comes(seed, sizes):
    parts = [np.random.default_rng(seed + i).bytes(size) for i, size in enumerate(sizes)]
    crc = Crc16()
    for part in parts:
        crc.add(part)
    assert crc.value == crc16(b"".join(parts))


def test_the_crc_of_a_known_text():
    assert crc16(b"123456789") == 0xBB3D  # CRC-16/ARC's check value


@given(st.integers(0, 10**10))
def test_a_stream_has_room_for_both_delays_and_no_frame_to_spare(length):
    frames = frame_count(length)
    padding = frames * 1152 - 576 - length
    assert DECODER_DELAY <= 576 <= padding < 576 + 1152


@pytest.mark.parametrize(
    ("data", "header"),
    [
        ("fffb74c4", Header(96, 48_000, 1, 288)),
        ("fffb9444", Header(128, 48_000, 2, 384)),
        ("fffb9464", Header(128, 48_000, 2, 384)),
        ("fffb9264", Header(128, 44_100, 2, 418)),
        ("fffb04c4", None),  # free format
        ("fffbf4c4", None),  # no such bit rate
        ("fffb7cc4", None),  # no such sample rate
        ("fffa74c4", None),  # with a CRC of its own
        ("494433", None),
    ],
)
def test_headers_are_read(data, header):
    assert parse_header(bytes.fromhex(data)) == header


def test_an_id3_tag_is_measured():
    assert id3v2_size(b"ID3\x03\0\0\0\0\x02\x01" + bytes(300)) == 10 + 257
    assert id3v2_size(b"ID3\x04\0\x10\0\0\x02\x01" + bytes(300)) == 20 + 257
    assert id3v2_size(b"\xff\xfb\x74\xc4" + bytes(20)) == 0


@pytest.mark.parametrize(("channels", "kbps"), FORMATS_BY_RATE)
def test_the_info_frame_is_the_one_lame_writes(channels, kbps):
    form = mp3_format(channels, kbps)
    signal = np.random.default_rng(0).standard_normal((channels, 50_000)) * 0.1
    file = io.BytesIO()
    options = {WriteableAudioFileFlag.Mp3EnableBitReservoir: False}
    with AudioFile(
        file, "w", 48_000, channels, quality=form.kbps, format="mp3", codec_options=options
    ) as encoder:
        encoder.write(signal.astype(np.float32))
    stream = file.getvalue()
    lame, music = stream[: form.size], stream[form.size :]
    ours = info_frame(form.header, form.lowpass, 50_000, crc16(music))
    toc = slice(parse_header(lame).info_offset + 16, parse_header(lame).info_offset + 116)
    told = slice(toc.stop, toc.stop + 38)  # quality, version, delay, padding, length, music CRC
    assert ours[4 : toc.start] == lame[4 : toc.start]
    assert ours[told] == lame[told]
    assert parse_info(ours) == parse_info(lame)
    assert parse_info(ours).valid
    assert parse_info(ours).length == 50_000
    assert len(ours) == form.size
    # LAME's seek table goes in steps in so short a stream; ours is exact.
    assert np.abs(np.subtract(list(ours[toc]), list(lame[toc]))).max() <= 256 / 45 + 1


@pytest.mark.parametrize("channels", [1, 2])
def test_the_seek_table_points_at_the_frame_that_plays_then(channels):
    form = MP3_FORMATS[channels]
    length = 30 * 60 * 48_000
    frames = frame_count(length)
    info = info_frame(form.header, form.lowpass, length, 0)
    at = 20 + parse_header(form.header).info_offset - 4
    for percent in (0, 1, 50, 99):
        place = info[at + percent] / 256 * (frames + 1) - 1
        assert place == pytest.approx(percent / 100 * frames, abs=frames / 256 + 1)


def test_a_damaged_info_frame_is_detected():
    good = info_frame(MP3_FORMATS[1].header, 20_500, 480_000, 7)
    assert parse_info(good[:150] + b"\7" + good[151:]).valid is False
    assert parse_info(good.replace(b"Info", b"Imfo")) is None
    assert parse_info(good[:4]) is None


def test_a_frame_of_another_kind_is_found():
    header = MP3_FORMATS[2].header
    frame = header + bytes(380)
    joint = struct.pack(">I", struct.unpack(">I", header)[0] | 0x20) + bytes(380)
    wrong = b"\xff\xfb\x92\x44" + bytes(380)
    assert list(bad_frames(frame + joint + wrong + frame, header)) == [2]
    with pytest.raises(ValueError, match="whole number"):
        bad_frames(frame + b"\0", header)
