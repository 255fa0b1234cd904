"""The command ``psoas-audio publish``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from pathlib import Path

import click

from psoas_audio.cli.options import OUTPUT_FOLDER_TYPE, bitrate_option, json_option, quiet_option
from psoas_audio.cli.output import print_json

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command("publish")
@click.argument("folder", type=_FOLDER)
@click.option("--base-url", required=True, metavar="URL", help="Address of the published folder.")
@click.option(
    "-o", "--output", type=OUTPUT_FOLDER_TYPE, help="Folder of the site.  [default: FOLDER]"
)
@click.option("--title", default="", help="Title of the site and the podcast.")
@click.option("--description", default="", help="Description of both, in a sentence or two.")
@click.option("--author", default="", help="Author that podcast apps show.")
@click.option("--email", default="", help="Owner's address, for podcast directories.")
@click.option(
    "--language",
    default="",
    metavar="TAG",
    help="Language of the site and the podcast.  [default: that of most sessions]",
)
@click.option(
    "--living",
    is_flag=True,
    help="Also make a page with every length, guidance and order of sides for each script.",
)
@bitrate_option
@json_option
@quiet_option
def publish_command(
    folder: Path,
    base_url: str,
    output: Path | None,
    title: str,
    description: str,
    author: str,
    email: str,
    language: str,
    living: bool,
    kbps: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Build a web site and a podcast feed from a folder of sessions.

    Scripts in FOLDER are rendered first if they have changed; then every session in it is listed.
    The site works on any static host, in a sub-folder too.
    """
    from psoas_audio.publishing.site import publish, site_of

    site = site_of(
        base_url,
        title=title,
        description=description,
        author=author,
        email=email,
        language=language,
    )
    published = publish(folder, site, output, kbps=kbps, living=living)
    if as_json:
        lists = {
            "rendered": published.rendered,
            "written": published.written,
            "left_out": published.left_out,
        }
        plain = {name: [str(path) for path in paths] for name, paths in lists.items()}
        print_json({"sessions": published.sessions, **plain})
        return
    for path in published.left_out:
        click.echo(f"{path}: left out, because there is no timeline beside it", err=True)
    if not quiet:
        click.echo(
            f"{output or folder}: {published.sessions} sessions,"
            f" {len(published.rendered)} rendered, {len(published.written)} files written"
        )
