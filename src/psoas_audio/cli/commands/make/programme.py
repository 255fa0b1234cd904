"""The command ``psoas-audio programme``: parses the options, makes one call, prints the result."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from psoas_audio.cli.options import json_option, quiet_option
from psoas_audio.cli.output import print_json, print_warnings
from psoas_audio.cli.output_options import OUTPUT_FOLDER_TYPE

if TYPE_CHECKING:
    from psoas_audio.rendering.progress import OnProgress


@click.group("programme")
def programme_command() -> None:
    """List, show and render programmes: routines over several weeks.

    NAME is a file, or the name of a programme that comes with psoas-audio.
    """


@programme_command.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """List the programmes that come with psoas-audio."""
    from psoas_audio.library import programme_names
    from psoas_audio.programme.load import load_programme

    found = [load_programme(name) for name in programme_names()]
    if as_json:
        plain = [
            {"name": p.name, "title": p.title, "summary": p.summary, "weeks": len(p.weeks)}
            for p in found
        ]
        print_json(plain)
        return
    for programme in found:
        count = sum(len(week.entries) for week in programme.weeks)
        weeks = f"{len(programme.weeks)} week{'s' * (len(programme.weeks) > 1)}"
        click.echo(f"{programme.name:<22} {weeks:<8} {count:>3} sessions  {programme.title}")


@programme_command.command("show")
@click.argument("name")
@click.option("--language", metavar="TAG", help="Language of a translation, such as de.")
@json_option
def show_command(name: str, language: str | None, as_json: bool) -> None:
    """Show which session is on which day."""
    from psoas_audio.drafting.parse_choices import choose
    from psoas_audio.drafting.render_settings import Settings
    from psoas_audio.programme.load import load_programme
    from psoas_audio.programme.render import plan_programme
    from psoas_audio.units import clock

    base = choose(language=language)
    programme, sessions = plan_programme(load_programme(name), base, Settings())
    lengths = {entry: session.draft.plan().timeline.length for entry, session in sessions.items()}
    if as_json:
        days = [
            {
                "week": week,
                "day": day,
                "session": entry.session,
                "guidance": entry.choices.guidance,
                "samples": lengths[entry],
            }
            for week, day, entries in programme.days()
            for entry in entries
        ]
        print_json({"name": programme.name, "title": programme.title, "days": days})
        return
    click.echo(programme.title)
    for week, day, entries in programme.days():
        for entry in entries:
            click.echo(
                f"  week {week} day {day}  {clock(lengths[entry]):>6}  {Path(entry.session).stem}"
                f"  {entry.choices.guidance}"
            )


@programme_command.command("render")
@click.argument("name")
@click.option(
    "-o",
    "--output",
    type=OUTPUT_FOLDER_TYPE,
    help="Folder for all files.  [default: the programme's name]",
)
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="Date of day 1.  [default: today]")
@click.option(
    "--at",
    type=click.DateTime(["%H:%M"]),
    help="Time of each day's first session in the calendar.  [default: all-day events]",
)
@click.option("--language", metavar="TAG", help="Language of a translation, such as de.")
@click.option("--engine", metavar="NAME", help="Speech engine for the scripts' lines.")
@click.option(
    "--voice", metavar="NAME", help="Name of the voice, as 'psoas-audio voices' lists it."
)
@click.option(
    "--base-url",
    default="",
    metavar="URL",
    help="Address where the folder will be published, for links in the calendar.",
)
@click.option("-f", "--force", "overwrite", is_flag=True, help="Render every session again.")
@json_option
@quiet_option
def render_command(
    name: str,
    output: Path | None,
    start: dt.datetime | None,
    at: dt.datetime | None,
    language: str | None,
    engine: str | None,
    voice: str | None,
    base_url: str,
    overwrite: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Render a programme's sessions, page, playlists and calendar.

    Sessions that are up to date are kept, those whose script has changed are rendered again, and
    an interrupted run is continued.
    """
    from psoas_audio.cli.progress import progress_bar
    from psoas_audio.drafting.parse_choices import choose
    from psoas_audio.programme.load import load_programme
    from psoas_audio.programme.render import render_programme
    from psoas_audio.units import with_noun

    programme = load_programme(name)
    default_folder = f"{programme.name}-{language.lower()}" if language else programme.name

    @contextlib.contextmanager
    def progress_of(session: str) -> Iterator[OnProgress]:
        with progress_bar(session, not (quiet or as_json)) as on_progress:
            yield on_progress

    rendered = render_programme(
        programme,
        choose(language=language, engine=engine, voice=voice),
        output or Path(default_folder),
        dt.date.today() if start is None else start.date(),
        None if at is None else at.time(),
        overwrite,
        progress_of,
        base_url and base_url.rstrip("/") + "/",
    )
    print_warnings(() if quiet or as_json else rendered.warnings)
    if as_json:
        plain: dict[str, Any] = {
            "files": [str(path) for path in rendered.files],
            "rendered": rendered.rendered,
            "kept": rendered.kept,
            "warnings": list(rendered.warnings),
        }
        print_json(plain)
    elif not quiet:
        counts = f"{with_noun(rendered.rendered, 'session')} rendered, {rendered.kept} kept"
        click.echo(f"{rendered.files[0]}  {counts}")
