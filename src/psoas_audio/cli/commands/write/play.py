"""The command ``psoas-audio play``: parse, one call, print."""

from __future__ import annotations

from typing import Any

import click

from psoas_audio.cli.options import SCRIPT, choice_options, chosen


@click.command("play")
@click.argument("script", type=SCRIPT)
@click.option("--from", "begin", metavar="CHAPTER|TIME", help="Where to start, such as 'The right "
              "side' or 3:20.")  # fmt: skip
@choice_options
def play_command(script: str, begin: str | None, wishes: dict[str, Any]) -> None:
    """Hear a session now, with nothing rendered; Ctrl-C ends it."""
    from psoas_audio.cli.progress import reporting
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.drafting.settings import Settings
    from psoas_audio.playback.play import play
    from psoas_audio.rendering.session import Session
    from psoas_audio.script.load import load_script

    with reporting(script, True) as report:
        play(Session(Draft(load_script(script), chosen(wishes), Settings()), report), begin)
