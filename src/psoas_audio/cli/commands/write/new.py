"""The command ``psoas-audio new``: parses the options, makes one call, prints the result."""

from __future__ import annotations

import shlex
from pathlib import Path

import click


@click.command("new")
@click.argument("name")
@click.option("-f", "--force", "overwrite", is_flag=True, help="Replace an existing file.")
def new_command(name: str, overwrite: bool) -> None:
    """Write a script with comments, NAME.yaml, to start from."""
    from psoas_audio.atomic_files import Publication
    from psoas_audio.script.starter import starter

    if name.endswith(("/", "\\")) or not name.strip(" ./\\"):
        raise click.UsageError(f"{name!r} is a folder: give the name of the new file.")
    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    with Publication(
        overwrite, "Use --force to replace it, or choose another NAME."
    ) as publication:
        publication.reserve(path)
        publication.write(path, starter(path.stem).encode())
        publication.publish()
    click.echo(f"Wrote {path}. Render it with: psoas-audio render {shlex.quote(str(path))}")
