"""Commands about what stays on the machine: the store, the environment, the shell."""

from __future__ import annotations

import json

import click
from click.shell_completion import get_completion_class

from psoas_audio.cli.options import json_option


@click.group("cache")
def cache_command() -> None:
    """Show, check or clear what is kept between renders."""


@cache_command.command("path")
def path_command() -> None:
    """Print the store's folder."""
    from psoas_audio.store import default_folder

    click.echo(str(default_folder()))


@cache_command.command("size")
@json_option
def size_command(as_json: bool) -> None:
    """Tell how much is kept."""
    from psoas_audio.store import Store, default_folder

    entries, size = Store(default_folder()).stats()
    if as_json:
        click.echo(json.dumps({"entries": entries, "bytes": size}))
    else:
        click.echo(f"{entries} entries, {size / 1e6:.1f} MB in {default_folder()}")


@cache_command.command("clear")
def clear_command() -> None:
    """Remove everything that is kept; it is made anew when needed."""
    from psoas_audio.store import Store, default_folder

    store = Store(default_folder())
    entries, size = store.stats()
    store.clear()
    click.echo(f"{entries} entries, {size / 1e6:.1f} MB removed")


@cache_command.command("verify")
@click.pass_context
def verify_command(ctx: click.Context) -> None:
    """Read every entry and put the broken ones aside; exit 1 if there was one."""
    from psoas_audio.store import Store, default_folder

    report = Store(default_folder()).verify()
    click.echo(f"{report.entries} good, {len(report.dropped)} broken and put aside")
    ctx.exit(1 if report.dropped else 0)


@click.command("doctor")
@json_option
@click.pass_context
def doctor_command(ctx: click.Context, as_json: bool) -> None:
    """Tell what is installed, what is missing and what to do."""
    from psoas_audio.rendering.doctor import examine

    findings = examine()
    if as_json:
        plain = [{"part": f.part, "ok": f.ok, "needed": f.needed, "tells": f.tells, "hint": f.hint}
                 for f in findings]  # fmt: skip
        click.echo(json.dumps(plain))
    else:
        for finding in findings:
            sign = "ok" if finding.ok else ("MISSING" if finding.needed else "absent")
            click.echo(f"{sign:<8} {finding.part:<16} {finding.tells}")
            if not finding.ok and finding.hint:
                click.echo(f"{'':<8} {'':<16} {finding.hint}")
    ctx.exit(1 if any(f.needed and not f.ok for f in findings) else 0)


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print the lines that complete commands in your shell."""
    from psoas_audio.cli.main import cli

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "psoas-audio", "_PSOAS_AUDIO_COMPLETE").source())
