"""Options that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from psoas_audio import library
from psoas_audio.rendering.formats import SESSION_FORMATS
from psoas_audio.rendering.outputs import OUTPUTS

if TYPE_CHECKING:
    from psoas_audio.planning import Choices

F = TypeVar("F", bound=Callable[..., Any])


class ScriptName(click.ParamType[str]):
    """A script's path or the name of a shipped one, completed by the shell."""

    name = "script"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        """Shipped names that begin alike, then files."""
        names = [name for name in library.script_names() if name.startswith(incomplete)]
        items = [click.shell_completion.CompletionItem(name) for name in names]
        return [*items, click.shell_completion.CompletionItem(incomplete, type="file")]


SCRIPT = ScriptName()


TREATMENT = click.option(
    "--treatment",
    type=click.Choice(["plain", "warm", "close", "hall"]),
    help="How the voice is coloured.",
)
_CHOICES = (
    click.option("--length", metavar="TIME", help="Length wanted, such as 20m."),
    click.option(
        "--guidance",
        type=click.Choice(["full", "reminder", "bells"]),
        help="How much is said; times stay the same.  [default: full]",
    ),
    click.option("--language", metavar="TAG", help="A translation, such as de."),
    click.option("--engine", metavar="NAME", help="Speech engine for the script's lines."),
    click.option("--voice", metavar="NAME", help="Voice, by the engine's name for it."),
    click.option("--rate", type=click.IntRange(60, 250), metavar="WPM", help="Words per minute."),
    TREATMENT,
    click.option("--skip", multiple=True, metavar="CHAPTER", help="Leave a chapter out, by its "
                 "title; may be given again."),
    click.option("--start-side", type=click.Choice(["left", "right"]), help="The side to start "
                 "with."),
    click.option("--breath", metavar="PATTERN", help="In place of the script's own breath: a name "
                 "such as box, or seconds such as 4,7,8."),
    click.option("--bed", metavar="NAME", help="Background sound, or none."),
    click.option("--target", type=click.FloatRange(-30, -14), metavar="LUFS", help="Loudness of "
                 "the voice, such as -18 or -23.  [default: the script's, or -16]"),
    click.option("--like", type=click.Path(exists=True, dir_okay=False, path_type=Path),
                 metavar="FILE", help="Choose as FILE was made: an MP3 or a timeline."),
)  # fmt: skip
_NAMES = ("length", "guidance", "language", "engine", "voice", "rate", "treatment",
          "skip", "start_side", "breath", "bed", "target", "like")  # fmt: skip

SEVERAL = ("length", "guidance", "language", "voice")
"""Those of which a batch makes the product."""


def choice_options(command: F) -> F:
    """The options that choose a variant of a script: the command gets them as ``wishes``."""

    @functools.wraps(command)
    def collected(*args: Any, **options: Any) -> Any:
        wishes = {name: options.pop(name) for name in _NAMES}
        return command(*args, wishes=wishes, **options)

    for option in reversed(_CHOICES):
        collected = option(collected)
    return cast(F, collected)


def variant_options(command: F) -> F:
    """As :func:`choice_options`; those of :data:`SEVERAL` may be given again, for all variants."""
    collected = choice_options(command)
    for option in getattr(collected, "__click_params__", ()):
        if option.name in SEVERAL:
            option.multiple = True
            option.help = f"{option.help} May be given again."
    return collected


def chosen(wishes: dict[str, Any]) -> Choices:
    """The choices that *wishes* ask for; raises ``PsoasError`` for a bad one."""
    from psoas_audio.drafting.choose import choose

    like = wishes.pop("like")
    if like is None:
        return choose(**wishes)
    from psoas_audio.provenance.made_of import made_of

    return choose(made_of(like).choices, **wishes)


def output_options(command: F) -> F:
    """``--with``, ``--bundle`` and ``--format``: which files to write.

    The command gets them as ``outputs``, ``bundle`` and ``format_name``.
    """
    by_ffmpeg = [name for name, row in SESSION_FORMATS.items() if row.needs_ffmpeg]
    for option in (
        click.option(
            "--format",
            "format_name",
            type=click.Choice(list(SESSION_FORMATS)),
            help=f"Format of the sound; {_listed(by_ffmpeg, 'and')} need ffmpeg."
            "  [default: mp3, or the ending of --output]",
        ),
        click.option("--bundle", is_flag=True, help="Write all of these outputs."),
        click.option(
            "--with",
            "outputs",
            multiple=True,
            metavar="OUTPUT",
            help=f"Write this output too: {_listed(list(OUTPUTS), 'or')}. May be given again.",
        ),
    ):
        command = option(command)
    return command


def _listed(names: Sequence[str], word: str) -> str:
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
