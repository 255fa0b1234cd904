"""The command ``psoas-audio say``: parse, one call, print."""

from __future__ import annotations

from pathlib import Path

import click

from psoas_audio.cli.options import line_output_options, treatment_option


@click.command("say")
@click.argument("text")
@line_output_options
@click.option(
    "--engine", default="pyttsx3", show_default=True, metavar="NAME", help="Speech engine."
)
@click.option("--voice", metavar="NAME", help="Voice, by the engine's name for it.")
@click.option(
    "--rate", type=click.IntRange(60, 250), default=115, show_default=True, help="Words per minute."
)
@click.option(
    "--pitch",
    type=click.IntRange(0, 100),
    default=50,
    show_default=True,
    help="Height of the voice.",
)
@treatment_option
@click.option(
    "--language", default="en-US", show_default=True, metavar="TAG", help="Language of TEXT."
)
@click.option(
    "--explain",
    is_flag=True,
    help="Show step by step how the text is normalized, and its phonemes; speak nothing.",
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
    """Play or save one line, as it would sound in a session."""
    from psoas_audio.errors import Mark
    from psoas_audio.playback.say import say_line
    from psoas_audio.speech.line import PLAIN, Line

    if explain:
        _explain(text, language, voice if engine == "espeak" else None)
        return
    mark = Mark("TEXT", 1, 1)
    line = Line("say", text, engine, voice, rate, pitch, language, mark, treatment or PLAIN)
    say_line(line, output, overwrite=overwrite)


def _explain(text: str, language: str, voice: str | None) -> None:
    from psoas_audio.errors import SpeechError
    from psoas_audio.speech.catalogue import espeak_phonemes
    from psoas_audio.speech.normalization.normalize import explain_normalization

    result = text
    for step, result in explain_normalization(text, language, {}):
        click.echo(f"{step:<16} {result}")
    try:
        click.echo(f"{'phonemes':<16} {espeak_phonemes(result, language, voice)}")
    except SpeechError as error:
        click.echo(f"{'phonemes':<16} (unknown: {error.what})")
