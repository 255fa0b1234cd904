"""The command ``psoas-audio translate``: parses the options, makes one call, prints the result."""

from __future__ import annotations

import click

from psoas_audio.cli.options import SCRIPT_TYPE

_LANGUAGE = click.argument("language", metavar="LANGUAGE")


@click.group("translate")
def translate_command() -> None:
    """Write, update and check translation catalogues (.po).

    SCRIPT may be a script or a programme. Any translation tool can edit the catalogues.
    """


@translate_command.command("extract")
@click.argument("script", type=SCRIPT_TYPE)
@_LANGUAGE
def extract_command(script: str, language: str) -> None:
    """Write new catalogues for SCRIPT and its blocks."""
    _write(script, language, only_new=True)


@translate_command.command("update")
@click.argument("script", type=SCRIPT_TYPE)
@_LANGUAGE
def update_command(script: str, language: str) -> None:
    """Update the catalogues of SCRIPT, keeping the translations."""
    _write(script, language, only_new=False)


@translate_command.command("check")
@click.argument("script", type=SCRIPT_TYPE)
@_LANGUAGE
@click.pass_context
def check_command(ctx: click.Context, script: str, language: str) -> None:
    """List every text that lacks a good translation.

    Exits with 3 if there is one.
    """
    from psoas_audio.drafting.prepare import translation_problems
    from psoas_audio.programme.load import is_programme, load_programme
    from psoas_audio.programme.translate import translate_programme
    from psoas_audio.script.load import load_script
    from psoas_audio.units import with_noun

    if is_programme(script):
        problems = translate_programme(load_programme(script), language)[1]
    else:
        problems = translation_problems(load_script(script), language)
    for problem in problems:
        click.echo(str(problem))
    click.echo(f"{with_noun(len(problems), 'text')} to translate or review", err=True)
    ctx.exit(3 if problems else 0)


def _write(script: str, language: str, only_new: bool) -> None:
    from psoas_audio.atomic_files import Publication
    from psoas_audio.programme.load import is_programme, load_programme
    from psoas_audio.programme.translate import programme_updates
    from psoas_audio.script.load import load_script
    from psoas_audio.translation.update import script_catalogue_updates

    if is_programme(script):
        found = programme_updates(load_programme(script), language, only_new=only_new)
    else:
        found = script_catalogue_updates(load_script(script), language, only_new=only_new)
    with Publication(overwrite=True) as publication:
        for update in found:
            if update.changed:
                publication.reserve(update.path)
                publication.write(update.path, update.text.encode())
        publication.publish()
    for update in found:
        click.echo(
            f"{update.path}: {update.added} to translate, {update.outdated} to review,"
            f" {update.lost} no longer used"
        )
