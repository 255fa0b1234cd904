"""Checks of the file's MP3 frames: all are valid, none is missing, none was changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from psoas_audio.encode.mp3_formats import FORMATS_BY_RATE, MP3_FORMATS, Mp3Format
from psoas_audio.encode.mp3_frames import (
    DECODER_DELAY,
    Crc16,
    Info,
    bad_frames,
    frame_count,
    id3v2_size,
    parse_header,
    parse_info,
)
from psoas_audio.qc.report import Fault
from psoas_audio.sound.untrusted_files import SESSION_FILE
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import MP3_FRAME, with_noun

_READ_FRAMES = 4096
"""MP3 frames read at a time."""


def structure_faults(mp3: Path, timeline: Timeline) -> tuple[list[Fault], dict[str, float]]:
    """Faults of the file's frames, against its Info frame and *timeline*, and a few figures.

    Reads the file once, in constant memory, and decodes nothing.
    """
    with SESSION_FILE.open(mp3) as file:
        file.seek(id3v2_size(file.read(10)))
        start = file.tell()
        header = parse_header(file.read(4))
        if header is None:
            return [Fault("structure", "there is no MP3 frame where the audio should begin.")], {}
        figures: dict[str, float] = {"bit_rate_kbps": header.kbps, "channels": header.channels}
        form = FORMATS_BY_RATE.get((timeline.channels, header.kbps))
        if form is None or (header.channels, header.size) != (form.channels, form.size):
            found = f"{header.kbps} kb/s, {header.sample_rate} Hz, {header.channels} channel(s)"
            usual = MP3_FORMATS[timeline.channels]
            wanted = f"{usual.kbps} kb/s or more, 48000 Hz, {usual.channels} channel(s)"
            return [Fault("format", f"the audio is {found} instead of {wanted}.")], figures
        file.seek(start)
        info = parse_info(file.read(form.size))
        if info is None or not info.valid:
            fault = "the Info frame that makes the file gapless is missing or damaged."
            return [Fault("structure", fault)], figures
        faults, frames, crc = _walk(file, form)
    figures["frames"] = frames
    return faults + _against(info, frames, crc, form, timeline), figures


def _walk(file: BinaryIO, form: Mp3Format) -> tuple[list[Fault], int, int]:
    """Faults of the frames from here to the end, their number, and their CRC."""
    faults: list[Fault] = []
    frames, crc = 0, Crc16()
    for data in _chunks(file, form.size * _READ_FRAMES):
        whole = data[: len(data) // form.size * form.size]
        crc.add(data)
        faults += [
            Fault("frame", "an MP3 frame has a wrong header.", (frames + int(bad)) * MP3_FRAME)
            for bad in bad_frames(whole, form.header)[:10]
        ]
        frames += len(whole) // form.size
        if len(data) > len(whole):
            left = with_noun(len(data) - len(whole), "byte")
            faults.append(Fault("structure", f"{left} after the last MP3 frame."))
    return faults, frames, crc.value


def _chunks(file: BinaryIO, size: int) -> Iterator[bytes]:
    while data := file.read(size):
        yield data


def _against(info: Info, frames: int, crc: int, form: Mp3Format, timeline: Timeline) -> list[Fault]:
    """Differences between the frames, the Info frame and the plan."""
    faults = []
    if frames != info.frames or info.size != form.size * (frames + 1):
        faults.append(
            Fault("structure", f"there are {frames} MP3 frames, but the header says {info.frames}.")
        )
    if crc != info.music_crc:
        faults.append(Fault("checksum", "the audio was changed after it was encoded."))
    if info.length != timeline.length or info.end_padding < DECODER_DELAY:
        faults.append(
            Fault(
                "length",
                f"the header gives a length of {info.length} samples, not {timeline.length}.",
            )
        )
    elif info.frames != frame_count(timeline.length):
        faults.append(Fault("structure", "the stream has more MP3 frames than it needs."))
    return faults
