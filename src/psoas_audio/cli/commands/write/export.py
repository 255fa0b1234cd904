"""The command ``psoas-audio export``: parses the options, makes one call, writes the result."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from psoas_audio.cli.options import SCRIPT_TYPE, choice_options, choices_from


@click.command("export")
@click.argument("script", type=SCRIPT_TYPE)
@click.option(
    "--to",
    "export_format",
    type=click.Choice(["text", "ssml", "docx", "csv"]),
    required=True,
    help="The format.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="The file to write; - for standard output.  [default: the script's name]",
)
@click.option("-f", "--force", "overwrite", is_flag=True, help="Replace an existing file.")
@choice_options
def export_command(
    script: str,
    export_format: str,
    output: Path | None,
    overwrite: bool,
    options: dict[str, Any],
) -> None:
    """Write a session as text, SSML, Word or a table.

    Sides and rounds are written out, and lengths are those of the session that the options choose.
    Text, SSML and Word can be imported again.
    """
    from psoas_audio.atomic_files import Publication
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.drafting.render_settings import Settings
    from psoas_audio.exporting.formats import EXPORT_ENDINGS, export_session
    from psoas_audio.exporting.left_out import left_out
    from psoas_audio.script.load import load_script

    loaded = load_script(script)
    planned = Draft(loaded, choices_from(options), Settings()).plan()
    data = export_session(loaded, planned.fitted.plan, export_format)
    missing = left_out(loaded, planned.fitted.plan)
    if missing:
        click.echo(f"Left out of the file: {', '.join(missing)}.", err=True)
    path = output or Path(loaded.name + EXPORT_ENDINGS[export_format])
    if str(path) == "-":
        sys.stdout.buffer.write(data)
        return
    with Publication(overwrite, "Use --force to replace it, or name another with -o.") as target:
        target.reserve(path)
        target.write(path, data)
        target.publish()
    click.echo(f"Wrote {path}.", err=True)
