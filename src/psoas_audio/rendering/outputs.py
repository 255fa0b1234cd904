"""The files that can come with a session, each a face of the same timeline."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from psoas_audio._version import __version__
from psoas_audio.deliver.details import Details, about
from psoas_audio.deliver.text.captions import captions, srt, vtt
from psoas_audio.deliver.text.chapters import chapters_json
from psoas_audio.deliver.text.transcript import transcript
from psoas_audio.digest import digest
from psoas_audio.errors import PsoasError
from psoas_audio.provenance.versions import versions
from psoas_audio.rendering.formats import FORMS
from psoas_audio.timeline import Timeline, to_json


@dataclass(frozen=True, slots=True)
class Made:
    """What every face is made from."""

    timeline: Timeline
    details: Details
    output: Path
    """What the session's file will be called."""
    parts: Mapping[Path, Path]
    """Where each file lies for now, by what it will be called."""
    cover: bytes
    """A JPEG."""

    @property
    def sound(self) -> tuple[str, bytes]:
        """The session's file: its media type and its bytes."""
        return FORMS[self.output.suffix[1:].lower()].kind, self.parts[self.output].read_bytes()


def _timeline(made: Made) -> str:
    details = made.details
    return to_json(
        made.timeline,
        made={
            "version": __version__,
            "with": versions(),
            "variant": details.variant,
            "script": details.digest,
            "about": about(details),
            "files": {
                path.relative_to(made.output.parent).as_posix(): digest(part)
                for path, part in made.parts.items()
            },
            **json.loads(details.made),
        },
    )


def _page(made: Made) -> str:
    from psoas_audio.deliver.web.page import page  # loads a template engine

    kind, sound = made.sound
    return page(made.timeline, made.details, sound, cover=made.cover, kind=kind)


def _plot(made: Made) -> str:
    from psoas_audio.rendering.sounding import svg_of_file  # loads what listens and draws

    target = json.loads(made.details.made)["target"]
    return svg_of_file(made.parts[made.output], made.timeline, target)


FACES: Mapping[str, tuple[str, Callable[[Made], str | bytes]]] = {
    "timeline": (".timeline.json", _timeline),
    "vtt": (".vtt", lambda made: vtt(captions(made.timeline))),
    "srt": (".srt", lambda made: srt(captions(made.timeline))),
    "chapters": (".chapters.json", lambda made: chapters_json(made.timeline)),
    "transcript": (".txt", lambda made: transcript(made.timeline, made.details)),
    "page": (".html", _page),
    "cover": (".jpg", lambda made: made.cover),
    "plot": (".svg", _plot),
}
"""Every face by the name ``--with`` takes: what follows the session's name, and its maker."""


def in_order(faces: Iterable[str]) -> list[str]:
    """*faces* by name, the timeline last: it holds digests of the others."""
    return sorted(faces, key=lambda face: (face == "timeline", face))


def beside(output: Path, face: str) -> Path:
    """Where the *face* of the session *output* is written."""
    return output.with_name(output.stem + FACES[face][0])


def draw(face: str, made: Made) -> bytes:
    """The bytes of a *face*."""
    content = FACES[face][1](made)
    return content.encode() if isinstance(content, str) else content


def wanted(names: Iterable[str], bundle: bool) -> frozenset[str]:
    """The faces to write; raises :class:`PsoasError` for a name that is none."""
    unknown = sorted(set(names) - FACES.keys())
    if unknown:
        raise PsoasError(
            f"there is no {unknown[0]!r} to write with a session.",
            hint=f"Choose of {', '.join(FACES)}.",
        )
    return frozenset(FACES if bundle else names)
