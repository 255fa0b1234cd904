"""The Python interface: what ``import psoas_audio`` offers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from psoas_audio.drafting.choose import Wishes, choose
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.planned_session import PlannedSession
from psoas_audio.drafting.settings import Settings
from psoas_audio.planning import Choices
from psoas_audio.rendering.formats import format_of
from psoas_audio.rendering.outputs import select_outputs
from psoas_audio.rendering.progress import Report, silent
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script
from psoas_audio.script.model import (
    Script,
)

if TYPE_CHECKING:
    from psoas_audio.rendering.result import Rendered

__all__ = ["Choices", "Wishes", "choose", "load_script", "plan", "render"]


def plan(script: Script | str | Path, **wishes: Unpack[Wishes]) -> PlannedSession:
    """What a session of *script* (or of the script in that file) will hold, and when.

    :class:`Wishes` has the choices. Lengths of lines not yet spoken are estimates. Raises
    :class:`~psoas_audio.errors.PsoasError`.
    """
    return Draft(_script(script), choose(**wishes), Settings()).plan()


def render(
    script: Script | str | Path,
    output: str | Path | None = None,
    *,
    outputs: Iterable[str] = (),
    format: str | None = None,
    producer: bool = False,
    overwrite: bool = False,
    report: Report = silent,
    **wishes: Unpack[Wishes],
) -> Rendered:
    """A finished session of *script*, published as *output* (a file's name or a folder).

    :class:`Wishes` has the choices. *outputs* are names of files to write beside the session, keys
    of :data:`~psoas_audio.rendering.outputs.OUTPUTS`; *format* is a key of
    :data:`~psoas_audio.rendering.formats.SESSION_FORMATS` (by default what *output* ends in, else
    ``mp3``). *producer* adds stems and the review page.
    Raises :class:`~psoas_audio.errors.PsoasError`; nothing that was there is lost then.
    """

    path = None if output is None else Path(output)
    settings = Settings(
        output=path,
        format=format_of(format, path),
        producer=producer,
        overwrite=overwrite,
        outputs=select_outputs(outputs),
    )
    return Session(Draft(_script(script), choose(**wishes), settings), report).render()


def _script(script: Script | str | Path) -> Script:
    return script if isinstance(script, Script) else load_script(script)
