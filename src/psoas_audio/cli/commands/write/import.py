"""The command ``psoas-audio import``: parses the options, makes one call, prints the result."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from psoas_audio.cli.options import json_option
from psoas_audio.cli.output import print_json


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    metavar="SCRIPT",
    help="Script to write; - for standard output.  [default: the name of the first file]",
)
@click.option("-f", "--force", "overwrite", is_flag=True, help="Replace an existing file.")
@click.option(
    "--intervals",
    is_flag=True,
    help="Turn circuits into intervals, in which each rest announces what comes next.",
)
@json_option
def import_command(
    files: tuple[str, ...], output: Path | None, overwrite: bool, intervals: bool, as_json: bool
) -> None:
    """Turn a page of text into a script.

    FILE is plain text, Markdown, HTML, Word (.docx), SSML, subtitles (SRT, WebVTT), Audacity
    labels, or a workout as CSV or YAML; - is standard input. If there are several files, each after
    the first becomes a chapter. Guesses, and text that was not understood, are listed at the end.
    """
    from psoas_audio.importing.convert import SOURCE_FILE, import_sources

    sources = [
        (
            "standard input" if file == "-" else file,
            sys.stdin.buffer.read(SOURCE_FILE.max_bytes or -1)
            if file == "-"
            else SOURCE_FILE.read(Path(file), shown=file),
        )
        for file in files
    ]
    path = output or Path("imported" if files[0] == "-" else Path(files[0]).stem + ".yaml")
    path = path if output or path.suffix else path.with_suffix(".yaml")
    name = path.stem if str(path) != "-" else "imported"
    imported = import_sources(sources, name, intervals=intervals)
    if str(path) == "-":
        click.echo(imported.text, nl=False)
    else:
        _write(path, imported.text, overwrite)
    remarks = [
        {"place": remark.place, "guess": remark.guess, "text": remark.text}
        for remark in imported.remarks
    ]
    if as_json:
        print_json(remarks)
        return
    for remark in imported.remarks:
        what = f"guessed, {remark.guess}" if remark.guess else "not understood, kept as a comment"
        click.echo(f"{remark.place}: {what}: {remark.text}", err=True)
    for problem in imported.problems:
        if problem.severity == "error":
            click.echo(f"check: {problem}", err=True)
    if str(path) != "-":
        click.echo(
            f"Wrote {path}. Check it with: psoas-audio check {shlex.quote(str(path))}", err=True
        )


def _write(path: Path, text: str, overwrite: bool) -> None:
    from psoas_audio.atomic_files import Publication

    with Publication(
        overwrite, "Use --force to replace it, or name another with -o."
    ) as publication:
        publication.reserve(path)
        publication.write(path, text.encode())
        publication.publish()
