"""What a timeline file says about its session: the details that its outputs show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from psoas_audio.deliver.details import Details
from psoas_audio.timeline import Timeline, from_json
from psoas_audio.timeline.file import read_timeline_text
from psoas_audio.timeline.serialization import is_text


def read_described(path: Path) -> tuple[Timeline, Details]:
    """The timeline in the file *path*, and the details beside it.

    Raises :class:`PsoasError` if the timeline can't be read; details that are malformed are left
    out.
    """
    text = read_timeline_text(path)
    timeline = from_json(text, str(path))
    made = json.loads(text).get("made")
    return timeline, _details(timeline, made if isinstance(made, dict) else {})


def _details(timeline: Timeline, made: Mapping[str, Any]) -> Details:
    about = made.get("about")
    about = about if isinstance(about, dict) else {}

    def text(plain: Mapping[str, Any], name: str) -> str:
        value = plain.get(name, "")
        return value if is_text(value) else ""

    def texts(name: str) -> tuple[str, ...]:
        value = about.get(name, [])
        return tuple(v for v in value if is_text(v)) if isinstance(value, list) else ()

    def number(name: str) -> int | None:
        value = about.get(name)
        return value if type(value) is int and 0 < value < 10_000 else None

    provenance = {key: made[key] for key in ("of", "choices") if key in made}
    return Details(
        title=timeline.title,
        artist=text(about, "voice"),
        credits=texts("credits"),
        author=text(about, "author"),
        album=text(about, "album"),
        year=number("year"),
        track=number("track"),
        digital_source=text(about, "digital_source"),
        kbps=number("kbps"),
        own_cover=text(about, "own_cover"),
        has_pictures=about.get("has_pictures") is not False,
        language=timeline.language,
        comment=text(about, "comment"),
        summary=text(about, "summary"),
        kind=text(about, "kind"),
        equipment=texts("equipment"),
        position=text(about, "position"),
        level=text(about, "level"),
        avoid=texts("avoid"),
        version=text(made, "version"),
        digest=text(made, "script"),
        variant=text(made, "variant"),
        made=json.dumps(provenance, ensure_ascii=False),
        figure=text(about, "figure"),
    )
