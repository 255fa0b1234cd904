"""The command ``psoas-audio completion``: parses the options, makes one call, prints the result."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print a completion script for your shell."""
    from psoas_audio.cli.main import cli

    completion = get_completion_class(shell)
    assert completion is not None
    click.echo(completion(cli, {}, "psoas-audio", "_PSOAS_AUDIO_COMPLETE").source())
