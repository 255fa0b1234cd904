"""Commands that let hear a session before it is rendered: parse, one call, print."""

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

    from psoas_audio.watch.preview import Preview
    from psoas_audio.watch.server import serve

    def ready(address: str) -> None:
        click.echo(address)
        click.echo("Press Ctrl-C to end.", err=True)
        if not no_open:
            webbrowser.open(address)

    serve(script, Preview(script, chosen(wishes)), port, ready)


@click.command("play")
@click.argument("script", type=SCRIPT)
@click.option("--from", "begin", metavar="CHAPTER|TIME", help="Where to start, such as 'The right "
              "side' or 3:20.")  # fmt: skip
@choice_options
def play_command(script: str, begin: str | None, wishes: dict[str, Any]) -> None:
    """Hear a session now, with nothing rendered; Ctrl-C ends it."""
    from psoas_audio.cli.progress import reporting
    from psoas_audio.rendering.interface import load_script
    from psoas_audio.rendering.playing import play
    from psoas_audio.rendering.session import Session
    from psoas_audio.rendering.settings import Settings

    with reporting(script, True) as report:
        play(Session(load_script(script), chosen(wishes), Settings(), report), begin)
