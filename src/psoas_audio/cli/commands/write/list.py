"""The command ``psoas-audio list``: parses the options, makes one call, prints the result."""

from __future__ import annotations

import click

from psoas_audio.cli.options import json_option
from psoas_audio.cli.output import print_json


@click.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """List the sessions that come with psoas-audio."""
    from psoas_audio.drafting.library_listing import list_library
    from psoas_audio.units import clock, seconds_to_samples

    sessions = list_library()
    if as_json:
        print_json([s.as_json() for s in sessions])
        return
    for session in sessions:
        length, shortest, longest = (
            clock(seconds_to_samples(seconds))
            for seconds in (session.default, session.shortest, session.longest)
        )
        needs = ", ".join(session.equipment) or "nothing"
        click.echo(
            f"{session.name:<28} {length:>6} ({shortest}–{longest})  {session.kind:<13}"
            f" {session.position:<14} {session.level:<15} needs {needs}"
        )
