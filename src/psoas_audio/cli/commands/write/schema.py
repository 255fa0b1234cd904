"""The command ``psoas-audio schema``: parse, one call, print."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    pass


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of the script language, for completion in editors."""
    from psoas_audio.script.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))
