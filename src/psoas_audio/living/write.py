"""Writes a living session: the page, the form for other programs, and single rows as MP3s."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psoas_audio.atomic_files import Publication
from psoas_audio.drafting.file_names import session_name
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.encode.mp3_formats import mp3_format
from psoas_audio.encode.mp3_frames import Crc16, info_frame
from psoas_audio.errors import OutputError, PsoasError
from psoas_audio.files import FileKind
from psoas_audio.living.build import LivingSession, Offer, build_living
from psoas_audio.living.page import automatic_voices, living_page, recorded_voices
from psoas_audio.living.pool import frames_of
from psoas_audio.planning import Choices
from psoas_audio.provenance.voice_change import change_of_voice
from psoas_audio.rendering.progress import OnProgress, ignore_progress
from psoas_audio.script.model import Script

PAGE_SUFFIX = ".living.html"
"""What the name of a living page ends in, after the session's name."""
POOL_SUFFIX = ".living.bin"
"""What the name of the file of the pool and the beds ends in."""
DATA_SUFFIXES = (".living.json", POOL_SUFFIX)
"""What the names of the document and of the pool end in."""
_PAGE = FileKind("page", 256_000_000)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    output: Path
    """The page."""
    files: tuple[Path, ...]
    rows: int
    pool_bytes: int
    """Bytes of all distinct frames, with those of the beds."""
    page_bytes: int
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "output": str(self.output),
            "files": [str(path) for path in self.files],
            "rows": self.rows,
            "pool_bytes": self.pool_bytes,
            "page_bytes": self.page_bytes,
            "warnings": list(self.warnings),
        }


def page_path(output: Path | None, script: Script, choices: Choices) -> Path:
    """The page's path: *output* if it is an HTML file, else in that folder, or in the current.

    Raises :class:`OutputError` for the name of another file.
    """
    name = session_name(script, choices) + PAGE_SUFFIX
    if output is None:
        return Path(name)
    if output.suffix.lower() in (".html", ".htm") and not output.is_dir():
        return output
    if output.suffix and not output.is_dir():
        raise OutputError(
            f"a page can't be saved as '{output.suffix}'.",
            where=str(output),
            hint="End its name in .html, or give a folder.",
        )
    return output / name


def write_living(
    script: Script,
    choices: Choices,
    offer: Offer,
    settings: Settings,
    *,
    data: bool = False,
    dumps: Sequence[tuple[int, Path]] = (),
    on_progress: OnProgress = ignore_progress,
) -> Written:
    """Build the living session of *script* and write its page, all files at once at the end.

    With *data*, the document and the pool are written beside it. *dumps* are numbers of rows and
    the MP3s to write them to. Raises what :func:`build_living` does, and ``OutputError``.
    """
    output = page_path(settings.output, script, choices)
    stem = output.name.removesuffix(output.suffix).removesuffix(".living")
    beside = [output.with_name(stem + suffix) for suffix in DATA_SUFFIXES] if data else []
    with Publication(settings.overwrite) as publication:
        for path in (output, *beside, *(path for _, path in dumps)):
            publication.reserve(path)
        living = build_living(script, choices, offer, settings, on_progress)
        for number, path in dumps:
            publication.write(path, joined_row(living.document, living.pool, number))
        for path, content in zip(beside, _data(living), strict=False):
            publication.write(path, content)
        changed = change_of_voice(output.name, _voices_before(output), automatic_voices(living))
        page = living_page(living).encode()
        publication.write(output, page)
        files = publication.publish()
    size = len(living.pool) + len(living.beds)
    warnings = tuple(filter(None, (changed, *living.warnings)))
    return Written(output, files, len(living.document["rows"]), size, len(page), warnings)


def _voices_before(page: Path) -> dict[str, str]:
    """The voices that spoke in *page* because nobody chose one; empty if that can't be told."""
    try:
        return recorded_voices(_PAGE.read_text(page)) if page.exists() else {}
    except (PsoasError, OSError, ValueError):
        return {}


def _data(living: LivingSession) -> tuple[bytes, bytes]:
    """The document, and the frames of the pool followed by those of the beds."""
    text = json.dumps(living.document, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode(), living.pool + living.beds


def joined_row(document: Mapping[str, Any], pool: bytes, number: int) -> bytes:
    """The MP3 of a row, as the page joins it.

    Raises :class:`PsoasError` if there is no row of that *number*.
    """
    rows, form = document["rows"], document["form"]
    if not 0 <= number < len(rows):
        raise PsoasError(
            f"--dump-row: there is no version {number}.",
            hint=f"The versions are 0 to {len(rows) - 1}; 0 is the usual one.",
        )
    size, crc = form["size"], Crc16()
    runs = [document["pieces"][piece]["runs"] for piece in rows[number]["pieces"]]
    frames = [frame for each in runs for frame in frames_of(each).tolist()]
    stream = b"".join(pool[frame * size : (frame + 1) * size] for frame in frames)
    crc.add(stream)
    shape = mp3_format(form["channels"], form["kbps"])
    return info_frame(shape.header, shape.lowpass, rows[number]["samples"], crc.value) + stream
