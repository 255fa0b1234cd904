"""Options that several commands share: what they write, and where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from psoas_audio.cli.options import F
from psoas_audio.rendering.outputs import OUTPUTS
from psoas_audio.rendering.session_formats import SESSION_FORMATS
from psoas_audio.units import BIT_RATES

_FILE_ENDINGS = frozenset(
    {f".{name}" for name in SESSION_FORMATS}
    | {"." + row.suffix.rpartition(".")[2] for row in OUTPUTS.values()}
    | {".ogg", ".aac", ".yaml", ".yml", ".png", ".jpeg", ".htm", ".zip", ".pdf", ".xml"}
)
"""Endings of names that are meant for a file where a folder is asked for."""


class OutputPath(click.Path):
    """Where a command writes: not standard output, as a session has several files or none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """As the base; fails for ``-``, and for a new folder with the name of a file."""
        path = Path(str(value))
        if str(value) == "-":
            self.fail(
                "this can't be written to standard output: name a file or a folder.", param, ctx
            )
        if not (self.file_okay or path.exists()) and path.suffix.lower() in _FILE_ENDINGS:
            self.fail(f"'{value}' looks like the name of a file: give a folder.", param, ctx)
        return super().convert(value, param, ctx)


OUTPUT_TYPE = OutputPath(path_type=Path, readable=False)
OUTPUT_FILE_TYPE = OutputPath(path_type=Path, dir_okay=False, readable=False)
OUTPUT_FOLDER_TYPE = OutputPath(path_type=Path, file_okay=False, readable=False)


def _as_number(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    del ctx, param
    return None if value is None else int(value)


bitrate_option = click.option(
    "--bitrate",
    "kbps",
    type=click.Choice([str(rate) for rate in BIT_RATES]),
    callback=_as_number,
    metavar="KBPS",
    help=f"Bit rate of MP3, AAC or Opus: {', '.join(map(str, BIT_RATES))}."
    "  [default: the script's; MP3: 96 mono, 128 stereo]",
)


def line_output_options(command: F) -> F:
    """``--output`` and ``--force`` of commands that play a line unless it is to be saved."""
    command = click.option(
        "-f", "--force", "overwrite", is_flag=True, help="Replace an existing file."
    )(command)
    return click.option(
        "-o",
        "--output",
        type=OUTPUT_FILE_TYPE,
        help="WAV file to write instead of playing.",
    )(command)


def output_options(command: F) -> F:
    """``--with``, ``--bundle``, ``--format`` and ``--bitrate``: which files to write, and how.

    The command gets them as ``outputs``, ``bundle``, ``format_name`` and ``kbps``.
    """
    by_ffmpeg = [name for name, row in SESSION_FORMATS.items() if row.needs_ffmpeg]
    for option in (
        click.option(
            "--format",
            "format_name",
            type=click.Choice(list(SESSION_FORMATS), case_sensitive=False),
            help=f"Format of the session; {_enumerated(by_ffmpeg, 'and')} need ffmpeg."
            "  [default: by the extension of --output, else mp3]",
        ),
        bitrate_option,
        click.option("--bundle", is_flag=True, help="Write all of these outputs except living."),
        click.option(
            "--with",
            "outputs",
            multiple=True,
            metavar="OUTPUT",
            help=f"Also write this output: {_enumerated(list(OUTPUTS), 'or')}. Can be repeated.",
        ),
    ):
        command = option(command)
    return command


def _enumerated(names: Sequence[str], conjunction: str) -> str:
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"
