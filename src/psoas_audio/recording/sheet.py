"""The recording sheet for a human narrator, and the import of the recordings."""

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
from psoas_audio.errors import PsoasError, SoundError
from psoas_audio.planning import Plan, estimated_length
from psoas_audio.recording.cutting import (
    level_takes,
    loudness_of,
    read_mono,
    split_lines,
    trim_silence,
)
from psoas_audio.speech.engines.recorded import SUFFIXES, find_recording, recording_id
from psoas_audio.units import SAMPLE_RATE, clock, with_noun

MAX_LENGTH_RATIO = 1.6
"""Longest take without a warning, as a multiple of the line's estimated length: beyond it, the
session grows or its holds shrink noticeably."""
MIN_TAKE_LUFS = -45.0
"""Played on two channels. Raised from below that to the voice's level, noise becomes audible."""
_ID_ENDING = re.compile(r"-[0-9a-f]{8}$")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line to record. A line that the script repeats is recorded once."""

    id: str
    """Name of its file, without the suffix."""
    text: str
    before: str
    """The line before it; empty for the first."""
    after: str
    """The line after it; empty for the last."""
    length: int
    """Estimated length in samples at 48 kHz."""
    place: str
    """Its place in the script, as ``FILE:LINE``."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The outcome of an import."""

    takes: tuple[Path, ...]
    """Paths of the takes that were written."""
    faults: tuple[str, ...]
    """One message per line that has to be recorded (again)."""
    unused: tuple[Path, ...]
    """Other files beside the recordings that no take was made of."""


def sheet_lines(plan: Plan) -> list[SheetLine]:
    """The distinct lines of *plan*, in order. Raises ``PsoasError`` if nothing is said in it."""
    utterances = plan.utterances()
    if not utterances:
        raise PsoasError(
            "nothing is said in this session: there is no line to record.",
            hint="Give it a 'say', or another --guidance.",
        )
    texts = ["", *(u.text for u in utterances), ""]
    lines: dict[str, SheetLine] = {}
    for number, u in enumerate(utterances):
        name = recording_id(u.text)
        spoken = estimated_length(replace(u, treatment="plain"))  # recordings have no effects
        place = f"{Path(u.mark.path).name}:{u.mark.line}"
        if name not in lines:
            lines[name] = SheetLine(name, u.text, texts[number], texts[number + 2], spoken, place)
    return list(lines.values())


def sheet_markdown(title: str, lines: Sequence[SheetLine]) -> str:
    """The sheet as Markdown, for the narrator to read from."""
    total = clock(sum(line.length for line in lines))
    parts = [
        f"# Recording sheet: {title}\n",
        f"{with_noun(len(lines), 'line')}, about {total} of speech. Save each line in a file with"
        " the given name (wav, flac, aiff, ogg or mp3), or record all lines in this order in one"
        " file, with two seconds of silence between lines and shorter pauses inside them.\n",
    ]
    for number, line in enumerate(lines, 1):
        parts.append(f"## {number}. `{line.id}` · about {line.length / SAMPLE_RATE:.1f} s\n")
        parts.append(f"> {line.text}\n")
        context = [f"{when}: {text}" for when, text in
                   (("before", line.before), ("after", line.after)) if text]  # fmt: skip
        parts.extend(f"{note}  " for note in context)
        parts.append("")
    return "\n".join(parts)


