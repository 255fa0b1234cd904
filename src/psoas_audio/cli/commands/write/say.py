"""The command ``psoas-audio say``: parse, one call, print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from psoas_audio.cli.options import TREATMENT
from psoas_audio.errors import OutputError

if TYPE_CHECKING:
    pass


@click.command("say")
@click.argument("text")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
@click.option("-f", "--force", "overwrite", is_flag=True, help="Replace the file.")
@click.option("--engine", default="pyttsx3", show_default=True)
@click.option("--voice", help="Voice, by the engine's name for it.")
@click.option("--rate", type=click.IntRange(60, 250), default=115, show_default=True)
@click.option("--pitch", type=click.IntRange(0, 100), default=50, show_default=True)
@TREATMENT
@click.option("--language", default="en-US", show_default=True)
@click.option(
    "--explain", is_flag=True, help="Show what becomes of the text, step by step, and the phonemes."
)
def say_command(
    text: str,
    output: Path | None,
    overwrite: bool,
    engine: str,
    voice: str | None,
    rate: int,
    pitch: int,
    treatment: str | None,
    language: str,
    explain: bool,
) -> None:
    """Hear or save one line, as it would enter the mix."""
    from psoas_audio.errors import Mark
    from psoas_audio.playback.say import hear, save
    from psoas_audio.speech.line import PLAIN, Line

    if explain:
        _explain(text, language, voice if engine == "espeak" else None)
        return
    if output is not None and output.exists() and not overwrite:
        raise OutputError(
            "this file is there already.", where=str(output), hint="Use --force to replace it."
        )
    mark = Mark("TEXT", 1, 1)
    line = Line("say", text, engine, voice, rate, pitch, language, mark, treatment or PLAIN)
    if output is None:
        hear(line)
    else:
        save(line, output)


def _explain(text: str, language: str, voice: str | None) -> None:
    from psoas_audio.errors import SpeechError
    from psoas_audio.speech.catalogue import phonemes
    from psoas_audio.speech.normalization.steps import explain

    result = text
    for step, result in explain(text, language, {}):
        click.echo(f"{step:<16} {result}")
    try:
        click.echo(f"{'phonemes':<16} {phonemes(result, language, voice)}")
    except SpeechError as error:
        click.echo(f"{'phonemes':<16} (not known: {error.what})")
