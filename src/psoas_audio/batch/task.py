"""What a worker does: foresee one session, or make it."""

from __future__ import annotations

from dataclasses import replace

from psoas_audio.batch.manifest import append, is_made, may_replace, read_manifest
from psoas_audio.batch.model import Job, Outcome, Outlook, Record
from psoas_audio.batch.progress import reporting
from psoas_audio.digest import digest
from psoas_audio.drafting.draft import Draft
from psoas_audio.errors import PsoasError
from psoas_audio.provenance.inputs import inputs_digest
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script


def foresee(job: Job) -> Outlook:
    """What can be told of *job* before anything is spoken."""
    try:
        script = load_script(job.script)
        # What a far store keeps makes an estimate little better, and costs a journey a line.
        session = Session(Draft(script, job.choices, replace(job.settings, remote=None)))
        planned = session.draft.try_plan()
        return Outlook(
            job,
            tuple(path.name for path in session.output_paths()),
            None if planned is None else planned.timeline.length,
            inputs_digest(script, job.choices, job.settings),
        )
    except Exception as error:
        return Outlook(job, error=_told(error), status=_status(error))


def make(outlook: Outlook, record: Record | None) -> Outcome:
    """The session foreseen, finished and written into the manifest; kept if it is there.

    *record* is the manifest's when the batch began. What has its name and isn't in the manifest
    is someone's own: it stays, and that is an error, unless the settings say to overwrite.
    """
    job, name = outlook.job, outlook.name
    folder = job.folder
    try:
        if not may_replace(folder, record, outlook.files):
            # A worker that was lost may have made it since: this job is then given out again.
            record = read_manifest(folder).get(name)
        again = job.settings.overwrite
        if not again and record and is_made(folder, record, outlook.files, outlook.inputs):
            files = tuple(folder / file for file in outlook.files)
            return Outcome(job, name, files, record.length or outlook.length or 0, kept=True)
        own = may_replace(folder, record, outlook.files)
        settings = replace(job.settings, overwrite=again or own)
        script = load_script(job.script)
        inputs = inputs_digest(script, job.choices, job.settings)  # as they are by now
        if settings.overwrite:
            begun = dict.fromkeys(outlook.files)
            append(folder, name, Record(inputs, begun))
        with reporting(name) as report:
            rendered = Session(Draft(script, job.choices, settings), report).render()
        made = {path.name: digest(path) for path in rendered.files}
        length = rendered.timeline.length
        append(folder, name, Record(inputs, made, length))
    except Exception as error:
        return Outcome(job, name, error=_told(error), status=_status(error))
    return Outcome(job, name, rendered.files, length, warnings=rendered.warnings)


def _status(error: Exception) -> int:
    return error.exit_code if isinstance(error, PsoasError) else 1


def _told(error: Exception) -> str:
    """An error as a user is told."""
    if isinstance(error, PsoasError):
        return error.report()
    what = str(error).partition("\n")[0]
    return (
        f"error: something unforeseen happened ({type(error).__name__}: {what}).\n"
        "  Render this session alone with 'psoas-audio --debug render …', and report what it shows."
    )
