"""The command ``psoas-audio schema``: parses the options, makes one call, prints the result."""

from __future__ import annotations

import click

from psoas_audio.cli.output import print_json


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of scripts, for completion in editors."""
    from psoas_audio.script.schema import json_schema

    print_json(json_schema(), indent=1)
