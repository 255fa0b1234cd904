"""The command ``psoas-audio publish``: parse, one call, print."""

from __future__ import annotations

import json
from pathlib import Path

import click

from psoas_audio.cli.options import json_option

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command("publish")
@click.argument("folder", type=FOLDER)
@click.option("--base-url", required=True, metavar="URL", help="Where the site will be found.")
@click.option("-o", "--output", type=FOLDER, help="The site's folder, if it isn't FOLDER itself.")
@click.option("--title", default="", help="Of the site and the podcast.")
@click.option("--description", default="", help="Of both, in a sentence or two.")
@click.option("--author", default="", help="Whom podcast apps name.")
@click.option("--email", default="", help="Of the owner, for podcast directories.")
@click.option("--language", default="en", show_default=True)
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def publish_command(
    folder: Path,
    base_url: str,
    output: Path | None,
    title: str,
    description: str,
    author: str,
    email: str,
    language: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Make a web site and a podcast feed of a folder of sessions.

    Scripts in FOLDER are rendered first if they have changed; every session in it is listed.
    Any static host will do, in a sub-folder too.
    """
    from psoas_audio.programme.load import is_programme
    from psoas_audio.publishing.site import publish, site_of

    site = site_of(
        base_url,
        title=title,
        description=description,
        author=author,
        email=email,
        language=language,
    )
    done = publish(folder, site, output, is_other=lambda path: is_programme(str(path)))
    if as_json:
        lists = {"rendered": done.rendered, "written": done.written, "left_out": done.left_out}
        plain = {name: [str(path) for path in paths] for name, paths in lists.items()}
        click.echo(json.dumps({"sessions": done.sessions, **plain}))
        return
    for path in done.left_out:
        click.echo(f"{path}: left out, there is no timeline beside it", err=True)
    if not quiet:
        click.echo(
            f"{output or folder}: {done.sessions} sessions, {len(done.rendered)} rendered,"
            f" {len(done.written)} files written"
        )
