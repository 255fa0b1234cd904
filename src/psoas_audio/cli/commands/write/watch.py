"""The command ``psoas-audio watch``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from typing import Any

import click

from psoas_audio.cli.options import SCRIPT_TYPE, choice_options, choices_from
from psoas_audio.cli.output import print_warnings


@click.command("watch")
@click.argument("script", type=SCRIPT_TYPE)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Port of the page.  [default: 8420, or any free one]",
)
@click.option("--no-open", is_flag=True, help="Don't open a browser.")
@choice_options
def watch_command(script: str, port: int | None, no_open: bool, options: dict[str, Any]) -> None:
    """Preview a script in your browser while you write it.

    The page follows each save. It is served to this machine only, until you press Ctrl-C.
    """
    import webbrowser

    from psoas_audio.studio.preview import Preview
    from psoas_audio.studio.server import serve

    def on_ready(address: str) -> None:
        click.echo(address)
        click.echo("Press Ctrl-C to stop.", err=True)
        if not no_open:
            webbrowser.open(address)

    preview = Preview(script, choices_from(options), lambda warning: print_warnings([warning]))
    serve(script, preview, port, on_ready)
