"""Batches of real renders: whole, resumed, with faults, killed, interrupted."""

from __future__ import annotations

import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from small_sessions import (
    SCRIPT,
    command,
    kill,
    lengths,
    sessions,
    written,
)

from processes import descendants, wait_for_end
from psoas_audio.batch import Job, Outcome, Workers, build_jobs, plan_jobs, run, share_cores
from psoas_audio.batch.manifest import MANIFEST_NAME, append_record, read_manifest
from psoas_audio.batch.model import ManifestRecord
from psoas_audio.batch.task import render_job
from psoas_audio.drafting.render_settings import Settings

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


def made(work: list[Job], count: int = 2) -> dict[str, Outcome]:
    """The outcomes of *work* in so many threads, by name."""
    with ThreadPoolExecutor(count) as executor:
        return {outcome.name: outcome for outcome in run(work, executor)}


def work(folder: Path, count: int = 2, **more: object) -> list[Job]:
    return build_jobs([written(folder)], folder / "out", length=lengths(count), **more)


def test_every_combination_is_rendered_and_the_next_run_keeps_all(tmp_path: Path) -> None:
    todo = work(tmp_path, guidance=["full", "bells"])
    outcomes = made(todo)
    assert sorted(outcomes) == sessions(tmp_path / "out")
    assert len(outcomes) == 4
    assert all(not o.error and not o.kept and o.files[0].is_file() for o in outcomes.values())
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    assert all(outcome.kept for outcome in made(todo).values())
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == before


def test_missing_damaged_or_outdated_sessions_are_rendered_again(tmp_path: Path) -> None:
    todo = work(tmp_path, 3)
    made(todo)
    out = tmp_path / "out"
    good = (out / "s-21s.mp3").read_bytes()
    (out / "s-20s.mp3").unlink()
    (out / "s-21s.mp3").write_bytes(good[:-1])
    again = made(todo)
    assert {name for name, o in again.items() if not o.kept} == {"s-20s.mp3", "s-21s.mp3"}
    assert (out / "s-21s.mp3").read_bytes() == good
    written(tmp_path, text=SCRIPT.replace("Good.", "Very good."))
    assert not any(o.kept or o.error for o in made(todo).values())


def test_a_sound_beside_the_script_counts(tmp_path: Path) -> None:
    import numpy as np
    import soundfile

    def tone(level: float) -> None:
        soundfile.write(tmp_path / "own.wav", np.full((4800, 1), level, np.float32), 48000)

    tone(0.1)
    written(tmp_path, "b", SCRIPT + "  - bell: own.wav\n")
    todo = build_jobs([str(tmp_path / "b.yaml")], tmp_path / "out")
    with ThreadPoolExecutor(1) as executor:
        (first,) = plan_jobs(todo, executor)
        assert not first.error
        assert plan_jobs(todo, executor)[0].inputs == first.inputs
        tone(0.2)
        assert plan_jobs(todo, executor)[0].inputs != first.inputs


def test_the_digest_of_the_inputs_is_the_same_in_every_process(tmp_path: Path) -> None:
    todo = [
        *work(tmp_path, 1),
        *build_jobs(["supine-ball-release"], tmp_path, language=["de", "en"]),
    ]
    found = []
    for _ in range(2):
        with Workers(1) as executor:
            found.append([planned.inputs for planned in plan_jobs(todo, executor)])
    assert found[0] == found[1]
    assert len(set(found[0])) == 3


def test_a_session_that_cannot_be_rendered_is_reported_first_and_stops_nothing(
    tmp_path: Path,
) -> None:
    own = tmp_path / "out" / "s-21s.mp3"
    own.parent.mkdir()
    own.write_bytes(b"someone's own")
    todo = [
        *work(tmp_path, 2),
        *build_jobs([str(tmp_path / "s.yaml")], tmp_path / "out", length="3h"),
        *build_jobs([str(tmp_path / "s.yaml")], tmp_path / "out", language="de"),
        *build_jobs([str(tmp_path / "none.yaml")], tmp_path / "out"),
    ]
    with ThreadPoolExecutor(2) as executor:
        outcomes = list(run(todo, executor))
    assert [bool(outcome.error) for outcome in outcomes[:3]] == [True] * 3
    errors = {outcome.name: outcome.error for outcome in outcomes}
    assert "can't be 3:00:00 long" in errors["s 180m"]
    assert "no translation (de)" in errors["s de"]
    assert "doesn't exist" in errors["none"]
    assert "already exists" in errors["s-21s.mp3"]
    assert errors["s-20s.mp3"] == ""
    assert own.read_bytes() == b"someone's own"
    forced = work(tmp_path, 2, settings=Settings(overwrite=True))
    assert not any(outcome.error for outcome in made(forced).values())


