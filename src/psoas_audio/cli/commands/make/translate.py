"""The command ``psoas-audio translate``: parse, one call, print."""

from __future__ import annotations

import click

from psoas_audio.cli.options import SCRIPT

_LANGUAGE = click.argument("language", metavar="LANGUAGE")


@click.group("translate")
def translate_command() -> None:
    """Catalogues of the texts of a script or a programme (.po), for any translator's tool."""


@translate_command.command("extract")
@click.argument("script", type=SCRIPT)
@_LANGUAGE
def extract_command(script: str, language: str) -> None:
    """Write new catalogues with every text of SCRIPT and of the blocks it includes."""
    _write(script, language, only_new=True)


@translate_command.command("update")
@click.argument("script", type=SCRIPT)
@_LANGUAGE
def update_command(script: str, language: str) -> None:
    """Bring the catalogues of SCRIPT up to date; what is translated is kept."""
    _write(script, language, only_new=False)


@translate_command.command("check")
@click.argument("script", type=SCRIPT)
@_LANGUAGE
@click.pass_context
def check_command(ctx: click.Context, script: str, language: str) -> None:
    """Tell every text without a good translation, line by line; exit 3 if there is one."""
    from psoas_audio.drafting.prepare import translation_problems
    from psoas_audio.programme.load import is_programme, load_programme
    from psoas_audio.programme.translate import examined
    from psoas_audio.script.load import load_script

    if is_programme(script):
        problems = examined(load_programme(script), language)[1]
    else:
        problems = translation_problems(load_script(script), language)
    for problem in problems:
        click.echo(str(problem))
    click.echo(f"{len(problems)} texts to look at", err=True)
    ctx.exit(3 if problems else 0)


def _write(script: str, language: str, only_new: bool) -> None:
    from psoas_audio.programme import translate as of_programme
    from psoas_audio.programme.load import is_programme, load_programme
    from psoas_audio.publication import Publication
    from psoas_audio.script.load import load_script
    from psoas_audio.translation.update import script_catalogue_updates

    if is_programme(script):
        changed = of_programme.updates(load_programme(script), language, only_new=only_new)
    else:
        changed = script_catalogue_updates(load_script(script), language, only_new=only_new)
    with Publication(overwrite=True) as publication:
        for update in changed:
            if update.changed:
                publication.reserve(update.path)
                publication.write(update.path, update.text.encode())
        publication.publish()
    for update in changed:
        click.echo(
            f"{update.path}: {update.added} to translate, {update.outdated} to look over,"
            f" {update.lost} no longer needed"
        )
