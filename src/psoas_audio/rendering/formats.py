"""The formats a session can be written in: a row each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psoas_audio.encode.ffmpeg import need_ffmpeg
from psoas_audio.errors import PsoasError


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file."""

    name: str
    """As ``--format`` takes it; also the file's suffix, without the dot."""
    kind: str
    """Media type."""
    by_ffmpeg: bool = False


FORMS = {
    form.name: form
    for form in (
        Form("mp3", "audio/mpeg"),
        Form("wav", "audio/wav"),
        Form("flac", "audio/flac"),
        Form("m4a", "audio/mp4", by_ffmpeg=True),
        Form("m4b", "audio/mp4", by_ffmpeg=True),
        Form("opus", "audio/ogg", by_ffmpeg=True),
    )
}


def form_of(name: str | None, output: Path | None) -> str:
    """The format's name: *name*, or what the suffix of *output* says, or ``mp3``.

    Raises :class:`PsoasError` where there is no such format, where the two differ, or where it
    needs a program that isn't there.
    """
    suffix = "" if output is None or output.is_dir() else output.suffix[1:].lower()
    form = name or (suffix if suffix in FORMS else "mp3")
    if form not in FORMS:
        raise PsoasError(f"there is no format {form!r}.", hint=f"Choose of {', '.join(FORMS)}.")
    if suffix in FORMS and suffix != form:
        raise PsoasError(
            f"the file's name says {suffix}, but the format asked for is {form}.",
            where=str(output),
            hint="Leave out --format, or name the file as the format is.",
        )
    if FORMS[form].by_ffmpeg:
        need_ffmpeg(form)
    return form
