"""The command ``psoas-audio completion``: parse, one call, print."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print the lines that complete commands in your shell."""
    from psoas_audio.cli.main import cli

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "psoas-audio", "_PSOAS_AUDIO_COMPLETE").source())
