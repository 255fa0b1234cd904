"""The command ``psoas-audio doctor``: parses the options, makes one call, prints the result."""

from __future__ import annotations

import click

from psoas_audio.cli.options import json_option
from psoas_audio.cli.output import print_json


@click.command("doctor")
@json_option
@click.pass_context
def doctor_command(ctx: click.Context, as_json: bool) -> None:
    """Check the installation, and explain what is missing.

    Exits with 1 if a required part is missing.
    """
    from psoas_audio.doctor import diagnose

    found = diagnose()
    if as_json:
        plain = [
            {"part": d.part, "ok": d.ok, "needed": d.needed, "tells": d.found, "hint": d.hint}
            for d in found
        ]
        print_json(plain)
    else:
        for diagnosis in found:
            status = "ok" if diagnosis.ok else ("MISSING" if diagnosis.needed else "absent")
            click.echo(f"{status:<8} {diagnosis.part:<16} {diagnosis.found}")
            if diagnosis.hint:
                click.echo(f"{'':<8} {'':<16} {diagnosis.hint}")
    ctx.exit(1 if any(d.needed and not d.ok for d in found) else 0)
