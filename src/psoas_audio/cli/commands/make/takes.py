"""The command ``psoas-audio takes``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from psoas_audio.cli.options import SCRIPT_TYPE, choice_options, choices_from
from psoas_audio.cli.output import list_names, print_warnings
from psoas_audio.cli.output_options import OUTPUT_FOLDER_TYPE

if TYPE_CHECKING:
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.planning import Plan


@click.group("takes")
def takes_command() -> None:
    """Record a session's lines with a human voice."""


@takes_command.command("sheet")
@click.argument("script", type=SCRIPT_TYPE)
@click.option(
    "--csv", "as_table", is_flag=True, help="Print CSV for a spreadsheet instead of Markdown."
)
@choice_options
def sheet_command(script: str, as_table: bool, options: dict[str, Any]) -> None:
    """Print the lines to record.

    Each line comes with its file name, the lines around it, and how long it may take.
    """
    from psoas_audio.recording.sheet import sheet_csv, sheet_lines, sheet_markdown

    draft = _draft(script, options)
    lines = sheet_lines(_plan(draft))
    click.echo(
        sheet_csv(lines) if as_table else sheet_markdown(draft.script.title, lines), nl=False
    )


@takes_command.command("import")
@click.argument("script", type=SCRIPT_TYPE)
@click.argument("recordings", type=click.Path(exists=True, path_type=Path), metavar="FOLDER")
@click.option(
    "-o",
    "--output",
    type=OUTPUT_FOLDER_TYPE,
    help="Folder for the takes.  [default: SCRIPT-takes]",
)
@click.option("-f", "--force", "overwrite", is_flag=True, help="Replace existing takes.")
@choice_options
@click.pass_context
def import_command(
    ctx: click.Context,
    script: str,
    recordings: Path,
    output: Path | None,
    overwrite: bool,
    options: dict[str, Any],
) -> None:
    """Turn recordings into takes, trimmed and with an even loudness.

    FOLDER has a file for each line, named as on the sheet. It may also be one recording of all
    lines in order, which is cut at its silences. Exits with 1 if a line has to be recorded (again).
    """
    from psoas_audio.recording.sheet import import_recordings, sheet_lines
    from psoas_audio.speech.engines.recorded import SUFFIXES
    from psoas_audio.units import with_noun

    draft = _draft(script, options)
    folder = output or Path(f"{draft.script.name}-takes")
    lines = sheet_lines(_plan(draft))
    result = import_recordings(lines, recordings, folder, overwrite=overwrite)
    print_warnings(result.faults)
    if result.unused:
        click.echo(
            f"{recordings}: not used: {list_names(path.name for path in result.unused)}."
            " A recording has the name of its line on the sheet, and ends in"
            f" {', '.join(SUFFIXES)}.",
            err=True,
        )
    all_lines = with_noun(len(lines), "line")
    click.echo(f"{len(result.takes)} of {all_lines} in {folder}. Use them with:")
    click.echo(f"  psoas-audio render {script} --voice recorded:{folder}")
    ctx.exit(1 if result.faults else 0)


def _draft(script: str, options: dict[str, Any]) -> Draft:
    from psoas_audio.drafting.load_chosen import chosen_draft

    return chosen_draft(script, choices_from(options))


def _plan(draft: Draft) -> Plan:
    """The plan of *draft*, whose voice may be recordings that aren't there yet."""
    from psoas_audio.drafting.planned_session import plan_session

    return plan_session(draft.script, draft.choices).fitted.plan
