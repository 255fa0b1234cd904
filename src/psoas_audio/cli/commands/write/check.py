"""The command ``psoas-audio check``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from psoas_audio.cli.options import SCRIPT_TYPE, json_option
from psoas_audio.cli.output import print_json, problem_as_json

if TYPE_CHECKING:
    from psoas_audio.errors import Problem


@click.command("check")
@click.argument("scripts", nargs=-1, type=SCRIPT_TYPE, metavar="SCRIPT...")
@click.option("--rules", is_flag=True, help="List the rules and their sources.")
@click.option("--fix", is_flag=True, help="Rewrite in the files what can only mean one thing.")
@click.option("--dry-run", is_flag=True, help="With --fix, show the changes and make none.")
@click.option("--language", metavar="TAG", help="Also check the translation into this language.")
@json_option
@click.pass_context
def check_command(
    ctx: click.Context,
    scripts: tuple[str, ...],
    rules: bool,
    fix: bool,
    dry_run: bool,
    language: str | None,
    as_json: bool,
) -> None:
    """List every problem of a script, with its line.

    SCRIPT may also be a programme: then the command checks that its sessions exist and can have
    their lengths.

    --fix first rewrites what can only mean one thing, such as (pause 30 seconds) in a text, and
    leaves the rest of the file as it is.
    Exits with 3 if there is an error; warnings alone are fine.
    """
    from psoas_audio.units import with_noun

    if rules:
        _print_rules(as_json)
        return
    if not scripts:
        raise click.UsageError("Give a script to check, or use --rules.")
    if dry_run and not fix:
        raise click.UsageError("--dry-run can only be used with --fix.")
    if fix:
        from psoas_audio.drafting.fix_files import fix_file

        for script in scripts:
            fixed = fix_file(script, dry_run=dry_run)
            if dry_run:
                click.echo(fixed.diff, nl=False)
            elif not as_json:
                for change in fixed.fixes:
                    click.echo(f"{script}: fixed {change}", err=True)
        if dry_run:
            return
    problems = [problem for script in scripts for problem in _problems(script, language)]
    if as_json:
        print_json([problem_as_json(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(str(problem))
    errors = sum(problem.severity == "error" for problem in problems)
    if not as_json:
        warnings = len(problems) - errors
        click.echo(
            f"{with_noun(errors, 'error')} and {with_noun(warnings, 'warning')}"
            f" in {with_noun(len(scripts), 'script')}",
            err=True,
        )
    ctx.exit(3 if errors else 0)


def _problems(name: str, language: str | None) -> tuple[Problem, ...]:
    """The problems of the script or programme *name*."""
    from psoas_audio.drafting.check import script_problems
    from psoas_audio.library import programme_names
    from psoas_audio.script.load import PROGRAMME_RULE

    if name not in programme_names():
        problems = script_problems(name, language)
        if not any(problem.rule == PROGRAMME_RULE for problem in problems):
            return problems
    from psoas_audio.programme.check import programme_problems

    return programme_problems(name, language)


def _print_rules(as_json: bool) -> None:
    from psoas_audio.script.rules.table import RULES

    rules = [{"rule": r.name, "severity": r.severity, "source": r.source} for r in RULES]
    if as_json:
        print_json(rules)
        return
    for rule in rules:
        click.echo(f"{rule['rule']:<22} {rule['severity']:<8} {rule['source']}")
