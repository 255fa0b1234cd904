"""The command ``psoas-audio publish``: parses the options, makes one call, prints the result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from psoas_audio.cli.options import json_option, quiet_option
from psoas_audio.cli.output import list_names, print_json, print_warnings
from psoas_audio.cli.output_options import OUTPUT_FOLDER_TYPE, bitrate_option
from psoas_audio.library import CATALOGUES_FOLDER

if TYPE_CHECKING:
    from psoas_audio.publishing.site import Published, SitePlan

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
@click.option("--email", default="", help="Owner's e-mail address, for podcast directories.")
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
@click.option("--dry-run", is_flag=True, help="List what would be rendered, and stop.")
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
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Build a web site and a podcast feed from a folder of sessions.

    Scripts in FOLDER are rendered first if they have changed; then every session in it is listed.
    Programmes may be there, or in its folder 'programmes'. The site works on any static host, in
    a sub-folder too.
    """
    from psoas_audio.publishing.site import plan_site, publish, site_of
    from psoas_audio.units import with_noun

    site = site_of(
        base_url,
        title=title,
        description=description,
        author=author,
        email=email,
        language=language,
    )
    if dry_run:
        _print_planned(plan_site(folder, output, kbps=kbps), as_json)
        return
    published = publish(folder, site, output, kbps=kbps, living=living)
    print_warnings(() if quiet or as_json else published.warnings)
    if as_json:
        lists = {
            "rendered": published.rendered,
            "written": published.written,
            "left_out": published.left_out,
            "blocks": published.blocks,
            "unused": published.unused,
        }
        plain = {name: [str(path) for path in paths] for name, paths in lists.items()}
        warnings = list(published.warnings)
        print_json({"sessions": published.sessions, **plain, "warnings": warnings})
        return
    for path in published.left_out:
        click.echo(f"{path}: left out, because there is no timeline beside it", err=True)
    if not quiet:
        _print_remarks(folder, published)
        sessions = with_noun(published.sessions, "session")
        written = with_noun(len(published.written), "file")
        click.echo(
            f"{output or folder}: {sessions}, {len(published.rendered)} rendered, {written} written"
        )


def _print_planned(plan: SitePlan, as_json: bool) -> None:
    from psoas_audio.cli.server_costs import costs_as_json, print_costs
    from psoas_audio.units import clock, with_noun

    if as_json:
        renders = [{"file": str(path), "samples": length} for path, length in plan.renders.items()]
        kept = [str(path) for path in plan.kept]
        print_json({"renders": renders, "kept": kept, "to_send": costs_as_json(plan.costs)})
        return
    for path, length in plan.renders.items():
        click.echo(f"{path}  {'length not known yet' if length is None else clock(length)}")
    sessions = with_noun(len(plan.renders), "session")
    click.echo(f"{sessions} would be rendered, {len(plan.kept)} kept")
    print_costs(plan.costs)


def _print_remarks(folder: Path, published: Published) -> None:
    if published.blocks:
        names = list_names(path.name for path in published.blocks)
        click.echo(
            f"{folder}: not sessions of their own, since other scripts include them: {names}",
            err=True,
        )
    if published.unused:
        names = list_names(path.relative_to(folder).as_posix() for path in published.unused)
        catalogues = [path for path in published.unused if CATALOGUES_FOLDER in path.parts[-2:]]
        translated = (
            " Translations are used by sessions in their language: psoas-audio render SCRIPT"
            f" --language TAG --with timeline -o {folder}"
            if catalogues
            else ""
        )
        click.echo(
            f"{folder}: not used: {names}. A site is made of the scripts and finished sessions in"
            f" {folder}, and of programmes there or in {folder / 'programmes'}.{translated}",
            err=True,
        )
