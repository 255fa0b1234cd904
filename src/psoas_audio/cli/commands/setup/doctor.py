"""The command ``psoas-audio doctor``: parse, one call, print."""

from __future__ import annotations

import json

import click

from psoas_audio.cli.options import json_option


@click.command("doctor")
@json_option
@click.pass_context
def doctor_command(ctx: click.Context, as_json: bool) -> None:
    """Tell what is installed, what is missing and what to do."""
    from psoas_audio.doctor import examine

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
