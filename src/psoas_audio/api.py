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
from psoas_audio.rendering.formats import form_of
from psoas_audio.rendering.outputs import wanted
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
    extras: Iterable[str] = (),
    form: str | None = None,
    producer: bool = False,
    overwrite: bool = False,
    report: Report = silent,
    **wishes: Unpack[Wishes],
) -> Rendered:
    """A finished session of *script*, published as *output* (a file's name or a folder).

    :class:`Wishes` has the choices; *extras* are names of the files to write beside
    the session (``timeline``, ``vtt``, ``srt``, ``chapters``, ``transcript``, ``page``, ``cover``,
    ``plot``). *form* is ``mp3``, ``wav``, ``flac``, ``m4a``, ``m4b`` or ``opus`` (by default what
    *output* ends in, else ``mp3``); with *producer*, stems and the review page come along.
    Raises :class:`~psoas_audio.errors.PsoasError`; nothing that was there is lost then.
    """

    path = None if output is None else Path(output)
    settings = Settings(
        output=path,
        form=form_of(form, path),
        producer=producer,
        overwrite=overwrite,
        extras=wanted(extras, bundle=False),
    )
    return Session(Draft(_script(script), choose(**wishes), settings), report).render()


def _script(script: Script | str | Path) -> Script:
    return script if isinstance(script, Script) else load_script(script)
