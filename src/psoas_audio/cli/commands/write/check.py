"""The command ``psoas-audio check``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from psoas_audio.cli.options import SCRIPT_TYPE, json_option
from psoas_audio.cli.output import print_json, problem_as_json

if TYPE_CHECKING:
    pass


@click.command("check")
@click.argument("scripts", nargs=-1, type=SCRIPT_TYPE, metavar="SCRIPT...")
@click.option("--rules", is_flag=True, help="List the rules and their sources.")
@click.option("--language", metavar="TAG", help="Also check the translation into this language.")
@json_option
@click.pass_context
def check_command(
    ctx: click.Context,
    scripts: tuple[str, ...],
    rules: bool,
    language: str | None,
    as_json: bool,
) -> None:
    """List every problem of a script, with its line.

    Exits with 3 if there is an error; warnings alone are fine.
    """
    from psoas_audio.drafting.check import script_problems

    if rules:
        _print_rules(as_json)
        return
    if not scripts:
        raise click.UsageError("Name a script, or use --rules.")
    problems = [problem for script in scripts for problem in script_problems(script, language)]
    if as_json:
        print_json([problem_as_json(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(str(problem))
    errors = sum(problem.severity == "error" for problem in problems)
    if not as_json:
        warnings = len(problems) - errors
        click.echo(
            f"{_count(errors, 'error')} and {_count(warnings, 'warning')}"
            f" in {_count(len(scripts), 'script')}",
            err=True,
        )
    ctx.exit(3 if errors else 0)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + "s" * (number != 1)


def _print_rules(as_json: bool) -> None:
    from psoas_audio.script.rules.table import RULES

    rules = [{"rule": r.name, "severity": r.severity, "source": r.source} for r in RULES]
    if as_json:
        print_json(rules)
        return
    for rule in rules:
        click.echo(f"{rule['rule']:<22} {rule['severity']:<8} {rule['source']}")
