"""The command ``psoas-audio takes``: parse, one call, print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from psoas_audio.cli.options import SCRIPT, choice_options, chosen

if TYPE_CHECKING:
    from psoas_audio.drafting.draft import Draft


@click.group("takes")
def takes_command() -> None:
    """Record a session's lines with a human voice."""


@takes_command.command("sheet")
@click.argument("script", type=SCRIPT)
@click.option("--csv", "as_table", is_flag=True, help="A table for spreadsheets, not Markdown.")
@choice_options
def sheet_command(script: str, as_table: bool, wishes: dict[str, Any]) -> None:
    """Print what to record: each line, its file's name, what is around it, how long it is."""
    from psoas_audio.recording.sheet import as_csv, as_markdown, sheet

    draft = _draft(script, wishes)
    lines = sheet(draft.plan().fitted.plan)
    click.echo(as_csv(lines) if as_table else as_markdown(draft.script.title, lines), nl=False)


@takes_command.command("import")
@click.argument("script", type=SCRIPT)
@click.argument("recordings", type=click.Path(exists=True, path_type=Path), metavar="FOLDER")
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path),
              help="Folder of the takes.  [default: SCRIPT-takes here]")  # fmt: skip
@click.option("-f", "--force", "overwrite", is_flag=True, help="Replace takes.")
@choice_options
@click.pass_context
def import_command(
    ctx: click.Context,
    script: str,
    recordings: Path,
    output: Path | None,
    overwrite: bool,
    wishes: dict[str, Any],
) -> None:
    """Make takes of recordings: trimmed, and at the voice's loudness.

    FOLDER has a file per line, named as on the sheet, or one recording of all lines in order,
    which is cut at its silences. Exit 1 if something is to be recorded (again).
    """
    from psoas_audio.recording.sheet import bring_in, sheet

    draft = _draft(script, wishes)
    folder = output or Path(f"{draft.script.name}-takes")
    lines = sheet(draft.plan().fitted.plan)
    done = bring_in(lines, recordings, folder, overwrite=overwrite)
    for fault in done.faults:
        click.echo(f"warning: {fault}", err=True)
    click.echo(f"{len(done.made)} of {len(lines)} lines are now in {folder}. Use them with:")
    click.echo(f"  psoas-audio render {script} --voice recorded:{folder}")
    ctx.exit(1 if done.faults else 0)


def _draft(script: str, wishes: dict[str, Any]) -> Draft:
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.drafting.settings import Settings
    from psoas_audio.script.load import load_script

    return Draft(load_script(script), chosen(wishes), Settings())
