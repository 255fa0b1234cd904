"""The command ``psoas-audio plan``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from typing import Any

import click

from psoas_audio.cli.options import SCRIPT_TYPE, choice_options, choices_from, json_option
from psoas_audio.cli.output import print_json


@click.command("plan")
@click.argument("script", type=SCRIPT_TYPE)
@choice_options
@json_option
def plan_command(script: str, options: dict[str, Any], as_json: bool) -> None:
    """Show what a session contains, and when."""
    from psoas_audio.drafting.load_chosen import chosen_draft
    from psoas_audio.drafting.plan_output import as_object, as_table

    planned = chosen_draft(script, choices_from(options)).plan()
    for problem in planned.warnings:
        click.echo(f"warning: {problem.sentence}", err=True)
    if as_json:
        print_json(as_object(planned))
    else:
        click.echo(as_table(planned))
