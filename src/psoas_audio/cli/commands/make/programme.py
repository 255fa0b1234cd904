"""The command ``psoas-audio programme``: parse, one call, print."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from psoas_audio.cli.options import json_option

if TYPE_CHECKING:
    from psoas_audio.rendering.progress import Report


@click.group("programme")
def programme_command() -> None:
    """Routines over weeks: NAME is a shipped programme or a file."""


@programme_command.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """Show the programmes that come with psoas-audio."""
    from psoas_audio.programme.load import load_programme, programme_names

    found = [load_programme(name) for name in programme_names()]
    if as_json:
        plain = [{"name": p.name, "title": p.title, "summary": p.summary, "weeks": len(p.weeks)}
                 for p in found]  # fmt: skip
        click.echo(json.dumps(plain, ensure_ascii=False))
        return
    for programme in found:
        count = sum(len(week.entries) for week in programme.weeks)
        weeks = f"{len(programme.weeks)} week{'s' * (len(programme.weeks) > 1)}"
        click.echo(f"{programme.name:<22} {weeks:<8} {count:>3} sessions  {programme.title}")


@programme_command.command("show")
@click.argument("name")
@click.option("--language", metavar="TAG", help="A translation, such as de.")
@json_option
def show_command(name: str, language: str | None, as_json: bool) -> None:
    """Show what is on which day."""
    from psoas_audio.drafting.choose import choose
    from psoas_audio.drafting.settings import Settings
    from psoas_audio.programme.load import load_programme
    from psoas_audio.programme.make import prepared
    from psoas_audio.units import clock

    base = choose(language=language)
    programme, sessions = prepared(load_programme(name), base, Settings())
    lengths = {entry: session.draft.plan().timeline.length for entry, session in sessions.items()}
    if as_json:
        days = [
            {"week": week, "day": day, "session": entry.session,
             "guidance": entry.choices.guidance, "samples": lengths[entry]}
            for week, day, entries in programme.days() for entry in entries
        ]  # fmt: skip
        click.echo(json.dumps({"name": programme.name, "title": programme.title, "days": days}))
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
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False),
              help="Folder; default: NAME's, here.")  # fmt: skip
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="Date of day 1; default: today.")
@click.option("--at", type=click.DateTime(["%H:%M"]), help="Hour of the day's first session, for "
              "the calendar; default: none, whole days.")  # fmt: skip
@click.option("--language", metavar="TAG", help="A translation, such as de, of programme and "
              "sessions.")  # fmt: skip
@click.option("--engine", metavar="NAME", help="Speech engine for the scripts' lines.")
@click.option("--voice", metavar="NAME", help="Voice, by the engine's name for it.")
@click.option("-f", "--force", "overwrite", is_flag=True, help="Render everything anew.")
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def render_command(
    name: str,
    output: Path | None,
    start: dt.datetime | None,
    at: dt.datetime | None,
    language: str | None,
    engine: str | None,
    voice: str | None,
    overwrite: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Make every file of a programme: sessions, a playlist per day, a calendar, a plan.

    What lies there as it would be made is kept; what has changed is made anew. A run that was
    cut off goes on.
    """
    from psoas_audio.cli.progress import reporting
    from psoas_audio.drafting.choose import choose
    from psoas_audio.programme.load import load_programme
    from psoas_audio.programme.make import make

    programme = load_programme(name)
    own = f"{programme.name}-{language.lower()}" if language else programme.name

    @contextlib.contextmanager
    def shown(session: str) -> Iterator[Report]:
        with reporting(session, not (quiet or as_json)) as report:
            yield report

    made = make(
        programme,
        choose(language=language, engine=engine, voice=voice),
        output or Path(own),
        dt.date.today() if start is None else start.date(),
        None if at is None else at.time(),
        overwrite,
        shown,
    )
    if as_json:
        told: dict[str, Any] = {
            "files": [str(path) for path in made.files],
            "rendered": made.rendered,
            "kept": made.kept,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
    elif not quiet:
        click.echo(f"{made.files[0]}  {made.rendered} sessions rendered, {made.kept} kept")
