"""The command ``psoas-audio watch``: parse, one call, print."""

from __future__ import annotations

from typing import Any

import click

from psoas_audio.cli.options import SCRIPT, choice_options, chosen


@click.command("watch")
@click.argument("script", type=SCRIPT)
@click.option("--port", type=click.IntRange(0, 65535), help="Default: 8420, or any free one.")
@click.option("--no-open", is_flag=True, help="Don't open a browser.")
@choice_options
def watch_command(script: str, port: int | None, no_open: bool, wishes: dict[str, Any]) -> None:
    """See and hear a script while you write it, in your browser.

    The page follows each save. It is served to this machine alone, until you press Ctrl-C.
    """
    import webbrowser

    from psoas_audio.studio.preview import Preview
    from psoas_audio.studio.server import serve

    def ready(address: str) -> None:
        click.echo(address)
        click.echo("Press Ctrl-C to end.", err=True)
        if not no_open:
            webbrowser.open(address)

    serve(script, Preview(script, chosen(wishes)), port, ready)
