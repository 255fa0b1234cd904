"""The command ``psoas-audio plot``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from psoas_audio.cli.options import SCRIPT_TYPE, choice_options, choices_from
from psoas_audio.cli.output_options import OUTPUT_FILE_TYPE


@click.command("plot")
@click.argument("name", type=SCRIPT_TYPE, metavar="SCRIPT|FILE")
@click.option(
    "-o",
    "--output",
    type=OUTPUT_FILE_TYPE,
    help="Picture to write, .svg or .png.  [default: print SVG]",
)
@click.option("-f", "--force", "overwrite", is_flag=True, help="Replace the picture if it exists.")
@click.option(
    "--no-sound", is_flag=True, help="Draw only the timeline of a script, without speaking it."
)
@choice_options
def plot_command(
    name: str,
    output: Path | None,
    overwrite: bool,
    no_sound: bool,
    options: dict[str, Any],
) -> None:
    """Draw a session: its sound, chapters, tracks and loudness over time.

    A SCRIPT is drawn as it would sound. A finished FILE is drawn with the timeline that it
    carries or that is beside it, or else with the chapters in its tags.
    """
    from psoas_audio.cli.progress import progress_bar
    from psoas_audio.drafting.load_chosen import chosen_draft
    from psoas_audio.rendering.plot import plot_file, plot_script, save_picture
    from psoas_audio.rendering.session import Session
    from psoas_audio.timeline.file import SESSION_SUFFIXES

    if Path(name).suffix.lower() in SESSION_SUFFIXES:
        if any(options.values()) or no_sound:
            raise click.UsageError(
                "These options are for scripts: a finished file already has its sound."
            )
        picture = plot_file(Path(name))
    else:
        with progress_bar(name, output is not None) as on_progress:
            draft = chosen_draft(name, choices_from(options))
            picture = plot_script(Session(draft, on_progress), sound=not no_sound)
    if output is None:
        from psoas_audio.deliver.pictures.svg import to_svg

        click.echo(to_svg(picture), nl=False)
        return
    save_picture(picture, output, overwrite)
    click.echo(output)
