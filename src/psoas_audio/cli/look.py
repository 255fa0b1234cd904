"""Commands that look and change nothing: parse, one call, print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from psoas_audio.cli.options import SCRIPT, choice_options, chosen, json_option

if TYPE_CHECKING:
    from psoas_audio.errors import Problem
    from psoas_audio.rendering.pricing import Priced


@click.command("check")
@click.argument("scripts", nargs=-1, type=SCRIPT, metavar="SCRIPT...")
@click.option("--rules", is_flag=True, help="List the rules instead, with their sources.")
@click.option("--language", metavar="TAG", help="Check their translation, too.")
@json_option
@click.pass_context
def check_command(
    ctx: click.Context,
    scripts: tuple[str, ...],
    rules: bool,
    language: str | None,
    as_json: bool,
) -> None:
    """Tell everything wrong with scripts, with its place; exit 3 if there is an error."""
    from psoas_audio.rendering.checking import check

    if rules:
        _print_rules(as_json)
        return
    if not scripts:
        raise click.UsageError("Name a script, or ask for --rules.")
    problems = [problem for script in scripts for problem in check(script, language)]
    if as_json:
        click.echo(json.dumps([_plain(problem) for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(str(problem))
    errors = sum(problem.severity == "error" for problem in problems)
    if not as_json:
        warnings = len(problems) - errors
        counts = ((errors, "error"), (warnings, "warning"), (len(scripts), "script"))
        told = [f"{count} {noun}" + "s" * (count != 1) for count, noun in counts]
        click.echo(f"{told[0]} and {told[1]} in {told[2]}", err=True)
    ctx.exit(3 if errors else 0)


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "severity": problem.severity,
        "file": problem.mark.path,
        "line": problem.mark.line,
        "column": problem.mark.column,
        "rule": problem.rule,
        "message": problem.message,
        "hint": problem.hint,
    }


def _print_rules(as_json: bool) -> None:
    from psoas_audio.script.rules import RULES

    rules = [{"rule": r.name, "severity": r.severity, "source": r.source} for r in RULES]
    if as_json:
        click.echo(json.dumps(rules, ensure_ascii=False))
        return
    for rule in rules:
        click.echo(f"{rule['rule']:<22} {rule['severity']:<8} {rule['source']}")


@click.command("plan")
@click.argument("script", type=SCRIPT)
@choice_options
@json_option
def plan_command(
    script: str,
    wishes: dict[str, Any],
    as_json: bool,
) -> None:
    """Show what a session will hold, and when."""
    from psoas_audio.rendering.outline import as_object, as_table

    priced = _priced(script, wishes)
    if as_json:
        click.echo(json.dumps(as_object(priced), ensure_ascii=False))
    else:
        click.echo(as_table(priced))


def _priced(script: str, wishes: dict[str, Any]) -> Priced:
    from psoas_audio.rendering.settings import Settings
    from psoas_audio.rendering.unspoken import Unspoken
    from psoas_audio.script.load import load_script

    return Unspoken(load_script(script), chosen(wishes), Settings()).priced()


@click.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """Show the sessions that come with psoas-audio."""
    from psoas_audio.rendering.shelf import shelf
    from psoas_audio.units import clock, seconds_to_samples

    sessions = shelf()
    if as_json:
        click.echo(json.dumps([s.as_json() for s in sessions], ensure_ascii=False))
        return
    for session in sessions:
        length, shortest, longest = (
            clock(seconds_to_samples(seconds))
            for seconds in (session.default, session.shortest, session.longest)
        )
        needs = ", ".join(session.equipment) or "nothing"
        click.echo(
            f"{session.name:<28} {length:>6} ({shortest}–{longest})  {session.kind:<13}"
            f" {session.position:<14} {session.level:<15} needs {needs}"
        )


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of the script language, for completion in editors."""
    from psoas_audio.script.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))


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
    from psoas_audio.rendering.comparing import read_timeline
    from psoas_audio.rendering.formats import FORMS, check
    from psoas_audio.rendering.like import target_of

    beside = timeline or file.with_name(file.stem + ".timeline.json")
    if not beside.is_file():
        raise PsoasError(
            "there is no timeline beside this file to hold it against.",
            where=str(file),
            hint="Render it with '--with timeline', or name one with --timeline.",
        )
    plan = read_timeline(beside)
    form = file.suffix[1:].lower()
    wanted = target or target_of(beside)
    report = check(form if form in FORMS else "mp3", file, plan, wanted, deep=True)
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


@click.command("plot")
@click.argument("name", type=SCRIPT, metavar="SCRIPT|FILE")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
              help="The picture, .svg or .png; without it, SVG is printed.")  # fmt: skip
@click.option("-f", "--force", "overwrite", is_flag=True, help="Replace the picture.")
@click.option("--no-sound", is_flag=True, help="Of a script: the timeline alone; speaks nothing.")
@choice_options
def plot_command(
    name: str,
    output: Path | None,
    overwrite: bool,
    no_sound: bool,
    wishes: dict[str, Any],
) -> None:
    """Draw a session: its sound, chapters, lanes and loudness over time.

    Of a SCRIPT, as it would sound; of a finished FILE, as it is, with the lanes of the timeline
    beside it or else the chapters of its own tags.
    """
    from psoas_audio.cli.progress import reporting
    from psoas_audio.rendering.interface import load_script
    from psoas_audio.rendering.picture import SUFFIXES, of_file, of_script, save
    from psoas_audio.rendering.session import Session
    from psoas_audio.rendering.settings import Settings

    if Path(name).suffix.lower() in SUFFIXES:
        if any(wishes.values()) or no_sound:
            raise click.UsageError("A finished file is drawn as it is: choices are for scripts.")
        picture = of_file(Path(name))
    else:
        with reporting(name, output is not None) as report:
            session = Session(load_script(name), chosen(wishes), Settings(), report)
            picture = of_script(session, sound=not no_sound)
    if output is None:
        from psoas_audio.deliver.shapes import svg

        click.echo(svg(picture), nl=False)
        return
    save(picture, output, overwrite)
    click.echo(output)
