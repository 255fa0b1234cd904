"""The command ``psoas-audio living``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from psoas_audio.cli.options import SCRIPT_TYPE, json_option, living_options, quiet_option
from psoas_audio.cli.output import print_json, print_warnings
from psoas_audio.cli.output_options import OUTPUT_TYPE


@click.command("living")
@click.argument("script", type=SCRIPT_TYPE)
@click.option(
    "-o", "--output", type=OUTPUT_TYPE, help="HTML file, or folder.  [default: this folder]"
)
@click.option("-f", "--force", "overwrite", is_flag=True, help="Replace existing files.")
@click.option(
    "--lengths",
    default="",
    metavar="LENGTHS",
    help="Lengths to choose from: 8m-25m, 'every 30s', '8m-25m every 30s' or 8m,12m,20m."
    "  [default: every minute that the script allows, and its own length]",
)
@living_options
@click.option(
    "--data", is_flag=True, help="Also write NAME.living.json and NAME.living.bin, for other apps."
)
@click.option(
    "--dump-row",
    "dumps",
    type=(click.IntRange(0), OUTPUT_TYPE),
    multiple=True,
    metavar="N FILE.mp3",
    help="Also write the MP3 that the page plays for version N. Can be repeated.",
)
@json_option
@quiet_option
def living_command(
    script: str,
    output: Path | None,
    overwrite: bool,
    lengths: str,
    options: dict[str, Any],
    guidances: tuple[str, ...],
    beds: tuple[str, ...],
    data: bool,
    dumps: tuple[tuple[int, Path], ...],
    as_json: bool,
    quiet: bool,
) -> None:
    """Make one page with every length, guidance and order of sides of a session.

    The listener chooses on the page, and can change the session while it plays: stay longer, skip
    something, repeat a side, or stop safely when something hurts. The page works offline. See
    docs/living.md.
    """
    from psoas_audio.cli.progress import progress_bar
    from psoas_audio.drafting.load_chosen import load_chosen
    from psoas_audio.drafting.parse_choices import choose
    from psoas_audio.drafting.render_settings import Settings
    from psoas_audio.living.build import offer_of
    from psoas_audio.living.write import write_living
    from psoas_audio.units import with_noun

    choices = choose(**options)
    offer = offer_of(lengths, guidances, beds)
    settings = Settings(output, overwrite)
    loaded = load_chosen(script, choices)
    with progress_bar(script, not (quiet or as_json)) as on_progress:
        written = write_living(
            loaded, choices, offer, settings, data=data, dumps=dumps, on_progress=on_progress
        )
    print_warnings(() if quiet or as_json else written.warnings)
    if as_json:
        print_json(written.as_json())
    elif not quiet:
        megabytes = written.page_bytes / 1e6
        versions = with_noun(written.rows, "version")
        click.echo(f"{written.output}  {versions} in {megabytes:.1f} MB")
        for path in written.files:
            if path != written.output:
                click.echo(str(path))
