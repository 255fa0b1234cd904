"""The command ``psoas-audio sounds``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from pathlib import Path

import click

from psoas_audio.cli.options import json_option
from psoas_audio.cli.output import print_json
from psoas_audio.cli.output_options import line_output_options


@click.group("sounds")
def sounds_command() -> None:
    """List and play bells, beds and breathing tones."""


@sounds_command.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """List the shipped sounds, with length and loudness.

    The loudness, in LUFS, is the file's own; a session sets each sound to its level. A bed repeats
    after its length without a seam. Breathing tones are as long as their phase.
    """
    from dataclasses import asdict

    from psoas_audio.drafting.sound_listing import list_sounds

    found = list_sounds()
    if as_json:
        print_json([asdict(sound) for sound in found])
        return
    click.echo(f"{'kind':<7} {'name':<14} {'length':>8} {'loudness':>10}")
    for sound in found:
        length = "" if sound.seconds is None else f"{sound.seconds:.2f} s"
        click.echo(f"{sound.kind:<7} {sound.name:<14} {length:>8} {sound.lufs:>5.1f} LUFS")


@sounds_command.command("play")
@click.argument("name", metavar="NAME|FILE")
@line_output_options
def play_command(name: str, output: Path | None, overwrite: bool) -> None:
    """Play or save one sound.

    A FILE of your own is read as a session would use it: without an offset, no louder than the
    voice, and without hard edges.
    """
    from psoas_audio.playback.sounds import play_sound, save_sound

    if output is None:
        play_sound(name)
    else:
        save_sound(name, output, overwrite=overwrite)
