"""The functions of the public API, imported as ``psoas_audio``; docs/api.md describes them."""

from __future__ import annotations

import contextlib
import functools
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, Unpack

from psoas_audio.drafting.check import check_examined, script_problems
from psoas_audio.drafting.load_chosen import chosen_draft
from psoas_audio.drafting.parse_choices import ChoiceOptions, choose
from psoas_audio.drafting.planned_session import PlannedSession
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.errors import Problem, PsoasError
from psoas_audio.playback.mixdown import Mixdown
from psoas_audio.rendering.outputs import select_outputs
from psoas_audio.rendering.progress import OnProgress, ignore_progress
from psoas_audio.rendering.result import Rendered
from psoas_audio.rendering.session import Session
from psoas_audio.rendering.session_formats import bit_rate, format_of
from psoas_audio.script.load import Source, examine_source
from psoas_audio.script.model import Script

_P = ParamSpec("_P")
_R = TypeVar("_R")

_RENAMED = {"extras": "outputs", "form": "format", "report": "on_progress"}
"""Old to new names of the arguments of :func:`render`; the old ones go after one release."""


def _accept_old_names(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """*function*, which also accepts arguments by their old names, with a warning."""

    @functools.wraps(function)
    def called(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        arguments: dict[str, Any] = {**kwargs}
        for old, new in _RENAMED.items():
            if old in arguments:
                message = f"the argument {old!r} is now called {new!r}"
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                arguments[new] = arguments.pop(old)
        return function(*args, **arguments)

    return called


def check(script: str | Path, *, language: str | None = None) -> tuple[Problem, ...]:
    """Every problem of a script, sorted by place: errors, which prevent a render, and warnings.

    *script* is a file or the name of a shipped script. With *language*, a BCP 47 tag, its
    translation is checked too. Raises :class:`PsoasError` if the file can't be read.
    """
    return script_problems(script, language)


def check_source(
    source: Source,
    *,
    name: str = "script",
    folder: str | Path | None = None,
    language: str | None = None,
) -> tuple[Problem, ...]:
    """As :func:`check`, for a script in a string or a mapping, like :func:`parse_script`."""
    return check_examined(examine_source(source, name, folder), language)


def plan(script: Script | str | Path, **options: Unpack[ChoiceOptions]) -> PlannedSession:
    """What a session of *script* contains, and when; nothing is spoken.

    The length of a line that has not been spoken yet is estimated. Raises :class:`ScriptError`
    for a script with errors, :class:`LengthError` for a length that it can't have, and another
    :class:`PsoasError` for an invalid option, or an engine or sound that can't be found.
    """
    with _errors_name_arguments():
        return chosen_draft(script, choose(**options)).plan()


@_accept_old_names
def render(
    script: Script | str | Path,
    output: str | Path | None = None,
    *,
    outputs: Iterable[str] = (),
    format: str | None = None,
    bitrate: int | None = None,
    producer: bool = False,
    overwrite: bool = False,
    on_progress: OnProgress = ignore_progress,
    **options: Unpack[ChoiceOptions],
) -> Rendered:
    """Render *script* as the file *output*, check the file, and publish it.

    *output* is a file, or a folder, where the session gets its default name; by default it is the
    current folder. *outputs* are files to write beside the session, as in ``render --with``.
    *format*, such as ``flac``, is by default chosen by the extension of *output*, else ``mp3``.
    *bitrate*, in kb/s, is by default the script's, else that of the format.
    *producer* adds the stems and the review page. *overwrite* allows files to be replaced.
    *on_progress* is called with each :class:`Progress`, in the thread that called :func:`render`.

    Raises what :func:`plan` does, and :class:`SpeechError`, :class:`SoundError`,
    :class:`CacheError`, :class:`EncodeError`, :class:`QcError` or :class:`OutputError`; no
    existing file has changed then.
    """
    path = None if output is None else Path(output)
    with _errors_name_arguments():
        chosen = format_of(format, path)
        settings = Settings(
            output=path,
            format=chosen,
            kbps=bit_rate(bitrate, chosen),
            producer=producer,
            overwrite=overwrite,
            outputs=select_outputs(outputs),
        )
        draft = chosen_draft(script, choose(**options), settings)
        return Session(draft, on_progress).render()


def mixdown(
    script: Script | str | Path,
    *,
    on_progress: OnProgress = ignore_progress,
    **options: Unpack[ChoiceOptions],
) -> Mixdown:
    """The sound of a session of *script* without a file: lines are spoken now, mixed when read.

    Raises what :func:`plan` does, and :class:`SpeechError`, :class:`SoundError` or
    :class:`CacheError`.
    """
    with _errors_name_arguments():
        session = Session(chosen_draft(script, choose(**options)), on_progress)
        return Mixdown(session, session.speak())


@contextlib.contextmanager
def _errors_name_arguments() -> Iterator[None]:
    """Errors raised inside name Python's arguments instead of the command line's options."""
    try:
        yield
    except PsoasError as error:
        error.what, error.hint = _as_arguments(error.what), _as_arguments(error.hint)
        raise


_OPTION = re.compile(r"--([a-z]+(?:-[a-z]+)*)(?: ((?:\w+:)?[A-Z]{2,}))?")
_ARGUMENTS = {"force": "overwrite=True", "with": "outputs"}
"""Options whose argument has another name."""


def _as_arguments(text: str) -> str:
    """*text* with each option replaced by its argument; ``psoas-audio`` commands are unchanged."""
    head, command, tail = text.partition("psoas-audio ")

    def argument(found: re.Match[str]) -> str:
        name = _ARGUMENTS.get(found[1], found[1].replace("-", "_"))
        return f"{name}={found[2]!r}" if found[2] else name

    return _OPTION.sub(argument, head) + command + tail
