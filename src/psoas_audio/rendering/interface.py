"""The Python interface: what ``import psoas_audio`` offers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast, get_args

from psoas_audio.errors import PsoasError
from psoas_audio.planning import Choices
from psoas_audio.rendering.faces import wanted
from psoas_audio.rendering.pricing import Priced
from psoas_audio.rendering.progress import Report, silent
from psoas_audio.rendering.result import Rendered
from psoas_audio.rendering.session import Session
from psoas_audio.rendering.settings import Settings
from psoas_audio.script.load import load_script
from psoas_audio.script.model import Guidance, Script, Voice
from psoas_audio.script.times import Misread, parse_time

__all__ = ["load_script", "plan", "render"]


def plan(
    script: Script | str | Path,
    *,
    length: str | None = None,
    guidance: str = "full",
    engine: str | None = None,
    voice: str | None = None,
    rate: int | None = None,
) -> Priced:
    """What a session of *script* (or of the script in that file) will hold, and when.

    *length* is written as in a script (``20m``); *guidance* is ``full``, ``reminder`` or
    ``bells``. Lengths of lines not yet spoken are estimates. Raises
    :class:`~psoas_audio.errors.PsoasError`.
    """
    choices = choose(length, guidance, engine, voice, rate)
    return Session(_script(script), choices, Settings()).priced()


def render(
    script: Script | str | Path,
    output: str | Path | None = None,
    *,
    length: str | None = None,
    guidance: str = "full",
    engine: str | None = None,
    voice: str | None = None,
    rate: int | None = None,
    extras: Iterable[str] = (),
    overwrite: bool = False,
    report: Report = silent,
) -> Rendered:
    """A finished session of *script*, published as *output* (a file's name or a folder).

    The choices are those of :func:`plan`; *extras* are names of the files to write beside
    the MP3 (``timeline``, ``vtt``, ``srt``, ``chapters``, ``transcript``, ``page``, ``cover``,
    ``plot``).
    Raises :class:`~psoas_audio.errors.PsoasError`; nothing that was there is lost then.
    """
    choices = choose(length, guidance, engine, voice, rate)
    settings = Settings(
        output=None if output is None else Path(output),
        overwrite=overwrite,
        extras=wanted(extras, bundle=False),
    )
    return Session(_script(script), choices, settings, report).render()


def choose(
    length: str | None, guidance: str, engine: str | None, voice: str | None, rate: int | None
) -> Choices:
    """The choices of one render as typed values; raises :class:`PsoasError` for a bad one."""
    try:
        samples = None if length is None else parse_time(length)
    except Misread as fault:
        raise PsoasError(f"--length: {fault.message}", hint=fault.hint) from None
    if guidance not in get_args(Guidance):
        raise PsoasError(
            f"there is no guidance {guidance!r}.", hint="Choose full, reminder or bells."
        )
    level = cast(Guidance, guidance)
    return Choices(samples, level, Voice(engine=engine, name=voice, rate=rate))


def _script(script: Script | str | Path) -> Script:
    return script if isinstance(script, Script) else load_script(script)
