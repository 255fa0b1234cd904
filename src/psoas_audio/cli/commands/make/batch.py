"""The command ``psoas-audio batch``: parse, one call, print."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from psoas_audio.cli.options import SCRIPT, SEVERAL, json_option, output_options, variant_options

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from psoas_audio.batch import Job, Outcome, Outlook
    from psoas_audio.batch.progress import News


@click.command("batch")
@click.argument("scripts", nargs=-1, required=True, type=SCRIPT, metavar="SCRIPT...")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False),
              help="Folder for the sessions, and for the list of what is made.")  # fmt: skip
@variant_options
@output_options
@click.option("-f", "--force", "overwrite", is_flag=True, help="Render everything anew, and "
              "replace files of any origin.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="List the sessions with their names and lengths.")
@click.option("--deep-check", is_flag=True, help="Decode each finished file from end to end too.")
@click.option("--workers", type=click.IntRange(1, 256), help="Sessions rendered side by side here, "
              "on a core each.  [default: one a core]")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="Of a Dask cluster that shall render instead, "
              "such as tcp://10.0.0.5:8786; it must see the scripts and the folder.")  # fmt: skip
@click.option("--store", metavar="WHERE", help="Folder, or URL such as s3://bucket/folder, for the "
              "takes and blocks that all share.  [default: as 'cache path' tells]")  # fmt: skip
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def batch_command(
    ctx: click.Context,
    scripts: tuple[str, ...],
    output: Path,
    wishes: dict[str, Any],
    outputs: tuple[str, ...],
    bundle: bool,
    format_name: str | None,
    overwrite: bool,
    dry_run: bool,
    deep_check: bool,
    workers: int | None,
    scheduler: str | None,
    store: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Render every combination of scripts and choices, side by side.

    --length, --guidance, --language and --voice may be given several times. What can't be made
    is told first and stops nothing. Run again, it makes what is missing: after a crash, or
    where a script has changed.
    """
    from psoas_audio.cli.batch_progress import watching

    if workers and scheduler:
        raise click.UsageError("--workers are those of this machine; --scheduler has its own.")
    most = len(scripts) * math.prod(len(wishes[name]) or 1 for name in SEVERAL)

    def work() -> list[Job]:
        from psoas_audio.batch import jobs
        from psoas_audio.drafting.settings import Settings
        from psoas_audio.provenance.made_of import made_of
        from psoas_audio.rendering.formats import format_of
        from psoas_audio.rendering.outputs import select_outputs

        like = wishes.pop("like")
        settings = Settings(
            overwrite=overwrite,
            outputs=select_outputs(outputs, bundle=bundle),
            format=format_of(format_name, None),
            deep_check=deep_check,
            **_store(store),
        )
        choices = None if like is None else made_of(like).choices
        return jobs(scripts, output, settings=settings, like=choices, **wishes)

    with (
        watching(not (quiet or as_json)) as watcher,
        _placed(work, most, workers, scheduler, watcher.hear) as place,
    ):
        from psoas_audio.batch import foreseen, made
        from psoas_audio.units import clock

        outlooks = foreseen(place.jobs, place.executor, place.window)
        if dry_run:
            _print_outlooks(outlooks, as_json)
            ctx.exit(_status(outlooks))
        impossible = [outlook for outlook in outlooks if outlook.error]
        if len(impossible) < len(outlooks) and not (quiet or as_json):
            for outlook in impossible:
                watcher.say(f"{outlook.name}: {_first(outlook.error)}", err=True)
        outcomes, warned = [], set[str]()
        watcher.begin(len(outlooks))
        for outcome in made(outlooks, place.executor, place.window):
            outcomes.append(outcome)
            watcher.done(outcome.name)
            if not (outcome.error or outcome.kept or quiet or as_json):
                watcher.say(f"{outcome.name}  {clock(outcome.length)}")
                for warning in outcome.warnings:
                    if warning not in warned:  # one fault may befall all
                        watcher.say(f"{outcome.name}: warning: {warning}", err=True)
                    warned.add(warning)
    order = {outlook.job: number for number, outlook in enumerate(outlooks)}
    outcomes.sort(key=lambda outcome: order[outcome.job])
    if as_json:
        click.echo(json.dumps([_plain(outcome) for outcome in outcomes], ensure_ascii=False))
    else:
        _print_end(outcomes, quiet)
    ctx.exit(_status(outcomes))


def _store(where: str | None) -> dict[str, Any]:
    if where is None:
        return {}
    return {"remote": where} if "://" in where else {"cache": Path(where).expanduser()}


class _Place(NamedTuple):
    """Who renders what."""

    jobs: Sequence[Job]
    executor: Executor
    window: int
    """Jobs to give out at a time."""


@contextlib.contextmanager
def _placed(
    work: Callable[[], list[Job]],
    most: int,
    workers: int | None,
    scheduler: str | None,
    hear: Callable[[News], Any],
) -> Iterator[_Place]:
    """Who renders the *work*, which is no more than *most* sessions."""
    if scheduler is None:
        from psoas_audio.batch.workers import Workers

        with Workers(workers, hear) as executor:
            executor.begin(most, "psoas_audio.batch.task")  # while this process loads the same

            from psoas_audio.batch import WINDOW, apportioned

            yield _Place(apportioned(work(), executor.count), executor, WINDOW)
    else:
        from psoas_audio.batch.cluster import anchored, cluster

        jobs = [anchored(job) for job in work()]
        with cluster(scheduler, hear) as (executor, window):
            yield _Place(jobs, executor, window)


def _status(ended: Sequence[Outlook] | Sequence[Outcome]) -> int:
    """0 where all is well, 3 where nothing but scripts is at fault, else 1."""
    faults = {each.status for each in ended if each.error}
    return faults.pop() if len(faults) == 1 else int(bool(faults))


def _first(error: str) -> str:
    return error.partition("\n")[0]


def _print_end(outcomes: Sequence[Outcome], quiet: bool) -> None:
    """How many there are, and what went wrong: sessions with the same fault together."""
    faults: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.error:
            faults.setdefault(outcome.error, []).append(outcome.name)
    for error, names in faults.items():
        click.echo(f"{', '.join(names)}:\n{indent(error, '  ')}", err=True)
    if not quiet:
        kept = sum(outcome.kept for outcome in outcomes)
        failed = sum(map(len, faults.values()))
        made = len(outcomes) - kept - failed
        click.echo(f"{made} rendered, {kept} kept, {failed} failed")


def _print_outlooks(outlooks: Sequence[Outlook], as_json: bool) -> None:
    from psoas_audio.units import clock

    if as_json:
        plain = [
            {"session": each.name, "samples": each.length, "error": each.error} for each in outlooks
        ]
        click.echo(json.dumps(plain, ensure_ascii=False))
        return
    for each in outlooks:
        if not each.error:
            length = "told when spoken" if each.length is None else clock(each.length)
            click.echo(f"{each.name}  {length}" + "  (is there already)" * each.exists)
    for each in outlooks:
        if each.error:
            click.echo(f"{each.name}:\n{indent(each.error, '  ')}", err=True)


def _plain(outcome: Outcome) -> dict[str, Any]:
    return {
        "session": outcome.name,
        "files": [str(path) for path in outcome.files],
        "samples": outcome.length,
        "kept": outcome.kept,
        "error": outcome.error,
        "warnings": list(outcome.warnings),
    }
