"""The command ``psoas-audio qc``: parse, one call, print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from psoas_audio.cli.options import json_option

if TYPE_CHECKING:
    pass


@click.command("qc")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--timeline", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Default: FILE's own, beside it.")  # fmt: skip
@click.option("--target", type=click.FloatRange(-30, -14), metavar="LUFS",
              help="What the voice should have.  [default: what it was made for]")  # fmt: skip
@json_option
@click.pass_context
def qc_command(
    ctx: click.Context, file: Path, timeline: Path | None, target: float | None, as_json: bool
) -> None:
    """Decode a finished session and list its faults; exit 1 if there is one."""
    from psoas_audio.errors import PsoasError
    from psoas_audio.provenance.made_of import target_of
    from psoas_audio.rendering.format_files import check
    from psoas_audio.rendering.formats import SESSION_FORMATS
    from psoas_audio.timeline.file import read_timeline, timeline_beside

    beside = timeline or timeline_beside(file)
    if not beside.is_file():
        raise PsoasError(
            "there is no timeline beside this file to hold it against.",
            where=str(file),
            hint="Render it with '--with timeline', or name one with --timeline.",
        )
    plan = read_timeline(beside)
    form = file.suffix[1:].lower()
    wanted = target or target_of(beside)
    report = check(form if form in SESSION_FORMATS else "mp3", file, plan, wanted, deep=True)
    if as_json:
        faults = [
            {"name": f.name, "message": f.message, "at_samples": f.at_samples}
            for f in report.faults
        ]
        click.echo(json.dumps({"faults": faults, "figures": dict(report.figures)}))
    else:
        for name, value in report.figures.items():
            shown = f"{value:.2f}" if isinstance(value, float) else str(value)
            click.echo(f"{name.replace('_', ' '):<32} {shown:>14}")
        for fault in report.faults:
            click.echo(f"fault: {fault}")
    ctx.exit(1 if report.faults else 0)
