"""The command ``psoas-audio batch``: parses the options, makes one call, prints the result."""

from __future__ import annotations

import contextlib
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from psoas_audio.cli.options import (
    REPEATABLE,
    SCRIPT_TYPE,
    json_option,
    quiet_option,
    variant_options,
)
from psoas_audio.cli.output import print_json
from psoas_audio.cli.output_options import OUTPUT_FOLDER_TYPE, output_options

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from psoas_audio.batch import Job, Outcome, PlannedJob
    from psoas_audio.batch.progress import ProgressEvent


def _renamed_store(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    del ctx, param
    if value is not None:
        click.echo("warning: --store is now called --cache.", err=True)
    return value


@click.command("batch")
@click.argument("scripts", nargs=-1, required=True, type=SCRIPT_TYPE, metavar="SCRIPT...")
@click.option(
    "-o",
    "--output",
    required=True,
    type=OUTPUT_FOLDER_TYPE,
    help="Folder for the sessions and the batch's manifest.",
)
@variant_options
@output_options
@click.option(
    "-f",
    "--force",
    "overwrite",
    is_flag=True,
    help="Render everything again, and replace existing files even if this batch didn't make them.",
)
@click.option("--dry-run", is_flag=True, help="List the sessions, with their lengths, and stop.")
@click.option("--deep-check", is_flag=True, help="Also decode each finished file from end to end.")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    help="Sessions to render at the same time on this machine.  [default: one per core]",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Render on the Dask cluster with this scheduler, such as tcp://10.0.0.5:8786. Its workers"
    " must see the scripts and the output folder under the same paths.",
)
@click.option(
    "--cache",
    metavar="WHERE",
    help="Folder, or URL such as s3://bucket/folder, of the cache that all workers share."
    "  [default: see 'psoas-audio cache path']",
)
@click.option("--store", hidden=True, callback=_renamed_store)
@json_option
@quiet_option
@click.pass_context
def batch_command(
    ctx: click.Context,
    scripts: tuple[str, ...],
    output: Path,
    options: dict[str, Any],
    outputs: tuple[str, ...],
    bundle: bool,
    format_name: str | None,
    kbps: int | None,
    overwrite: bool,
    dry_run: bool,
    deep_check: bool,
    workers: int | None,
    scheduler: str | None,
    cache: str | None,
    store: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Render every combination of scripts and choices.

    --length, --guidance, --language, --voice and --value may be given several times. Sessions that
    can't be rendered are listed first, and don't stop the others. Run the same batch again to
    render what is missing: after a crash, or when a script has changed.
    """
    from psoas_audio.cli.batch_progress import batch_progress

    if workers and scheduler:
        raise click.UsageError("--workers is for this machine; a --scheduler has its own workers.")
    several = Counter(value.partition("=")[0] for value in options["values"])
    max_jobs = len(scripts) * math.prod(
        [*(len(options[name]) or 1 for name in REPEATABLE), *several.values()]
    )

    def make_jobs() -> list[Job]:
        from psoas_audio.batch import build_jobs
        from psoas_audio.drafting.render_settings import Settings
        from psoas_audio.provenance.read_provenance import read_provenance
        from psoas_audio.rendering.outputs import select_outputs
        from psoas_audio.rendering.session_formats import bit_rate, format_of

        like = options.pop("like")
        chosen = format_of(format_name, None)
        settings = Settings(
            overwrite=overwrite,
            outputs=select_outputs(outputs, bundle=bundle),
            format=chosen,
            kbps=bit_rate(kbps, chosen),
            deep_check=deep_check,
            **_cache_settings(cache or store),
        )
        base = None if like is None else read_provenance(like).choices
        return build_jobs(scripts, output, settings=settings, base=base, **options)

    with (
        batch_progress(not (quiet or as_json)) as display,
        _place_to_run(make_jobs, max_jobs, workers, scheduler, display.on_progress) as place,
    ):
        from psoas_audio.batch import plan_jobs, run_planned
        from psoas_audio.units import clock

        planned_jobs = plan_jobs(place.jobs, place.executor, place.window)
        if dry_run:
            _print_planned(planned_jobs, as_json)
            ctx.exit(_exit_status(planned_jobs))
        impossible = [planned for planned in planned_jobs if planned.error]
        if len(impossible) < len(planned_jobs) and not (quiet or as_json):
            for planned in impossible:
                display.print_line(f"{planned.name}: {_first_line(planned.error)}", err=True)
        outcomes, warned = [], set[str]()
        display.begin(len(planned_jobs))
        for outcome in run_planned(planned_jobs, place.executor, place.window):
            outcomes.append(outcome)
            display.finish(outcome.name)
            if not (outcome.error or outcome.kept or quiet or as_json):
                display.print_line(f"{outcome.name}  {clock(outcome.length)}")
                for warning in outcome.warnings:
                    if warning not in warned:  # all sessions may have the same one
                        display.print_line(f"{outcome.name}: warning: {warning}", err=True)
                    warned.add(warning)
    order = {planned.job: number for number, planned in enumerate(planned_jobs)}
    outcomes.sort(key=lambda outcome: order[outcome.job])
    if as_json:
        print_json([_as_json(outcome) for outcome in outcomes])
    else:
        _print_summary(outcomes, quiet)
    ctx.exit(_exit_status(outcomes))


def _cache_settings(where: str | None) -> dict[str, Any]:
    from psoas_audio.files import user_path

    if where is None:
        return {}
    return {"remote": where} if "://" in where else {"cache": user_path(where, "--cache")}


class _Place(NamedTuple):
    """What renders the jobs."""

    jobs: Sequence[Job]
    executor: Executor
    window: int
    """How many jobs to submit at a time."""


@contextlib.contextmanager
def _place_to_run(
    make_jobs: Callable[[], list[Job]],
    max_jobs: int,
    workers: int | None,
    scheduler: str | None,
    on_progress: Callable[[ProgressEvent], Any],
) -> Iterator[_Place]:
    """The executor for the jobs that *make_jobs* returns, no more than *max_jobs*."""
    if scheduler is None:
        from psoas_audio.batch.workers import Workers

        with Workers(workers, on_progress) as executor:
            executor.preload(max_jobs, "psoas_audio.batch.task")  # while we import the same

            from psoas_audio.batch import WINDOW, share_cores

            yield _Place(share_cores(make_jobs(), executor.count), executor, WINDOW)
    else:
        from psoas_audio.batch.cluster import cluster, with_absolute_paths

        jobs = [with_absolute_paths(job) for job in make_jobs()]
        with cluster(scheduler, on_progress) as (executor, window):
            yield _Place(jobs, executor, window)


def _exit_status(ended: Sequence[PlannedJob] | Sequence[Outcome]) -> int:
    """0 if all went well, 3 if scripts with errors are all that failed, else 1."""
    statuses = {each.status for each in ended if each.error}
    return statuses.pop() if len(statuses) == 1 else int(bool(statuses))


def _first_line(error: str) -> str:
    return error.partition("\n")[0]


def _print_summary(outcomes: Sequence[Outcome], quiet: bool) -> None:
    """Print what went wrong, sessions with the same error together, and the counts."""
    names_by_error: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.error:
            names_by_error.setdefault(outcome.error, []).append(outcome.name)
    for error, names in names_by_error.items():
        click.echo(f"{', '.join(names)}:\n{indent(error, '  ')}", err=True)
    if not quiet:
        kept = sum(outcome.kept for outcome in outcomes)
        failed = sum(map(len, names_by_error.values()))
        rendered = len(outcomes) - kept - failed
        click.echo(f"{rendered} rendered, {kept} kept, {failed} failed")


def _print_planned(planned_jobs: Sequence[PlannedJob], as_json: bool) -> None:
    from psoas_audio.cli.server_costs import costs_as_json, joined_costs, print_costs
    from psoas_audio.units import clock

    if as_json:
        plain = [
            {
                "session": each.name,
                "samples": each.length,
                "error": each.error,
                "to_send": costs_as_json(each.costs),
            }
            for each in planned_jobs
        ]
        print_json(plain)
        return
    for each in planned_jobs:
        if not each.error:
            length = "length not known yet" if each.length is None else clock(each.length)
            click.echo(f"{each.name}  {length}" + "  (already exists)" * each.exists)
    print_costs(joined_costs(each.costs for each in planned_jobs))
    for each in planned_jobs:
        if each.error:
            click.echo(f"{each.name}:\n{indent(each.error, '  ')}", err=True)


def _as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "session": outcome.name,
        "files": [str(path) for path in outcome.files],
        "samples": outcome.length,
        "kept": outcome.kept,
        "error": outcome.error,
        "warnings": list(outcome.warnings),
    }