def test_two_sessions_with_one_name_are_refused(tmp_path: Path) -> None:
    scripts = [written(tmp_path / "a"), written(tmp_path / "b", text=SCRIPT.replace("Good", "Bad"))]
    outcomes = made(build_jobs(scripts, tmp_path / "out", length="20s"))
    assert sessions(tmp_path / "out") == []
    errors = [outcome.error for outcome in outcomes.values()]
    assert all("the same name" in error for error in errors)
    assert all(scripts[1] in error for error in errors)


def test_a_dead_worker_costs_nothing(tmp_path: Path) -> None:
    killed = []
    with Workers(2) as executor:
        outcomes = []
        for outcome in run(work(tmp_path, 8), executor):
            outcomes.append(outcome)
            if len(outcomes) in (1, 3):
                killed.append(executor.process_ids[0])
                kill(killed[-1])
        workers = set(executor.process_ids)
    assert len(killed) == 2
    assert [outcome.error for outcome in outcomes] == [""] * 8
    assert len(sessions(tmp_path / "out")) == 8
    assert wait_for_end(workers, 0) == set()


def test_a_job_that_is_run_again_recognises_its_own_files(tmp_path: Path) -> None:
    # A scheduler that lost a worker gives its job to another, just as it was at first.
    with ThreadPoolExecutor(1) as executor:
        (planned,) = plan_jobs(work(tmp_path, 1), executor)
    out, name = tmp_path / "out", "s-20s.mp3"
    out.mkdir()
    assert not render_job(planned, None).error
    finished = render_job(planned, None)
    assert (finished.kept, finished.error) == (True, "")
    append_record(
        out, name, ManifestRecord(planned.inputs, {name: None})
    )  # it died before it wrote its line
    unfinished = render_job(planned, None)
    assert (unfinished.kept, unfinished.error) == (False, "")


@LINUX
@pytest.mark.parametrize(
    "number",
    [signal.SIGKILL, signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)],
)
def test_an_interrupted_batch_can_be_resumed(tmp_path: Path, number: int) -> None:
    script, out = written(tmp_path), tmp_path / "out"
    batch = command(script, out, 12)
    assert batch.stdout is not None
    first = batch.stdout.readline()
    assert "s-" in first
    workers = descendants(batch.pid)
    batch.send_signal(number)
    _, told = batch.communicate(timeout=30)
    assert batch.returncode == (-9 if number == signal.SIGKILL else 128 + number)
    assert wait_for_end(workers) == set()
    assert "Traceback" not in told
    if number != signal.SIGKILL:
        assert list(out.glob(".*")) == []
    before = {
        name
        for name, record in read_manifest(out).items()
        if all(digest is not None for digest in record.files.values())
    }
    assert 0 < len(before) < 12
    again = made(work(tmp_path, 12))
    assert not any(outcome.error for outcome in again.values())
    assert {name for name, outcome in again.items() if outcome.kept} == before
    assert len(sessions(out)) == 12


def test_the_command_says_what_it_did_and_what_failed(tmp_path: Path) -> None:
    script, out = written(tmp_path), tmp_path / "out"
    dry = command(script, out, 1, "--length", "5s", "--dry-run", "--workers", "1")
    listed, faults = dry.communicate(timeout=30)
    assert "s-20s.mp3  0:20" in listed
    assert "s 05s:\n" in faults
    assert dry.returncode == 1
    assert not out.exists()
    batch = command(script, out, 2, "--length", "5s", "--guidance", "full", "--guidance", "bells")
    told, faults = batch.communicate(timeout=60)
    assert batch.returncode == 1
    assert told.splitlines()[-1] == "4 rendered, 0 kept, 2 failed"
    # Sessions with the same fault are listed together: before anything is rendered, and at the end.
    assert "s 05s: " in faults
    assert "s 05s, s 05s bells:\n" in faults


def test_cores_are_shared_between_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psoas_audio.batch.variants.cpu_count", lambda: 8)
    assert {job.settings.workers for job in share_cores(work(tmp_path, 3), 8)} == {2}
    assert {job.settings.workers for job in share_cores(work(tmp_path, 9), 8)} == {1}
    assert {job.settings.workers for job in share_cores(work(tmp_path, 3), 100)} == {2}
    assert {job.settings.workers for job in share_cores(work(tmp_path, 1), 4)} == {4}
    assert {job.settings.workers for job in share_cores(work(tmp_path, 9), 1)} == {1}
    assert work(tmp_path) + work(tmp_path) != []
    assert len(build_jobs([written(tmp_path)] * 2, tmp_path, length=["60s", "1m"])) == 1


def test_the_manifest_tolerates_torn_lines(tmp_path: Path) -> None:
    made(work(tmp_path, 2))
    path = tmp_path / "out" / MANIFEST_NAME
    whole = path.read_bytes()
    assert len(whole.splitlines()) == 4
    path.write_bytes(whole[:-20] + b"\n\xff{]\n[1]\n" + whole[-9:-4])
    again = made(work(tmp_path, 2))
    assert sum(not outcome.kept for outcome in again.values()) == 1
    assert all(outcome.kept for outcome in made(work(tmp_path, 2)).values())
