"""A human narrator: the sheet to record from, and the recordings brought in."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import soundfile

from psoas_audio.atomic_files import Publication
from psoas_audio.audio import Mono
from psoas_audio.errors import SoundError
from psoas_audio.planning import Plan, estimated_length
from psoas_audio.recording.cutting import levelled, loudness_of, pieces, read_mono, trimmed
from psoas_audio.speech.engines.recorded import SUFFIXES, find_recording, recording_id
from psoas_audio.units import SAMPLE_RATE, clock

TOO_LONG = 1.6
"""Times the target length: the session would grow, or its holds shrink, by as much."""
TOO_QUIET_LUFS = -45.0
"""As two channels play it; raised to the voice's level, its noise would be heard."""
_NAMED = re.compile(r"-[0-9a-f]{8}$")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line to be recorded; said twice, it is recorded once."""

    id: str
    """Its file's name, without the suffix."""
    text: str
    before: str
    """What is said before it; empty for the first."""
    after: str
    length: int
    """Samples it should take, about."""
    place: str
    """File and line of the script."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of recordings."""

    made: tuple[Path, ...]
    """The takes written."""
    faults: tuple[str, ...]
    """Lines to record (again) and why."""


def sheet(plan: Plan) -> list[SheetLine]:
    """The lines of *plan* in order, each once."""
    utterances = plan.utterances()
    texts = ["", *(u.text for u in utterances), ""]
    lines: dict[str, SheetLine] = {}
    for number, u in enumerate(utterances):
        name = recording_id(u.text)
        spoken = estimated_length(replace(u, treatment="plain"))  # a narrator records no room
        place = f"{Path(u.mark.path).name}:{u.mark.line}"
        if name not in lines:
            lines[name] = SheetLine(name, u.text, texts[number], texts[number + 2], spoken, place)
    return list(lines.values())


def as_markdown(title: str, lines: Sequence[SheetLine]) -> str:
    """The sheet as a narrator reads it."""
    whole = clock(sum(line.length for line in lines))
    parts = [
        f"# Recording sheet: {title}\n",
        f"{len(lines)} lines, about {whole} of speech. Save each line as a file of the name given"
        " (wav, flac, aiff, ogg or mp3), or record all of them in this order in one file, with two"
        " seconds of silence between lines and shorter pauses inside them.\n",
    ]
    for number, line in enumerate(lines, 1):
        parts.append(f"## {number}. `{line.id}` · about {line.length / SAMPLE_RATE:.1f} s\n")
        parts.append(f"> {line.text}\n")
        context = [f"{when}: {text}" for when, text in
                   (("before", line.before), ("after", line.after)) if text]  # fmt: skip
        parts.extend(f"{note}  " for note in context)
        parts.append("")
    return "\n".join(parts)


def as_csv(lines: Sequence[SheetLine]) -> str:
    """The sheet as a table for spreadsheets."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("number", "id", "line", "before", "after", "seconds", "place"))
    for number, line in enumerate(lines, 1):
        seconds = f"{line.length / SAMPLE_RATE:.1f}"
        table.writerow((number, line.id, line.text, line.before, line.after, seconds, line.place))
    return out.getvalue()


def bring_in(
    lines: Sequence[SheetLine], source: Path, output: Path, *, overwrite: bool
) -> Imported:
    """Takes of *lines* in the folder *output*, from the recordings in *source*.

    *source* is a folder of files named by id, or one long recording (or a folder with nothing
    else in it), which is cut at its silences. Lines that *output* has already are not missed.
    Raises :class:`SoundError` for recordings that can't be read or cut.
    """
    files = _sounds_in(source)
    names = {line.id for line in lines}
    if len(files) == 1 and not _NAMED.search(files[0].stem):
        found = _by_order(lines, files[0])
    else:
        found = {path.stem: trimmed(read_mono(path)) for path in files if path.stem in names}
    faults = _for_other_words(names, [*files, *_sounds_in(output)])
    takes: dict[str, Mono] = {}
    for line in lines:
        take = found.get(line.id)
        if take is None:
            if find_recording(output, line.text) is None:
                faults.append(f"{_called(line)}: missing")
        elif (lufs := loudness_of([take])) < TOO_QUIET_LUFS:
            told = f"too quiet, {lufs:.0f} LUFS" if math.isfinite(lufs) else "silent"
            faults.append(f"{_called(line)}: {told}; not taken")
        else:
            takes[line.id] = take
            if len(take) > TOO_LONG * line.length + SAMPLE_RATE / 2:
                seconds, target = len(take) / SAMPLE_RATE, line.length / SAMPLE_RATE
                faults.append(f"{_called(line)}: too long, {seconds:.1f} s for {target:.1f} s")
    level = dict(zip(takes, levelled(list(takes.values())), strict=True))
    return Imported(_publish(level, output, overwrite=overwrite), tuple(faults))


def _publish(takes: Mapping[str, Mono], output: Path, *, overwrite: bool) -> tuple[Path, ...]:
    with Publication(overwrite) as publication:
        for name in takes:
            publication.reserve(output / f"{name}.wav")
        for name, take in takes.items():
            file = io.BytesIO()
            soundfile.write(file, take, SAMPLE_RATE, format="WAV", subtype="PCM_16")
            publication.write(output / f"{name}.wav", file.getvalue())
        return publication.publish() if takes else ()


def _sounds_in(source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    inside = sorted(source.iterdir()) if source.is_dir() else []
    return [path for path in inside if path.suffix.lower() in SUFFIXES and path.is_file()]


def _by_order(lines: Sequence[SheetLine], recording: Path) -> dict[str, Mono]:
    try:
        cut = pieces(read_mono(recording), [line.length for line in lines])
    except SoundError as error:
        raise SoundError(
            error.what,
            where=str(recording),
            hint=error.hint,
        ) from None
    return {line.id: piece for line, piece in zip(lines, cut, strict=True)}


def _for_other_words(names: Collection[str], files: Sequence[Path]) -> list[str]:
    """Recordings named as only a sheet's lines are, whose words the script no longer has."""
    old = [path for path in files if _NAMED.search(path.stem) and path.stem not in names]
    return [f"{path}: recorded for words that the script no longer has" for path in old]


def _called(line: SheetLine) -> str:
    return f"{line.place}: {line.id}"
