"""The command ``psoas-audio plan``: parse, one call, print."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from psoas_audio.cli.options import SCRIPT, choice_options, chosen, json_option

if TYPE_CHECKING:
    from psoas_audio.drafting.planned_session import PlannedSession


@click.command("plan")
@click.argument("script", type=SCRIPT)
@choice_options
@json_option
def plan_command(
    script: str,
    wishes: dict[str, Any],
    as_json: bool,
) -> None:
    """Show what a session will hold, and when."""
    from psoas_audio.drafting.outline import as_object, as_table

    planned = _planned(script, wishes)
    for problem in planned.warnings:
        click.echo(f"warning: {problem.sentence}", err=True)
    if as_json:
        click.echo(json.dumps(as_object(planned), ensure_ascii=False))
    else:
        click.echo(as_table(planned))


def _planned(script: str, wishes: dict[str, Any]) -> PlannedSession:
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.drafting.settings import Settings
    from psoas_audio.script.load import load_script

    return Draft(load_script(script), chosen(wishes), Settings()).plan()
