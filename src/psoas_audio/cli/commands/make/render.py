"""The command ``psoas-audio render``: parses the options, makes one call, prints the result."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from psoas_audio.cli.options import (
    SCRIPT_TYPE,
    choice_options,
    choices_from,
    json_option,
    model_option,
    quiet_option,
)
from psoas_audio.cli.output import print_json, print_problems, print_warnings
from psoas_audio.cli.output_options import output_options
from psoas_audio.errors import PsoasError, ScriptError

if TYPE_CHECKING:
    from psoas_audio.drafting.render_settings import Settings
    from psoas_audio.planning import Choices
    from psoas_audio.rendering.result import Rendered
    from psoas_audio.rendering.session import Session


@click.command("render")
@click.argument("scripts", nargs=-1, type=SCRIPT_TYPE, metavar="SCRIPT...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    help="File or folder to write; - for standard output.",
)
@click.option("-f", "--force", "-y", "overwrite", is_flag=True, help="Replace existing files.")
@output_options
@click.option("--dry-run", is_flag=True, help="Show what would be written, and stop.")
@click.option(
    "--producer",
    is_flag=True,
    help="Also write stems, Audacity labels, a Reaper project and a review page.",
)
@choice_options
@click.option(
    "--deep-check",
    is_flag=True,
    help="Also decode the finished file from end to end. (Each block is checked as it is encoded.)",
)
@click.option(
    "--listen",
    is_flag=True,
    help="Listen to the finished session, and warn of words that are missing, doubled or misheard."
    " Needs psoas-audio[listen].",
)
@model_option
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Threads to use.  [default: one per core]"
)
@json_option
@quiet_option
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Print the loudness, the true peak and how many takes were made.",
)
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
    kbps: int | None,
    options: dict[str, Any],
    deep_check: bool,
    listen: bool,
    model: str | None,
    workers: int | None,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Render finished sessions from scripts.

    SCRIPT is a file, the name of a session that comes with psoas-audio, or - for standard input.
    With --like it may be left out: the script that FILE was rendered from is used then.
    """
    from psoas_audio.atomic_files import refuse_equal_names
    from psoas_audio.cli.progress import progress_bar
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.drafting.load_chosen import load_chosen
    from psoas_audio.drafting.render_settings import Settings
    from psoas_audio.rendering.outputs import select_outputs
    from psoas_audio.rendering.session import Session
    from psoas_audio.rendering.session_formats import bit_rate, format_of

    piped = str(output) == "-"
    if piped and (len(scripts) > 1 or outputs or bundle or producer or as_json or dry_run):
        raise click.UsageError("Standard output can only take the sound of one session.")
    if "-" in scripts and len(scripts) > 1:
        raise click.UsageError("A script from standard input can't be combined with others.")
    if len(scripts) > 1 and output is not None and output.suffix and not output.is_dir():
        raise click.UsageError("With several scripts, --output must be a folder.")
    if model and not listen:
        raise click.UsageError("--model goes with --listen.")
    like = options["like"]
    if not scripts and like is None:
        raise click.UsageError("Give a script to render.")
    scripts = scripts or (_source_script(like),)
    choices = choices_from(options)
    chosen = format_of(format_name, None if piped else output)
    settings = Settings(
        None if piped else output,
        overwrite,
        outputs=select_outputs(outputs, bundle=bundle),
        format=chosen,
        kbps=bit_rate(kbps, chosen),
        producer=producer,
        deep_check=deep_check,
        workers=workers,
    )
    if len(set(scripts)) > 1:
        refuse_equal_names(_files_of(scripts, choices, settings))
    status = 0
    for name in dict.fromkeys(scripts):
        try:
            with progress_bar(name, not (quiet or as_json)) as on_progress:
                session = Session(Draft(load_chosen(name, choices), choices, settings), on_progress)
                if dry_run:
                    _print_planned(session, as_json)
                    continue
                if piped:
                    rendered = _write_to_standard_output(session)
                    print_warnings(() if quiet else rendered.warnings)
                    continue
                rendered = _listened(session, model) if listen else session.render()
        except PsoasError as error:
            if ctx.obj["debug"]:
                raise
            status = max(status, error.exit_code)
            if as_json and isinstance(error, ScriptError):
                print_problems(error)
            else:
                click.echo(error.report(), err=True)
            continue
        print_warnings(() if quiet else rendered.warnings)
        if as_json:
            print_json(rendered.as_json())
        elif not quiet:
            _print_rendered(rendered, verbose)
    ctx.exit(status)


def _write_to_standard_output(session: Session) -> Rendered:
    """Render *session* in a temporary folder, and write its sound to standard output."""
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.temporary import temporary_folder

    draft = session.draft
    with temporary_folder() as folder:
        there = Path(folder, f"{draft.script.name}.{draft.settings.format}")
        there_alone = replace(draft.settings, output=there)
        session.draft = Draft(draft.script, draft.choices, there_alone)
        rendered = session.render()
        sys.stdout.buffer.write(rendered.output.read_bytes())
    return rendered


def _listened(session: Session, model: str | None) -> Rendered:
    """*session* rendered, and then listened to."""
    from psoas_audio.listening.transcriber import find_transcriber
    from psoas_audio.rendering.listen import listen_to_rendered

    # Before anything is spoken, so that a missing model is reported at once.
    found = find_transcriber(model, session.draft.script.language)
    return listen_to_rendered(session.render(), session, found)


def _source_script(path: Path) -> str:
    """The script that the session *path* was rendered from."""
    from psoas_audio.provenance.read_provenance import find_source_script, read_provenance

    return find_source_script(read_provenance(path), path)


def _files_of(
    scripts: Iterable[str], choices: Choices, settings: Settings
) -> Iterator[tuple[str, Path]]:
    """Each script with each file that it will be rendered to; scripts with errors have none."""
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.drafting.load_chosen import load_chosen
    from psoas_audio.rendering.session import Session

    for name in scripts:
        with contextlib.suppress(PsoasError):
            session = Session(Draft(load_chosen(name, choices), choices, settings))
            yield from ((name, path) for path in session.output_paths())


def _print_planned(session: Session, as_json: bool) -> None:
    from psoas_audio.cli.server_costs import costs_as_json, print_costs
    from psoas_audio.units import clock, with_noun

    planned, paths = session.draft.plan(), session.output_paths()
    session.draft.require_chosen_voice()
    length = planned.timeline.length
    costs = session.draft.server_costs(planned)
    if as_json:
        files = [str(path) for path in paths]
        print_json({"files": files, "samples": length, "to_send": costs_as_json(costs)})
        return
    # A line that comes again is spoken once; one that the guidance leaves out still takes its time.
    lines = with_noun(len({utterance.take for utterance in planned.utterances}), "line")
    click.echo(f"{clock(length)}, {lines}, {planned.estimated} of them still to be spoken:")
    for path in paths:
        click.echo(f"  {path}" + " (already exists)" * path.exists())
    print_costs(costs)


def _print_rendered(rendered: Rendered, verbose: bool) -> None:
    from psoas_audio.units import clock

    click.echo(f"{rendered.output}  {clock(rendered.timeline.length)}")
    for path in rendered.files[1:]:
        click.echo(str(path))
    if rendered.words is not None:
        click.echo(rendered.words.summary)
    if verbose:
        click.echo(
            f"voice {rendered.loudness.voice_lufs:.1f} LUFS,"
            f" true peak {rendered.loudness.true_peak_dbtp:.1f} dBTP,"
            f" takes: {rendered.takes_made} made, {rendered.takes_reused} reused",
            err=True,
        )
