"""The command ``psoas-audio qc``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from pathlib import Path

import click

from psoas_audio.cli.options import json_option, model_option
from psoas_audio.cli.output import print_json

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("qc")
@click.argument("file", type=_FILE)
@click.option(
    "--timeline",
    "timeline_file",
    type=_FILE,
    help="Timeline to check FILE against.  [default: the one in FILE, or else beside it]",
)
@click.option(
    "--target",
    "target_lufs",
    type=click.FloatRange(-30, -14),
    metavar="LUFS",
    help="Loudness that the voice should have.  [default: the one it was rendered for]",
)
@click.option(
    "--words",
    "listen",
    is_flag=True,
    help="Also transcribe it, and list words that are missing, doubled or misheard, as warnings.",
)
@model_option
@json_option
@click.pass_context
def qc_command(
    ctx: click.Context,
    file: Path,
    timeline_file: Path | None,
    target_lufs: float | None,
    listen: bool,
    model: str | None,
    as_json: bool,
) -> None:
    """Decode a finished session and list its faults.

    Without a timeline, lines and their loudness aren't checked, only what any sound file has:
    loudness, peaks, clicks, silence and structure. Exits with 1 if there is a fault. --words
    needs the timeline, and psoas-audio[listen].
    """
    from psoas_audio.errors import PsoasError
    from psoas_audio.provenance.read_provenance import read_target_lufs
    from psoas_audio.rendering.other_formats import check_session_file, timeline_of_sound
    from psoas_audio.rendering.session_formats import SESSION_FORMATS
    from psoas_audio.timeline.file import find_timeline, read_timeline

    if model and not listen:
        raise click.UsageError("--model goes with --words.")
    source = timeline_file or find_timeline(file)
    if source is not None:
        timeline = read_timeline(source)
        target_lufs = target_lufs or read_target_lufs(source)
    elif listen:
        raise PsoasError(
            "the words can't be checked without the session's timeline.",
            where=str(file),
            hint="Render it with --with timeline, or name the timeline: --timeline FILE.",
        )
    else:
        timeline = timeline_of_sound(file)
        click.echo(f"{file}: checked without a timeline, since it contains none", err=True)
    words = None
    if listen:
        from psoas_audio.listening.session import listen_to_session
        from psoas_audio.listening.transcriber import Transcriber, find_transcriber

        transcriber = Transcriber(find_transcriber(model, timeline.language))
        words = listen_to_session(file, timeline, transcriber)
    suffix = file.suffix[1:].lower()
    format_name = suffix if suffix in SESSION_FORMATS else "mp3"
    report = check_session_file(format_name, file, timeline, target_lufs, deep=True)
    if as_json:
        faults = [
            {"name": f.name, "message": f.message, "at_samples": f.at_samples}
            for f in report.faults
        ]
        found: dict[str, object] = {"faults": faults, "figures": dict(report.figures)}
        print_json(found if words is None else found | {"words": words.as_json()})
    else:
        for name, value in report.figures.items():
            shown = f"{value:.2f}" if isinstance(value, float) else str(value)
            click.echo(f"{name.replace('_', ' '):<32} {shown:>14}")
        for fault in report.faults:
            click.echo(f"fault: {fault}")
        if words is not None:
            click.echo(words.summary)
            for warning in words.warnings():
                click.echo(f"warning: {warning}")
    ctx.exit(1 if report.faults else 0)
