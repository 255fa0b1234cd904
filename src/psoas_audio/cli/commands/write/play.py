"""The command ``psoas-audio play``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from typing import Any

import click

from psoas_audio.cli.options import SCRIPT_TYPE, choice_options, choices_from
from psoas_audio.cli.output import print_warnings


@click.command("play")
@click.argument("script", type=SCRIPT_TYPE)
@click.option(
    "--from",
    "start",
    metavar="CHAPTER|TIME",
    help="Where to start, such as 'The right side' or 3:20.",
)
@choice_options
def play_command(script: str, start: str | None, options: dict[str, Any]) -> None:
    """Play a session without rendering it.

    Press Ctrl-C to stop.
    """
    from psoas_audio.cli.progress import progress_bar
    from psoas_audio.drafting.load_chosen import chosen_draft
    from psoas_audio.playback.play import play
    from psoas_audio.rendering.session import Session

    with progress_bar(script, True) as on_progress:
        draft = chosen_draft(script, choices_from(options))
        play(Session(draft, on_progress), start, lambda warning: print_warnings([warning]))
