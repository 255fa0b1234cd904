"""The command ``psoas-audio``: finds the subcommands, shows errors, sets the exit status."""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import sys
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

import click

from psoas_audio import library
from psoas_audio._version import __version__
from psoas_audio.cli import output, process
from psoas_audio.errors import PsoasError, report_of

_COMMANDS = "psoas_audio.cli.commands"
_SECTIONS = ("write", "make", "inspect", "setup")
"""Folders of :mod:`psoas_audio.cli.commands`, in the order of ``--help``."""


class _CommandGroup(click.Group):
    """Finds each command by its name: a module of that name in the folder of a section."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_sections_by_command())

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return _command(name) if name in _sections_by_command() else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            ctx.fail(f"There is no command '{name}'. {_suggestion(name)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections = _sections_by_command()
        for section in _SECTIONS:
            title = importlib.import_module(f"{_COMMANDS}.{section}").__doc__ or section
            names = sorted(name for name, folder in sections.items() if folder == section)
            with formatter.section(title.rstrip(".")):
                formatter.write_dl([(name, _summary(name)) for name in names])


@cache
def _sections_by_command() -> dict[str, str]:
    """Command name to the name of its section."""
    return {
        name.removesuffix(".py"): section
        for section in _SECTIONS
        for name in os.listdir(Path(__file__).parent / "commands" / section)  # noqa: PTH208
        if name.endswith(".py") and not name.startswith("_")
    }


def _suggestion(name: str) -> str:
    """What to write in place of *name*, which isn't a command."""
    if name.lower() == "help":
        return "Write psoas-audio --help."
    if name in library.script_names() or Path(name).suffix in (".yaml", ".yml"):
        return f"Did you mean 'render {name}'?"
    if similar := library.did_you_mean(name, list(_sections_by_command())):
        return similar
    return "psoas-audio --help lists them."


def _command(name: str) -> click.Command:
    module = importlib.import_module(f"{_COMMANDS}.{_sections_by_command()[name]}.{name}")
    command: click.Command = getattr(module, f"{name}_command")
    return command


def _summary(name: str) -> str:
    """The first line of a command's help."""
    return (_command(name).help or "").partition("\n")[0]


@click.group(cls=_CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="psoas-audio")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Render voice-guided audio sessions from YAML scripts.

    SCRIPT is a file, or the name of a session that comes with psoas-audio
    ('psoas-audio list' shows them).
    """
    ctx.obj = {"debug": debug}


def main() -> NoReturn:
    """Run the command line and exit with its status.

    The status is 0; 1 for an error; 2 for wrong usage; 3 for errors in a script; 130 or 143 after
    SIGINT or SIGTERM.
    """
    try:
        process.open_standard_streams()
        process.handle_signals()
        process.tune()
        output.print_any_text()
        process.exit_with(_run("--debug" in sys.argv[1:]))
    except KeyboardInterrupt:  # before or after the command, or while an error is printed
        process.exit_with(_interrupted())


def _run(debug: bool) -> int:
    """The exit status of the command that ``sys.argv`` holds; every error is printed."""
    try:
        _check_arguments(sys.argv[1:])
        status = cli.main(prog_name="psoas-audio", standalone_mode=False)
        output.flush_output()
    except click.exceptions.Abort:
        status = _interrupted()
    except click.ClickException as error:
        with contextlib.suppress(OSError):
            error.show()
        status = error.exit_code
    except click.exceptions.Exit as error:
        status = error.exit_code if process.signal_status() is None else _stopped()
    except KeyboardInterrupt:
        status = _interrupted()
    except SystemExit as error:  # click exits like this when a pipe is closed
        if error.code != 1 or not output.reader_has_gone():
            raise
        status = 0
    except Exception as error:
        if process.signal_status() is not None:
            return _stopped()
        status = _failed(error, debug)
    return status if isinstance(status, int) else 0


def _stopped() -> int:
    """The exit status after a signal that unwound the stack."""
    status = process.signal_status()
    return _interrupted() if status in (None, process.INTERRUPTED) else status


def _failed(error: Exception, debug: bool) -> int:
    """Print *error*; returns the exit status for it."""
    if isinstance(error, PsoasError):
        if debug:
            raise error
        output.print_error(error.report())
        return error.exit_code
    if isinstance(error, BrokenPipeError) and output.reader_has_gone():
        return 0
    if debug:
        raise error
    output.print_error(report_of(error))
    return 1


def _check_arguments(arguments: Sequence[str]) -> None:
    """Raise :class:`PsoasError` for an argument that can be neither a text nor a file name."""
    for before, argument in pairwise(("", *arguments)):
        if not argument.strip() or re.fullmatch("--[a-z-]+=", argument):
            named = argument or before
            what = named.rstrip("=") if named.startswith("-") else "an argument"
            raise PsoasError(
                f"{what} is empty.",
                hint="Leave it out, or check whether a variable of your shell is set.",
            )
        try:
            usable = b"\0" not in os.fsencode(argument)
        except UnicodeError:
            usable = False
        if not usable:
            raise PsoasError(
                f"{argument[:80]!r} contains a character that can't be used in a text or a file"
                " name.",
                hint="Type it again instead of pasting it.",
            )


def _interrupted() -> int:
    output.print_error("Interrupted. Unfinished files were not published.")
    return process.INTERRUPTED


if __name__ == "__main__":
    main()
