"""The command ``psoas-audio schema``: parse, one call, print."""

from __future__ import annotations

import json

import click


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of scripts, for completion in editors."""
    from psoas_audio.script.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))
