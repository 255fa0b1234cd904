"""The command ``psoas-audio voices``: parse, one call, print."""

from __future__ import annotations

import json
from pathlib import Path

import click

from psoas_audio.cli.options import TREATMENT, json_option
from psoas_audio.errors import OutputError


@click.group("voices", invoke_without_command=True)
@click.option("--engine", help="Only this engine's.")
@click.option("--language", help="Only of this language, such as en or de-DE.")
@json_option
@click.pass_context
def voices_command(
    ctx: click.Context, engine: str | None, language: str | None, as_json: bool
) -> None:
    """Show the voices that can be used now."""
    if ctx.invoked_subcommand is not None:
        return
    from dataclasses import asdict

    from psoas_audio.speech.catalogue import voices

    found = voices(engine, language)
    if as_json:
        plain = [{**asdict(v), "settings": dict(v.settings)} for v in found]
        click.echo(json.dumps(plain, ensure_ascii=False))
        return
    for voice in found:
        click.echo(f"{voice.engine:<9} {voice.language:<10} {voice.name:<32} {voice.description}")


@voices_command.command("try")
@click.argument("name")
@click.option("--text", help="Words to speak.  [default: a sample in the voice's language]")
@click.option("--rate", type=click.IntRange(60, 250), default=115, show_default=True)
@TREATMENT
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
@click.option("-f", "--force", "overwrite", is_flag=True, help="Replace the file.")
def try_command(
    name: str,
    text: str | None,
    rate: int,
    treatment: str | None,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Hear or save a sample of a voice, named as in the list or as ENGINE:NAME."""
    from psoas_audio.errors import Mark
    from psoas_audio.locale.languages import load_language
    from psoas_audio.playback.say import hear, save
    from psoas_audio.speech.catalogue import find
    from psoas_audio.speech.line import PLAIN, Line

    if output is not None and output.exists() and not overwrite:
        raise OutputError(
            "this file is there already.", where=str(output), hint="Use --force to replace it."
        )
    voice = find(name)
    words = text or load_language(voice.language).sample
    mark = Mark("TEXT", 1, 1)
    line = Line(
        "try",
        words,
        voice.engine,
        voice.name,
        rate,
        50,
        voice.language,
        mark,
        treatment or PLAIN,
    )
    if output is None:
        hear(line)
    else:
        save(line, output)


@voices_command.command("install")
@click.argument("name", metavar="piper:NAME")
@click.option("--from", "base", metavar="URL", envvar="PSOAS_AUDIO_VOICES_FROM",
              help="Address to fetch from, in place of Piper's own.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but the licence and errors.")
def install_command(name: str, base: str | None, quiet: bool) -> None:
    """Fetch a Piper voice, such as piper:en_US-lessac-medium, and show its licence."""
    from psoas_audio.speech.engines.piper import voice_folder
    from psoas_audio.speech.install import install

    engine, colon, voice = name.partition(":")
    if not colon or engine != "piper":
        raise click.UsageError("Only Piper's voices can be fetched: piper:en_US-lessac-medium.")
    tenths = 0

    def told(done: int, size: int) -> None:
        nonlocal tenths
        if not quiet and done * 10 // size > tenths:
            tenths = done * 10 // size
            click.echo(f"{tenths}0 % of {size / 1e6:.0f} MB", err=True)

    model = install(voice, voice_folder(), base, licence=click.echo, told=told)
    if not quiet:
        click.echo(f"\n{model} is installed. Hear it with: psoas-audio voices try piper:{voice}")
