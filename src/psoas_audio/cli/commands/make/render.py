"""The command ``psoas-audio render``: parse, one call, print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from psoas_audio.cli.options import SCRIPT, choice_options, chosen, json_option, output_options
from psoas_audio.errors import PsoasError

if TYPE_CHECKING:
    from psoas_audio.rendering.result import Rendered


@click.command("render")
@click.argument("scripts", nargs=-1, type=SCRIPT, metavar="SCRIPT...")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file, or a folder.")
@click.option("-f", "--force", "-y", "overwrite", is_flag=True, help="Replace files.")
@output_options
@click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")
@click.option("--producer", is_flag=True, help="Write stems, Audacity labels, a Reaper project and "
              "the review page too.")  # fmt: skip
@choice_options
@click.option("--deep-check", is_flag=True, help="Decode the finished file from end to end too, "
              "besides every block as it is encoded.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), help="Default: one a core.")
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Print what was measured.")
@click.pass_context
def render_command(
    ctx: click.Context,
    scripts: tuple[str, ...],
    output: Path | None,
    overwrite: bool,
    outputs: tuple[str, ...],
    bundle: bool,
    dry_run: bool,
    producer: bool,
    format_name: str | None,
    wishes: dict[str, Any],
    deep_check: bool,
    workers: int | None,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make finished MP3 sessions of scripts.

    SCRIPT is a file, or the name of a session that comes with psoas-audio. With --like it may
    be left out: the file tells its script's name.
    """
    from psoas_audio.allocator import keep_little
    from psoas_audio.cli.progress import reporting
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.drafting.settings import Settings
    from psoas_audio.provenance.made_of import made_of, script_of
    from psoas_audio.rendering.formats import format_of
    from psoas_audio.rendering.outputs import select_outputs
    from psoas_audio.rendering.session import Session
    from psoas_audio.script.load import load_script

    keep_little()
    if len(scripts) > 1 and output is not None and output.suffix:
        raise click.UsageError("With several scripts --output must be a folder.")
    if not scripts and wishes["like"] is None:
        raise click.UsageError("Name a script.")
    scripts = scripts or (script_of(made_of(wishes["like"]), wishes["like"]),)
    choices = chosen(wishes)
    settings = Settings(
        output,
        overwrite,
        outputs=select_outputs(outputs, bundle=bundle),
        format=format_of(format_name, output),
        producer=producer,
        deep_check=deep_check,
        workers=workers,
    )
    status = 0
    for name in scripts:
        try:
            with reporting(name, not (quiet or as_json)) as report:
                session = Session(Draft(load_script(name), choices, settings), report)
                if dry_run:
                    _print_dry(session, as_json)
                    continue
                rendered = session.render()
        except PsoasError as error:
            if ctx.obj["debug"]:
                raise
            click.echo(error.report(), err=True)
            status = max(status, error.exit_code)
            continue
        for warning in () if quiet else rendered.warnings:
            click.echo(f"warning: {warning}", err=True)
        if as_json:
            click.echo(json.dumps(rendered.as_json(), ensure_ascii=False))
        elif not quiet:
            _print_rendered(rendered, verbose)
    ctx.exit(status)


def _print_dry(session: object, as_json: bool) -> None:
    from psoas_audio.rendering.session import Session
    from psoas_audio.units import clock

    assert isinstance(session, Session)
    planned, files = session.draft.plan(), [str(path) for path in session.output_paths()]
    if as_json:
        click.echo(json.dumps({"files": files, "samples": planned.timeline.length}))
        return
    lines = len(planned.timeline.track("voice").clips)
    click.echo(f"{clock(planned.timeline.length)} and {lines} lines, {planned.estimated} to speak:")
    for path in files:
        click.echo(f"  {path}" + (" (is there already)" if Path(path).exists() else ""))


def _print_rendered(rendered: Rendered, verbose: bool) -> None:
    from psoas_audio.units import clock

    click.echo(f"{rendered.output}  {clock(rendered.timeline.length)}")
    for path in rendered.files[1:]:
        click.echo(str(path))
    if verbose:
        click.echo(
            f"voice {rendered.loudness.voice_lufs:.1f} LUFS,"
            f" true peak {rendered.loudness.true_peak_dbtp:.1f} dBTP,"
            f" takes: {rendered.takes_made} made, {rendered.takes_reused} reused",
            err=True,
        )
