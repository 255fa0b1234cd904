"""Options that several commands share: scripts and the choices that make a variant of one."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from psoas_audio import library
from psoas_audio.cli.output import json_problems

if TYPE_CHECKING:
    from psoas_audio.planning import Choices

F = TypeVar("F", bound=Callable[..., Any])


class ScriptName(click.ParamType[str]):
    """A script's path or the name of a shipped one, with completion for shells."""

    name = "script"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        """Names of shipped scripts that begin with *incomplete*, then files."""
        names = [name for name in library.script_names() if name.startswith(incomplete)]
        items = [click.shell_completion.CompletionItem(name) for name in names]
        return [*items, click.shell_completion.CompletionItem(incomplete, type="file")]


SCRIPT_TYPE = ScriptName()


def json_option(command: F) -> F:
    """The option ``--json``, with which the problems of a script are JSON, too."""

    @functools.wraps(command)
    def answered(*args: Any, **arguments: Any) -> Any:
        with json_problems(arguments["as_json"]):
            return command(*args, **arguments)

    return cast(F, click.option("--json", "as_json", is_flag=True, help="Print JSON.")(answered))


quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
model_option = click.option(
    "--model",
    metavar="NAME",
    help="Model to listen with: a folder, or a name such as base.  [default: PSOAS_AUDIO_LISTENER,"
    " else a small one that was downloaded before]",
)
treatment_option = click.option(
    "--treatment",
    type=click.Choice(["plain", "warm", "close", "hall"], case_sensitive=False),
    help="Sound of the voice.",
)


_CHOICE_OPTIONS = (
    click.option("--length", metavar="TIME", help="Length of the session, such as 20m."),
    click.option(
        "--guidance",
        type=click.Choice(["full", "reminder", "bells"], case_sensitive=False),
        help="How much is said; the timing stays the same.  [default: full]",
    ),
    click.option("--language", metavar="TAG", help="Language of a translation, such as de."),
    click.option("--engine", metavar="NAME", help="Speech engine for the script's lines."),
    click.option(
        "--voice", metavar="NAME", help="Name of the voice, as 'psoas-audio voices' lists it."
    ),
    click.option(
        "--rate", type=click.IntRange(60, 250), metavar="WPM", help="Speed, in words per minute."
    ),
    treatment_option,
    click.option(
        "--skip",
        multiple=True,
        metavar="CHAPTER",
        help="Leave out the chapter with this title. Can be repeated.",
    ),
    click.option(
        "--start-side",
        type=click.Choice(["left", "right"], case_sensitive=False),
        help="The side to start with.",
    ),
    click.option(
        "--breath",
        metavar="PATTERN",
        help="Breathing pattern to use instead of the script's: a name such as box, or seconds"
        " such as 4,7,8.",
    ),
    click.option(
        "--bed",
        metavar="NAME",
        help="Background sound: a name, none, or apart (left out, for players that add it).",
    ),
    click.option(
        "--value",
        "values",
        multiple=True,
        metavar="NAME=WORDS",
        help="Words for {NAME} in the texts. Can be repeated.",
    ),
    click.option(
        "--target",
        type=click.FloatRange(-30, -14),
        metavar="LUFS",
        help="Loudness of the voice, such as -18 or -23.  [default: the script's, or -16]",
    ),
    click.option(
        "--like",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Take all choices from FILE, a finished session or its timeline; other options"
        " override them.",
    ),
)
_CHOICE_NAMES = (
    "length", "guidance", "language", "engine", "voice", "rate", "treatment",
    "skip", "start_side", "breath", "bed", "values", "target", "like",
)  # fmt: skip

_LISTENERS_CHOICE = ("length", "guidance", "start_side", "bed", "like")
"""The choices that a living session leaves to its listener, and those of a finished session."""

REPEATABLE = ("length", "guidance", "language", "voice")
"""The options of which a batch renders every combination."""


def choice_options(command: F) -> F:
    """The options that choose a variant of a script: the command gets them as ``options``."""

    @functools.wraps(command)
    def collected(*args: Any, **arguments: Any) -> Any:
        options = {name: arguments.pop(name) for name in _CHOICE_NAMES}
        return command(*args, options=options, **arguments)

    for option in reversed(_CHOICE_OPTIONS):
        collected = option(collected)
    return cast(F, collected)


def variant_options(command: F) -> F:
    """As :func:`choice_options`, but those in :data:`REPEATABLE` may be given several times."""
    collected = choice_options(command)
    for option in getattr(collected, "__click_params__", ()):
        if option.name in REPEATABLE:
            option.multiple = True
            text, default, value = option.help.partition("  [default")
            option.help = f"{text} Can be repeated.{default}{value}"
    return collected


def living_options(command: F) -> F:
    """The options of a living session. The command gets those that all its versions share as
    ``options``, and those that its listener chooses from as ``guidances`` and ``beds``."""
    shared = [name for name in _CHOICE_NAMES if name not in _LISTENERS_CHOICE]

    @functools.wraps(command)
    def collected(*args: Any, **arguments: Any) -> Any:
        options = {name: arguments.pop(name) for name in shared}
        return command(*args, options=options, **arguments)

    for name, option in reversed(list(zip(_CHOICE_NAMES, _CHOICE_OPTIONS, strict=True))):
        if name in shared:
            collected = option(collected)
    for option in (
        click.option(
            "--bed",
            "beds",
            multiple=True,
            metavar="NAME",
            help="Background sound to choose from, or none. Can be repeated."
            "  [default: the script's]",
        ),
        click.option(
            "--guidance",
            "guidances",
            type=click.Choice(["full", "reminder", "bells"], case_sensitive=False),
            multiple=True,
            help="How much is said, for the listener to choose from. Can be repeated."
            "  [default: all three]",
        ),
    ):
        collected = option(collected)
    return cast(F, collected)


def choices_from(options: dict[str, Any]) -> Choices:
    """The choices that *options* make; raises ``PsoasError`` for a bad one."""
    from psoas_audio.drafting.parse_choices import choose

    like = options.pop("like")
    if like is None:
        return choose(**options)
    from psoas_audio.provenance.read_provenance import read_provenance

    return choose(read_provenance(like).choices, **options)
