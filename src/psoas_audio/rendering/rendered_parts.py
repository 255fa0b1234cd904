"""The parts of a rendered session that its outputs are made from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from psoas_audio.deliver.details import Details
from psoas_audio.drafting.draft import Draft
from psoas_audio.rendering.session_formats import SESSION_FORMATS
from psoas_audio.timeline import Timeline


class RenderedParts(NamedTuple):
    """What every output is made from."""

    timeline: Timeline
    details: Details
    output: Path
    """The session's final path."""
    parts: Mapping[Path, Path]
    """Final path to temporary path, of every file written so far."""
    cover: bytes
    """A JPEG."""
    draft: Draft | None = None
    """What it was rendered from; ``None`` if only the finished session is there."""

    @property
    def sound(self) -> tuple[str, bytes]:
        """Media type and bytes of the session's own file."""
        suffix = self.output.suffix[1:].lower()
        return SESSION_FORMATS[suffix].media_type, self.parts[self.output].read_bytes()
