"""The command ``psoas-audio figures``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from pathlib import Path

import click

from psoas_audio.cli.output_options import OUTPUT_FOLDER_TYPE


@click.command("figures")
@click.option(
    "-o",
    "--output",
    type=OUTPUT_FOLDER_TYPE,
    metavar="FOLDER",
    help="Write each figure as an SVG file, and all of them as figures.svg.",
)
@click.option("--side", type=click.Choice(["left", "right"]), help="The side of the body to draw.")
@click.option(
    "--language",
    default="en",
    show_default=True,
    metavar="TAG",
    help="Language of the descriptions.",
)
def figures_command(output: Path | None, side: str | None, language: str) -> None:
    """List the figures that a chapter can name, or write them to files."""
    from psoas_audio.atomic_files import Publication
    from psoas_audio.deliver.figures.lookup import FIGURES, figure_description
    from psoas_audio.deliver.figures.sheet import figure_file, figure_sheet
    from psoas_audio.locale.languages import find_language, language_tags

    if find_language(language) is None:
        raise click.BadParameter(
            f"there are no descriptions in '{language}', only in {', '.join(language_tags())}.",
            param_hint="'--language'",
        )
    if output is None:
        for name in FIGURES:
            click.echo(f"{name:<20} {figure_description(name, language)}")
        return
    files = {name: figure_file(name, language=language, side=side or "") for name in FIGURES}
    files["figures"] = figure_sheet(language)
    with Publication(overwrite=True) as publication:
        for name, text in files.items():
            publication.reserve(output / f"{name}.svg")
            publication.write(output / f"{name}.svg", text.encode())
        publication.publish()
    click.echo(f"{len(files)} files written to {output}", err=True)
