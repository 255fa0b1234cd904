"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from psoas_audio import library

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


def choice_options(command: F) -> F:
    """The options that choose a variant of a script."""
    for option in reversed(
        (
            click.option("--length", metavar="TIME", help="Length wanted, such as 20m."),
            click.option(
                "--guidance",
                type=click.Choice(["full", "reminder", "bells"]),
                default="full",
                show_default=True,
                help="How much is said; times stay the same.",
            ),
            click.option("--engine", metavar="NAME", help="Speech engine for the script's lines."),
            click.option("--voice", metavar="NAME", help="Voice, by the engine's name for it."),
            click.option(
                "--rate", type=click.IntRange(60, 250), metavar="WPM", help="Words per minute."
            ),
        )
    ):
        command = option(command)
    return command


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
