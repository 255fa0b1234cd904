"""The command ``psoas-audio``: the group, its habits, and the end of every error."""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import signal
import sys
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from psoas_audio._version import __version__
from psoas_audio.errors import PsoasError

INTERRUPTED = 130
"""128 and the number of SIGINT, as shells count; SIGTERM makes it 143."""

_COMMANDS = "psoas_audio.cli.commands"
_SECTIONS = ("write", "make", "inspect", "setup")
"""Folders of :mod:`psoas_audio.cli.commands`, in the order of ``--help``."""


class _CommandGroup(click.Group):
    """The commands, each in a module of its own name in one of the sections' folders."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_places())

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return _command(name) if name in _places() else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        places = _places()
        for section in _SECTIONS:
            title = importlib.import_module(f"{_COMMANDS}.{section}").__doc__ or section
            names = sorted(name for name, folder in places.items() if folder == section)
            with formatter.section(title.rstrip(".")):
                formatter.write_dl([(name, _summary(name)) for name in names])


@cache
def _places() -> dict[str, str]:
    """The section of each command, by the command's name."""
    return {
        module.name: section
        for section in _SECTIONS
        for module in pkgutil.iter_modules([str(Path(__file__).parent / "commands" / section)])
    }


def _command(name: str) -> click.Command:
    module = importlib.import_module(f"{_COMMANDS}.{_places()[name]}.{name}")
    command: click.Command = getattr(module, f"{name}_command")
    return command


def _summary(name: str) -> str:
    """The first line of what the command *name* says of itself."""
    return (_command(name).help or "").partition("\n")[0]


@click.group(cls=_CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="psoas-audio")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Voice-guided audio sessions from a YAML script.

    SCRIPT is a file, or the name of a session that comes with psoas-audio
    ('psoas-audio list' shows them).
    """
    ctx.obj = {"debug": debug}


def main() -> NoReturn:
    """Run the command line and exit with its status: 0, 1, 2 (usage), 3 (script), 130, 143."""
    # What a command loads and plans stays until it ends: looking through it again and again for
    # garbage finds none, and takes a tenth of the time of a render in which little changed.
    gc.set_threshold(200_000)
    # numpy would start a thread a core for products of matrices, of which there are none to speak
    # of here: a fifth of the processor's time that a render takes in which little changed.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for number in _stopping():
        signal.signal(number, _stop)
    debug = "--debug" in sys.argv[1:]
    try:
        status = cli.main(prog_name="psoas-audio", standalone_mode=False)
    except click.exceptions.Abort:
        status = _interrupted()
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except click.exceptions.Exit as error:
        status = error.exit_code
    except KeyboardInterrupt:
        status = _interrupted()
    except BrokenPipeError:
        # Whoever read our output has gone (``| head``): that is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except PsoasError as error:
        if debug:
            raise
        click.echo(error.report(), err=True)
        status = error.exit_code
    except Exception as error:
        if debug:
            raise
        click.echo(_unexpected(error), err=True)
        status = 1
    # The memory goes with the process: Python needn't look through it once more before.
    gc.freeze()
    sys.exit(status if isinstance(status, int) else 0)


def _interrupted() -> int:
    click.echo("Interrupted: what was under way is not published.", err=True)
    return INTERRUPTED


def _stopping() -> list[int]:
    """Signals that end us, but for those that whoever started us wants ignored."""
    numbers = [
        signal.SIGINT,
        signal.SIGTERM,
        *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []),
    ]
    return [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """Unwind what is open, so that temporary files go and workers end; a second signal is final."""
    del frame
    for each in _stopping():
        signal.signal(each, lambda number, _: os._exit(128 + number))
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)


def _unexpected(error: BaseException) -> str:
    what: Any = str(error).splitlines()[0] if str(error) else ""
    return (
        f"error: something unforeseen happened ({type(error).__name__}: {what}).\n"
        "  Run the command again with 'psoas-audio --debug …' and report what it shows."
    )


if __name__ == "__main__":
    main()
