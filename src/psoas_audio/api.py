"""The Python interface: what ``import psoas_audio`` offers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, get_args

from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.planned_session import PlannedSession
from psoas_audio.drafting.settings import Settings
from psoas_audio.errors import PsoasError
from psoas_audio.planning import Choices
from psoas_audio.rendering.progress import Report, silent
from psoas_audio.script.fields.pattern_types import named_pattern
from psoas_audio.script.load import load_script
from psoas_audio.script.model import (
    HIGHEST_TARGET,
    LOWEST_TARGET,
    Guidance,
    Pattern,
    Script,
    Treatment,
)
from psoas_audio.script.patterns import from_list
from psoas_audio.script.times import Misread, parse_time
from psoas_audio.speech.engines import ENGINES, known_engines

if TYPE_CHECKING:
    from psoas_audio.rendering.result import Rendered

__all__ = ["Choices", "Wishes", "choose", "load_script", "plan", "render"]


class Wishes(TypedDict, total=False):
    """The choices of one session, as a person writes them; all of them may be left out."""

    length: str | None
    """As in a script: ``20m``."""
    guidance: str | None
    """``full``, ``reminder`` or ``bells``."""
    language: str | None
    """Of a translation: ``de``."""
    engine: str | None
    voice: str | None
    """By the engine's name for it; ``recorded:FOLDER`` names the engine too."""
    rate: int | None
    """Words per minute."""
    treatment: str | None
    """How the voice is coloured: ``plain``, ``warm``, ``close`` or ``hall``."""
    skip: Sequence[str]
    """Titles of chapters."""
    start_side: str | None
    """``left`` or ``right``."""
    breath: str | None
    """A pattern's name, or its seconds: ``4,7,8``."""
    bed: str | None
    """A sound's name, or ``none``."""
    target: float | None
    """Loudness of the voice in LUFS, -30 to -14: -16 where neither this nor the script says so."""


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
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.rendering.formats import form_of
    from psoas_audio.rendering.outputs import wanted
    from psoas_audio.rendering.session import Session

    path = None if output is None else Path(output)
    settings = Settings(
        output=path,
        form=form_of(form, path),
        producer=producer,
        overwrite=overwrite,
        extras=wanted(extras, bundle=False),
    )
    return Session(Draft(_script(script), choose(**wishes), settings), report).render()


def choose(like: Choices | None = None, **wishes: Unpack[Wishes]) -> Choices:
    """The choices of one render as typed values; what isn't wished for is as in *like*.

    Raises :class:`PsoasError` for a bad one.
    """
    like = like or Choices()
    given: dict[str, Any] = {key: value for key, value in wishes.items() if value}
    for key, read in _READ.items():
        if key in given:
            try:
                given[key] = read(given[key])
            except Misread as fault:
                where = key.replace("_", "-")
                raise PsoasError(f"--{where}: {fault.message}", hint=fault.hint) from None
    names = {"engine": "engine", "voice": "name", "rate": "rate", "treatment": "treatment"}
    given = _voice_with_engine(given)
    voice = {names[key]: given.pop(key) for key in names if key in given}
    return replace(like, voice=replace(like.voice, **voice), **given)


def _voice_with_engine(given: dict[str, Any]) -> dict[str, Any]:
    """``recorded:FOLDER`` as engine and voice; the colon of ``C:`` names no engine."""
    engine, colon, name = (given.get("voice") or "").partition(":")
    if not (colon and name) or given.get("engine"):
        return given
    if engine not in ENGINES and engine not in known_engines():
        return given
    return {**given, "engine": engine, "voice": name}


def _breath(text: str) -> Pattern:
    if "," not in text:
        return named_pattern(text)
    return from_list([parse_time(part) for part in text.split(",")])


def _target(lufs: float) -> float:
    if not LOWEST_TARGET <= lufs <= HIGHEST_TARGET:
        raise Misread(
            f"{lufs:g} LUFS can't be had.",
            f"Write a loudness from {LOWEST_TARGET:g} to {HIGHEST_TARGET:g}.",
        )
    return float(lufs)


def _one_of(*words: str) -> Callable[[str], str]:
    def read(word: str) -> str:
        if word not in words:
            raise Misread(f"there is no {word!r}.", f"Choose of {', '.join(words)}.")
        return word

    return read


_READ: Mapping[str, Callable[[Any], Any]] = {
    "length": parse_time,
    "guidance": _one_of(*get_args(Guidance)),
    "start_side": _one_of("left", "right"),
    "treatment": _one_of(*get_args(Treatment)),
    "skip": tuple,
    "breath": _breath,
    "target": _target,
}


def _script(script: Script | str | Path) -> Script:
    return script if isinstance(script, Script) else load_script(script)
