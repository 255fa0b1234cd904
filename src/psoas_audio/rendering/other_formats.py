"""Sessions written and checked in formats other than MP3."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import soundfile
from mutagen import MutagenError
from mutagen.flac import FLAC, Picture

from psoas_audio.audio import Reader
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.tags.read_tags import timeline_from_tags
from psoas_audio.deliver.tags.vorbis import ffmetadata, vorbis_comments
from psoas_audio.encode.ffmpeg import encode_ffmpeg
from psoas_audio.encode.lossless import append_chunk, encode_lossless
from psoas_audio.qc.examine import examine, examine_sound
from psoas_audio.qc.report import Fault, QcReport
from psoas_audio.sound.read_sound import open_sound
from psoas_audio.sound.transcode import transcode_to_wav
from psoas_audio.sound.untrusted_files import SESSION_FILE
from psoas_audio.temporary import temporary_folder
from psoas_audio.timeline import Timeline
from psoas_audio.units import SAMPLE_RATE

_MAX_FRAMES = 24 * 3600 * SAMPLE_RATE
_AAC_FRAME = 1024
"""Samples."""


def write_session_file(
    format_name: str,
    read: Reader,
    timeline: Timeline,
    details: Details,
    file: BinaryIO,
    on_samples: Callable[[int], None],
    *,
    head: bytes,
    cover: bytes,
    kbps: int | None = None,
) -> None:
    """Write the session of *timeline* to *file* in any format but MP3.

    *read* gives its samples from one position to another, *head* is its ID3 tag (WAV files carry it
    as a chunk), *cover* a JPEG, *kbps* the bit rate if it isn't the format's usual one.
    *on_samples* gets the number of samples written so far.
    """
    length, channels = timeline.length, timeline.channels
    if format_name in ("wav", "flac"):
        encode_lossless(read, length, channels, file, format_name.upper(), on_samples)
        if format_name == "wav":
            append_chunk(file, b"id3 ", head)
        else:
            _tag_flac(file, timeline, details, cover)
        return

    art = None if format_name == "opus" else cover
    tags = ffmetadata(timeline, details)
    encode_ffmpeg(
        read, length, channels, file, format_name, on_samples,
        metadata=tags, cover=art, kbps=kbps,
    )  # fmt: skip


def check_session_file(
    format_name: str,
    part: Path,
    timeline: Timeline,
    target_lufs: float | None,
    *,
    deep: bool = False,
) -> QcReport:
    """Every fault of the finished file *part*, decoded from end to end.

    *target_lufs* is the loudness that the voice should have. *deep* looks for clicks too.
    """
    if format_name == "mp3":
        return examine(part, timeline, target=target_lufs, deep=deep)
    if format_name not in ("m4a", "m4b"):
        return examine_sound(part, timeline, target=target_lufs, deep=deep)

    max_bytes = (timeline.length + SAMPLE_RATE) * timeline.channels * 3
    with SESSION_FILE.open(part) as raw, transcode_to_wav(raw, "mov", str(part), max_bytes) as wav:
        return _check_padded(wav, timeline, target_lufs, deep)


def timeline_of_sound(path: Path) -> Timeline:
    """Facts about a sound file of any format: length, channels, title and chapters.

    Raises ``SoundError`` for a file that isn't a sound.
    """
    with open_sound(path, kind=SESSION_FILE, frames=_MAX_FRAMES) as file:
        return timeline_from_tags(path, file.frames, file.channels)


def _check_padded(wav: Path, timeline: Timeline, target_lufs: float | None, deep: bool) -> QcReport:
    """Check all but the padding: AAC fills up its last frame of 1,024 samples with silence."""
    with soundfile.SoundFile(wav) as file:
        surplus = file.frames - timeline.length
        if not 0 <= surplus < _AAC_FRAME:
            message = f"decodes to {surplus:+} samples more than planned."
            return QcReport((Fault("length", message),), {})
        with temporary_folder() as folder:
            trimmed = Path(folder, "trimmed.wav")
            with soundfile.SoundFile(trimmed, "w", file.samplerate, file.channels, "PCM_24") as out:
                left = timeline.length
                while left:
                    block = file.read(min(left, 480_000), dtype="float32", always_2d=True)
                    out.write(block)
                    left -= len(block)
            return examine_sound(trimmed, timeline, target=target_lufs, deep=deep)


def _tag_flac(file: BinaryIO, timeline: Timeline, details: Details, cover: bytes) -> None:
    picture = Picture()
    picture.type, picture.mime, picture.data = 3, "image/jpeg", cover
    try:
        file.seek(0)
        flac = FLAC(file)
        if flac.tags is None:
            flac.add_tags()
        for name, text in vorbis_comments(timeline, details):
            flac.tags.append((name, text))
        flac.add_picture(picture)
        file.seek(0)
        flac.save(file)
    except MutagenError as error:
        why = error.args[0] if error.args else None
        raise (
            why if isinstance(why, OSError) else OSError(f"writing its tags failed: {error}")
        ) from error
