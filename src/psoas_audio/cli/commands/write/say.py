"""The command ``psoas-audio say``: parses the options, makes one call, prints the result."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from psoas_audio.cli.options import treatment_option
from psoas_audio.cli.output_options import line_output_options

_OWN_PITCH = 50
"""The voice's own."""


@click.command("say")
@click.argument("text")
@line_output_options
@click.option(
    "--engine", metavar="NAME", help="Speech engine.  [default: the best that is installed]"
)
@click.option(
    "--voice", metavar="NAME", help="Name of the voice, as 'psoas-audio voices' lists it."
)
@click.option(
    "--rate", type=click.IntRange(60, 250), default=115, show_default=True, help="Words per minute."
)
@click.option(
    "--pitch",
    type=click.IntRange(0, 100),
    default=_OWN_PITCH,
    show_default=True,
    help="Pitch of the voice: 50 is its own.",
)
@treatment_option
@click.option(
    "--language", default="en-US", show_default=True, metavar="TAG", help="Language of TEXT."
)
@click.option(
    "--explain",
    is_flag=True,
    help="Show step by step how the text is normalized, and its phonemes; speak nothing. "
    "With TEXT -, this is done for each line of standard input.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="With --explain: print a JSON object for each line."
)
def say_command(
    text: str,
    output: Path | None,
    overwrite: bool,
    engine: str | None,
    voice: str | None,
    rate: int,
    pitch: int,
    treatment: str | None,
    language: str,
    explain: bool,
    as_json: bool,
) -> None:
    """Play or save one line, as it would sound in a session."""
    from psoas_audio.drafting.pitch_check import has_fixed_pitch
    from psoas_audio.errors import Mark
    from psoas_audio.playback.say import say_line
    from psoas_audio.speech.automatic import chosen_voice
    from psoas_audio.speech.line import PLAIN, Line

    if as_json and not explain:
        raise click.UsageError("--json needs --explain.")
    if explain and (output or overwrite):
        raise click.UsageError("--explain speaks nothing: leave out --output and --force.")
    if explain:
        texts = _lines_of_stdin() if text == "-" else [text]
        _explain(texts, language, voice if engine == "espeak" else None, as_json=as_json)
        return
    mark = Mark("TEXT", 1, 1)
    engine, voice = chosen_voice(engine, voice, language)
    treatment = treatment or PLAIN
    line = Line("say", text, engine, voice, rate, pitch, language, mark, treatment)
    if pitch != _OWN_PITCH and has_fixed_pitch(engine, voice):
        what = f"{engine} can't change the pitch of its voices: --pitch {pitch} has no effect"
        click.echo(f"warning: {what}", err=True)
    say_line(line, output, overwrite=overwrite)


def _lines_of_stdin() -> list[str]:
    lines = sys.stdin.buffer.read().decode("utf-8", "replace").split("\n")
    return [line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1])]


def _explain(texts: Iterable[str], language: str, voice: str | None, *, as_json: bool) -> None:
    from psoas_audio.script.texts import PAUSE_MARK, take_out_pronunciations
    from psoas_audio.speech.available_voices import each_espeak_phonemes
    from psoas_audio.speech.pronunciation.prepare import explain_text

    written = [take_out_pronunciations(PAUSE_MARK.sub(" ", text)) for text in texts]
    explained = [explain_text(words, language, {}, marked) for words, marked in written]
    spoken = [prepared for _, prepared in explained]
    phonemes, unknown = _told(each_espeak_phonemes(spoken, language, voice), len(spoken))
    for (steps, _), heard in zip(explained, phonemes, strict=True):
        if as_json:
            click.echo(json.dumps({"steps": steps, "phonemes": heard}, ensure_ascii=False))
            continue
        for name, result in steps:
            click.echo(f"{name:<16} {result}")
        click.echo(f"{'phonemes':<16} {heard if heard is not None else unknown}")


def _told(phonemes: Iterator[str], count: int) -> tuple[list[str | None], str]:
    """As many *phonemes* as *count*, and why those that are ``None`` aren't known."""
    from psoas_audio.errors import SpeechError

    heard: list[str | None] = []
    try:
        heard += phonemes
    except SpeechError as error:
        return heard + [None] * (count - len(heard)), f"(unknown: {error.what})"
    return heard, ""