def sheet_csv(lines: Sequence[SheetLine]) -> str:
    """The sheet as CSV, for spreadsheets."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("number", "id", "line", "before", "after", "seconds", "place"))
    for number, line in enumerate(lines, 1):
        seconds = f"{line.length / SAMPLE_RATE:.1f}"
        table.writerow((number, line.id, line.text, line.before, line.after, seconds, line.place))
    return out.getvalue()


def import_recordings(
    lines: Sequence[SheetLine], source: Path, output: Path, *, overwrite: bool
) -> ImportResult:
    """Write takes of *lines* to the folder *output* from the recordings in *source*.

    *source* is a folder of files named by line id, or a single recording of all lines (or a
    folder with only that file), which is split at its silences. A line without a recording is
    fine if *output* already has its take. Raises :class:`SoundError` for recordings that can't
    be read or split.
    """
    files = _recordings_in(source)
    names = {line.id for line in lines}
    if len(files) == 1 and not _ID_ENDING.search(files[0].stem):
        found = _split_in_order(lines, files[0])
    else:
        files = _one_of_each_line(names, files)
        found = {path.stem: trim_silence(read_mono(path)) for path in files}
    known = [*_recordings_in(source), *_recordings_in(output)]
    outdated = [path for path in known if _is_outdated(path, names)]
    faults = [f"{path}: the script no longer has this line" for path in outdated]
    takes: dict[str, Mono] = {}
    for line in lines:
        take = found.get(line.id)
        if take is None:
            if find_recording(output, line.text) is None:
                faults.append(f"{_label(line)}: missing")
        elif (lufs := loudness_of([take])) < MIN_TAKE_LUFS:
            reason = f"too quiet, {lufs:.0f} LUFS" if math.isfinite(lufs) else "silent"
            faults.append(f"{_label(line)}: {reason}; not imported")
        else:
            takes[line.id] = take
            if len(take) > MAX_LENGTH_RATIO * line.length + SAMPLE_RATE / 2:
                seconds, target = len(take) / SAMPLE_RATE, line.length / SAMPLE_RATE
                faults.append(
                    f"{_label(line)}: too long, {seconds:.1f} s instead of {target:.1f} s"
                )
    levelled = dict(zip(takes, level_takes(list(takes.values())), strict=True))
    written = _publish(levelled, output, overwrite=overwrite)
    return ImportResult(written, tuple(faults), _unused(source, {*files, *outdated, output}))


def _one_of_each_line(names: Collection[str], files: Sequence[Path]) -> list[Path]:
    """The recording in *files* of each line in *names*; of several, that in the first format."""
    ordered = sorted(files, key=lambda path: SUFFIXES.index(path.suffix.lower()))
    return list({path.stem: path for path in reversed(ordered) if path.stem in names}.values())


def _unused(source: Path, used: Collection[Path]) -> tuple[Path, ...]:
    """What is in the folder *source* apart from the files in *used*; hidden files don't count."""
    inside = source.iterdir() if source.is_dir() else ()
    return tuple(sorted(e for e in inside if e not in used and not e.name.startswith(".")))


def _publish(takes: Mapping[str, Mono], output: Path, *, overwrite: bool) -> tuple[Path, ...]:
    with Publication(overwrite) as publication:
        for name in takes:
            publication.reserve(output / f"{name}.wav")
        for name, take in takes.items():
            file = io.BytesIO()
            soundfile.write(file, take, SAMPLE_RATE, format="WAV", subtype="PCM_16")
            publication.write(output / f"{name}.wav", file.getvalue())
        return publication.publish() if takes else ()


def _recordings_in(source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    inside = sorted(source.iterdir()) if source.is_dir() else []
    return [path for path in inside if path.suffix.lower() in SUFFIXES and path.is_file()]


def _split_in_order(lines: Sequence[SheetLine], recording: Path) -> dict[str, Mono]:
    try:
        pieces = split_lines(read_mono(recording), [line.length for line in lines])
    except SoundError as error:
        raise SoundError(
            error.what,
            where=str(recording),
            hint=error.hint,
        ) from None
    return {line.id: piece for line, piece in zip(lines, pieces, strict=True)}


def _is_outdated(path: Path, names: Collection[str]) -> bool:
    """Whether *path* is the recording of a line that the script no longer has."""
    return bool(_ID_ENDING.search(path.stem)) and path.stem not in names


def _label(line: SheetLine) -> str:
    return f"{line.place}: {line.id}"
