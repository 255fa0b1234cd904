"""The command ``psoas-audio cache``: parses the options, makes one call, prints the result."""

from __future__ import annotations

import click

from psoas_audio.cli.options import json_option
from psoas_audio.cli.output import print_json


@click.group("cache")
def cache_command() -> None:
    """Show, check or clear the cache of takes, blocks and pictures."""


@cache_command.command("path")
def path_command() -> None:
    """Print the cache's folder."""
    from psoas_audio.cache.local import default_folder

    click.echo(str(default_folder()))


@cache_command.command("size")
@json_option
def size_command(as_json: bool) -> None:
    """Print how much the cache holds."""
    from psoas_audio.cache.local import Cache, default_folder

    entries, size = Cache(default_folder()).stats()
    if as_json:
        print_json({"entries": entries, "bytes": size})
    else:
        click.echo(f"{_amount(entries, size)} in {default_folder()}")


@cache_command.command("clear")
def clear_command() -> None:
    """Remove everything in the cache; it is made again when needed."""
    from psoas_audio.cache.local import Cache, default_folder

    cache = Cache(default_folder())
    entries, size = cache.stats()
    cache.clear()
    click.echo(f"{_amount(entries, size)} removed")


def _amount(entries: int, size: int) -> str:
    from psoas_audio.units import with_noun

    return f"{with_noun(entries, 'entry', 'entries')}, {size / 1e6:.1f} MB"


@cache_command.command("verify")
@click.pass_context
def verify_command(ctx: click.Context) -> None:
    """Read every entry and move broken ones to quarantine.

    Exits with 1 if there was a broken entry.
    """
    from psoas_audio.cache.local import Cache, default_folder

    report = Cache(default_folder()).verify()
    click.echo(f"{report.entries} good, {len(report.quarantined)} broken and moved to quarantine")
    ctx.exit(1 if report.quarantined else 0)
