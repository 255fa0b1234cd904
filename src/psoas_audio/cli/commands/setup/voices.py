"""The command ``psoas-audio voices``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from psoas_audio.cli.options import json_option, model_option, treatment_option
from psoas_audio.cli.output import print_json
from psoas_audio.cli.output_options import line_output_options
from psoas_audio.cli.voice_table import voice_table


@click.group("voices", invoke_without_command=True)
@click.option("--engine", metavar="NAME", help="List only this engine's voices.")
@click.option("--language", metavar="TAG", help="List only this language, such as en or de-DE.")
@json_option
@click.pass_context
def voices_command(
    ctx: click.Context, engine: str | None, language: str | None, as_json: bool
) -> None:
    """List, try, check and install voices.

    The list says of each voice whether it is natural (a neural voice or a human's), and whether a
    session spoken by it may be sold, with its licence, training data and their source.
    """
    if ctx.invoked_subcommand is not None:
        return
    from dataclasses import asdict

    from psoas_audio.speech.available_voices import list_voices
    from psoas_audio.speech.installation.natural_advice import language_name, natural_advice

    found = list_voices(engine, language)
    if as_json:
        plain = [{**asdict(v), "settings": dict(v.settings)} for v in found]
        print_json(plain)
        return
    for row in voice_table(found):
        click.echo(row)
    if not found:
        wanted = f" for the language '{language}'" if language else ""
        click.echo(f"There is no such voice{wanted}. A language is a tag, such as en.", err=True)
    if language and engine is None and (advice := natural_advice(language)):
        click.echo(f"\nNo natural voice for {language_name(language)} is installed. {advice}.")


@voices_command.command("try")
@click.argument("name")
@click.option("--text", help="Words to speak.  [default: a sample in the voice's language]")
@click.option(
    "--rate", type=click.IntRange(60, 250), default=115, show_default=True, help="Words per minute."
)
@treatment_option
@line_output_options
def try_command(
    name: str,
    text: str | None,
    rate: int,
    treatment: str | None,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Play or save a sample of a voice.

    NAME is a name or title from the list of voices, or ENGINE:NAME.
    """
    from psoas_audio.errors import Mark
    from psoas_audio.locale.languages import load_language
    from psoas_audio.playback.say import say_line
    from psoas_audio.speech.available_voices import find_voice
    from psoas_audio.speech.line import PLAIN, Line

    voice = find_voice(name)
    line = Line(
        "try",
        text or load_language(voice.language).sample,
        voice.engine,
        voice.name,
        rate,
        50,
        voice.language,
        Mark("TEXT", 1, 1),
        treatment or PLAIN,
    )
    say_line(line, output, overwrite=overwrite)


@voices_command.command("check")
@click.argument("name")
@click.option(
    "--rate", type=click.IntRange(60, 250), default=115, show_default=True, help="Words per minute."
)
@model_option
@json_option
def check_command(name: str, rate: int, model: str | None, as_json: bool) -> None:
    """Have a voice say some lines, and check which words are misheard.

    NAME is a name or title from the list of voices, or ENGINE:NAME. Needs psoas-audio[listen].
    """
    from psoas_audio.listening.transcriber import Transcriber, find_transcriber
    from psoas_audio.listening.voice import listen_to_voice
    from psoas_audio.speech.available_voices import find_voice

    voice = find_voice(name)
    words = listen_to_voice(voice, rate, Transcriber(find_transcriber(model, voice.language)))
    if as_json:
        print_json({"voice": f"{voice.engine}:{voice.name}", "words": words.as_json()})
        return
    click.echo(words.summary)
    for warning in words.warnings():
        click.echo(f"warning: {warning}")


@voices_command.command("install")
@click.argument("name", metavar="kokoro|piper:NAME")
@click.option(
    "--from",
    "source",
    metavar="URL|FOLDER",
    envvar="PSOAS_AUDIO_VOICES_FROM",
    help="Where to download from, instead of the makers' servers; for Kokoro also a folder.",
)
@click.option(
    "--precision",
    type=click.Choice(["int8", "fp16", "fp32"]),
    help="Precision of Kokoro's model, which replaces an installed one; int8 is small, and the"
    " fastest on most PCs. 'psoas-audio doctor' measures its speed."
    "  [default: fp32 on Apple's own processors, else int8]",
)
@click.option(
    "--unpinned",
    is_flag=True,
    help="Accept Kokoro files whose checksums aren't those of the official release.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but the licence and errors.")
def install_command(
    name: str, source: str | None, precision: str | None, unpinned: bool, quiet: bool
) -> None:
    """Download all Kokoro voices, or one Piper voice.

    Kokoro's voices may be sold in sessions. Piper's voices have names such as en_US-ljspeech-high.
    Many may not be sold, or were fine-tuned from one that may not: the verdict is printed with the
    licence.
    """
    from psoas_audio.speech.engines._voice_folder import voice_folder

    engine, colon, voice = name.partition(":")
    report = None if quiet else _tenths_printer()
    if name == "kokoro":
        from psoas_audio.speech.installation.kokoro import install_kokoro

        installed = install_kokoro(
            voice_folder() / "kokoro",
            source,
            precision=precision,
            unpinned=unpinned,
            licence=click.echo,
            on_progress=report,
        )
        if not quiet:
            names = ", ".join(path.name for path in installed)
            click.echo(f"\n{names}: installed in {installed[0].parent}.")
            click.echo("Try a voice with: psoas-audio voices try kokoro:af_heart")
        return
    if not colon or engine != "piper":
        raise click.UsageError(
            "Name kokoro for all of its voices, or a Piper voice: piper:en_US-ljspeech-high."
        )
    from psoas_audio.speech.installation.piper import install_piper_voice
    from psoas_audio.speech.voice_facts import piper_terms

    def show_licence(card: str) -> None:
        terms = piper_terms(voice, card)
        click.echo(card)
        click.echo(f"\nMay a session with this voice be sold? {terms.sell}: {terms.training}.")

    model = install_piper_voice(
        voice, voice_folder(), source, licence=show_licence, on_progress=report
    )
    if not quiet:
        click.echo(f"\n{model} is installed. Try it with: psoas-audio voices try piper:{voice}")


def _tenths_printer() -> Callable[[int, int], None]:
    """What prints how much of a file has arrived, whenever a tenth more has."""
    printed: dict[int, int] = {}

    def on_progress(done: int, size: int) -> None:
        tenths = done * 10 // size
        if tenths > printed.get(size, 0):
            printed[size] = tenths
            click.echo(f"{tenths}0 % of {size / 1e6:.0f} MB", err=True)

    return on_progress
