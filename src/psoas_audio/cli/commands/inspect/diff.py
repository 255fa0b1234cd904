"""The command ``psoas-audio diff``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from pathlib import Path

import click

from psoas_audio.cli.options import SCRIPT_TYPE, json_option
from psoas_audio.cli.output import print_json


@click.command("diff")
@click.argument("before", metavar="A", type=SCRIPT_TYPE)
@click.argument("after", metavar="[B]", required=False, type=click.Path(path_type=Path))
@json_option
@click.pass_context
def diff_command(ctx: click.Context, before: str, after: Path | None, as_json: bool) -> None:
    """Show what differs between two timelines.

    A and B are MP3s that psoas-audio rendered, or .timeline.json files; one may be a script. With
    A alone, A is a script, compared with the newest timeline file that was made from it. Exits
    with 1 if something differs.
    """
    from psoas_audio.provenance.compare import compare
    from psoas_audio.timeline.diff import describe_difference

    difference = compare(before, after)
    if as_json:
        print_json(difference.as_json())
    elif difference:
        click.echo(describe_difference(difference))
    else:
        click.echo("No difference.", err=True)
    ctx.exit(1 if difference else 0)
