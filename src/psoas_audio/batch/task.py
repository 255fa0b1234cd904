"""The tasks of a batch worker: plan one session, or render it."""

from __future__ import annotations

from dataclasses import replace

from psoas_audio.batch.manifest import append_record, is_finished, may_replace, read_manifest
from psoas_audio.batch.model import Job, ManifestRecord, Outcome, PlannedJob
from psoas_audio.batch.progress import sending_progress
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.load_chosen import load_chosen
from psoas_audio.errors import PsoasError, report_of
from psoas_audio.file_digest import digest
from psoas_audio.provenance.inputs import inputs_digest
from psoas_audio.rendering.session import Session


def plan_job(job: Job) -> PlannedJob:
    """Plan *job* without speaking anything. A failure is part of the result."""
    try:
        script = load_chosen(job.script, job.choices)
        # A remote cache would make the estimate little better, at the price of a request per line.
        session = Session(Draft(script, job.choices, replace(job.settings, remote=None)))
        planned = session.draft.try_plan()
        return PlannedJob(
            job,
            tuple(path.name for path in session.output_paths()),
            None if planned is None else planned.timeline.length,
            inputs_digest(script, job.choices, job.settings),
            session.draft.server_costs(planned),
        )
    except Exception as error:
        return PlannedJob(job, error=_message(error), status=_status(error))


def render_job(planned: PlannedJob, record: ManifestRecord | None) -> Outcome:
    """Render a planned session and record it in the manifest, unless it is up to date.

    *record* is that of the manifest at the start of the batch. A file with the session's name that
    isn't in the manifest belongs to someone else: it isn't replaced, and the outcome is an error,
    unless the settings say to overwrite.
    """
    job, name = planned.job, planned.name
    folder = job.folder
    try:
        if not may_replace(folder, record, planned.files):
            # The file may be from a worker that was lost after it had rendered this very job.
            record = read_manifest(folder).get(name)
        forced = job.settings.overwrite
        if not forced and record and is_finished(folder, record, planned.files, planned.inputs):
            files = tuple(folder / file for file in planned.files)
            return Outcome(job, name, files, record.length or planned.length or 0, kept=True)
        own = may_replace(folder, record, planned.files)
        settings = replace(job.settings, overwrite=forced or own)
        script = load_chosen(job.script, job.choices)
        inputs = inputs_digest(script, job.choices, job.settings)  # they may have changed since
        if settings.overwrite:
            unfinished = dict.fromkeys(planned.files)
            append_record(folder, name, ManifestRecord(inputs, unfinished))
        with sending_progress(name) as on_progress:
            rendered = Session(Draft(script, job.choices, settings), on_progress).render()
        digests = {path.name: digest(path) for path in rendered.files}
        length = rendered.timeline.length
        append_record(folder, name, ManifestRecord(inputs, digests, length))
    except Exception as error:
        return Outcome(job, name, error=_message(error), status=_status(error))
    return Outcome(job, name, rendered.files, length, warnings=rendered.warnings)


def _status(error: Exception) -> int:
    return error.exit_code if isinstance(error, PsoasError) else 1


def _message(error: Exception) -> str:
    """An error as it is shown to the user."""
    return report_of(error, "psoas-audio --debug render …")
