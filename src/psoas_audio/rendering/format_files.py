"""Sessions written and checked in the formats beside MP3."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import soundfile
from mutagen import MutagenError
from mutagen.flac import FLAC, Picture

from psoas_audio.audio import Reader
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.tags.vorbis import ffmetadata, vorbis_comments
from psoas_audio.encode.ffmpeg import encode_ffmpeg
from psoas_audio.encode.lossless import append_chunk, encode_lossless
from psoas_audio.qc.examine import examine, examine_sound
from psoas_audio.qc.report import Fault, Report
from psoas_audio.sound.foreign import as_wav
from psoas_audio.timeline import Timeline
from psoas_audio.units import SAMPLE_RATE


def write(
    form: str,
    read: Reader,
    timeline: Timeline,
    details: Details,
    file: BinaryIO,
    told: Callable[[int], None],
    *,
    head: bytes,
    cover: bytes,
) -> None:
    """Write *timeline*, as *read* has its samples, to *file* in any *form* but MP3.

    *head* is the session's ID3 tag (WAV files carry it as a chunk), *cover* a JPEG.
    """
    length, channels = timeline.length, timeline.channels
    if form in ("wav", "flac"):
        encode_lossless(read, length, channels, file, form.upper(), told)
        if form == "wav":
            append_chunk(file, b"id3 ", head)
        else:
            _comment_flac(file, timeline, details, cover)
        return

    art = None if form == "opus" else cover
    words = ffmetadata(timeline, details)
    encode_ffmpeg(read, length, channels, file, form, told, metadata=words, cover=art)


def check(
    form: str, part: Path, timeline: Timeline, target: float | None, *, deep: bool = False
) -> Report:
    """Every fault of the finished file *part*, decoded from end to end; *target* is in LUFS.

    *deep* looks for clicks as well.
    """

    if form == "mp3":
        return examine(part, timeline, target=target, deep=deep)
    if form not in ("m4a", "m4b"):
        return examine_sound(part, timeline, target=target, deep=deep)

    most = (timeline.length + SAMPLE_RATE) * timeline.channels * 3
    with part.open("rb") as raw, as_wav(raw, "mov", str(part), most) as wav:
        return _without_padding(wav, timeline, target, deep)


def _without_padding(wav: Path, timeline: Timeline, target: float | None, deep: bool) -> Report:
    """AAC comes in frames of 1,024 samples: silence up to the last one's end is no fault."""

    with soundfile.SoundFile(wav) as file:
        spare = file.frames - timeline.length
        if not 0 <= spare < 1024:
            return Report((Fault("length", f"decodes to {spare:+} samples of the plan."),), {})
        with tempfile.TemporaryDirectory(prefix="psoas-audio-") as folder:
            cut = Path(folder, "cut.wav")
            with soundfile.SoundFile(cut, "w", file.samplerate, file.channels, "PCM_24") as out:
                left = timeline.length
                while left:
                    block = file.read(min(left, 480_000), dtype="float32", always_2d=True)
                    out.write(block)
                    left -= len(block)
            return examine_sound(cut, timeline, target=target, deep=deep)


def _comment_flac(file: BinaryIO, timeline: Timeline, details: Details, cover: bytes) -> None:

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
        raise why if isinstance(why, OSError) else OSError(f"its tags failed: {error}") from error
