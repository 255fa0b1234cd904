"""The command ``psoas-audio plot``: parse, one call, print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from psoas_audio.cli.options import SCRIPT, choice_options, chosen

if TYPE_CHECKING:
    pass


@click.command("plot")
@click.argument("name", type=SCRIPT, metavar="SCRIPT|FILE")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
              help="The picture, .svg or .png; without it, SVG is printed.")  # fmt: skip
@click.option("-f", "--force", "overwrite", is_flag=True, help="Replace the picture.")
@click.option("--no-sound", is_flag=True, help="Of a script: the timeline alone; speaks nothing.")
@choice_options
def plot_command(
    name: str,
    output: Path | None,
    overwrite: bool,
    no_sound: bool,
    wishes: dict[str, Any],
) -> None:
    """Draw a session: its sound, chapters, lanes and loudness over time.

    Of a SCRIPT, as it would sound; of a finished FILE, as it is, with the lanes of the timeline
    beside it or else the chapters of its own tags.
    """
    from psoas_audio.cli.progress import reporting
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.drafting.settings import Settings
    from psoas_audio.rendering.plot import SOUND_SUFFIXES, of_file, of_script, save
    from psoas_audio.rendering.session import Session
    from psoas_audio.script.load import load_script

    if Path(name).suffix.lower() in SOUND_SUFFIXES:
        if any(wishes.values()) or no_sound:
            raise click.UsageError("A finished file is drawn as it is: choices are for scripts.")
        picture = of_file(Path(name))
    else:
        with reporting(name, output is not None) as report:
            session = Session(Draft(load_script(name), chosen(wishes), Settings()), report)
            picture = of_script(session, sound=not no_sound)
    if output is None:
        from psoas_audio.deliver.pictures.svg import to_svg

        click.echo(to_svg(picture), nl=False)
        return
    save(picture, output, overwrite)
    click.echo(output)
