"""What can happen to a batch: others in the same folder, changes, kills, a full disk."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from small_sessions import SCRIPT, command, kill, lengths, sessions, written

from processes import wait_for_end
from psoas_audio.batch import Workers, build_jobs, run
from psoas_audio.batch.manifest import MANIFEST_NAME
from psoas_audio.cache.local import Cache


def kept(script: str, out: Path, count: int) -> list[str]:
    """The sessions that a further run finds as they should be; the others are made again."""
    again = command(script, out, count, "--json")
    told, faults = again.communicate(timeout=120)
    assert (again.returncode, faults) == (0, "")
    assert len(json.loads(told)) == count
    return [each["session"] for each in json.loads(told) if each["kept"]]


def test_two_batches_on_one_folder_at_once(tmp_path: Path) -> None:
    script, out = written(tmp_path), tmp_path / "out"
    both = [command(script, out, 6), command(script, out, 6)]
    for each in both:
        _, faults = each.communicate(timeout=120)
        assert (each.returncode, faults) == (0, "")
    assert len(sessions(out)) == 6
    assert kept(script, out, 6) == sessions(out)
    assert list(out.glob(".*")) == []


def test_a_script_that_changes_meanwhile_is_made_again(tmp_path: Path) -> None:
    script, out = written(tmp_path), tmp_path / "out"
    batch = command(script, out, 8, "--workers", "1")
    assert batch.stdout is not None
    first = batch.stdout.readline().split()[0]
    written(tmp_path, text=SCRIPT.replace("Good.", "Very good indeed."))
    assert batch.communicate(timeout=120)[1] == ""
    assert batch.returncode == 0
    found = kept(script, out, 8)
    assert first not in found
    assert len(found) >= 4
    assert kept(script, out, 8) == sessions(out)


def test_a_script_that_goes_meanwhile_fails_alone(tmp_path: Path) -> None:
    script, other, out = written(tmp_path), written(tmp_path, "other"), tmp_path / "out"
    batch = command(script, out, 8, other, "--workers", "1")
    assert batch.stdout is not None
    batch.stdout.readline()
    Path(script).unlink()
    told, faults = batch.communicate(timeout=120)
    assert batch.returncode in (1, 3)
    assert "Traceback" not in faults
    assert "unexpected error" not in faults
    assert {f"other-{length}.mp3" for length in lengths(8)} <= set(sessions(out))
    assert " 0 failed" not in told.splitlines()[-1]


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 20))]
)
def test_workers_killed_at_any_moment_cost_nothing(tmp_path: Path, seed: int) -> None:
    chance, over, killed = random.Random(seed), threading.Event(), []

    def killer() -> None:
        while len(killed) < 3 and not over.wait(chance.uniform(0.05, 1.2)):
            if alive := executor.process_ids:
                killed.append(chance.choice(alive))
                kill(killed[-1])

    work = build_jobs([written(tmp_path)], tmp_path / "out", length=lengths(6))
    # A cache of its own, so that a worker may be killed while it speaks.
    cache = Cache(tmp_path / "cache")
    with pytest.MonkeyPatch.context() as patch, Workers(2) as executor:
        patch.setenv("PSOAS_AUDIO_CACHE", str(cache.folder))
        thread = threading.Thread(target=killer)
        thread.start()
        outcomes = list(run(work, executor))
        over.set()
        thread.join()
        again = list(run(work, executor))
        workers = set(executor.process_ids)
    assert [outcome.error for outcome in outcomes] == [""] * 6
    assert [(outcome.kept, outcome.error) for outcome in again] == [(True, "")] * 6
    assert cache.verify().quarantined == ()
    assert wait_for_end(workers, 0) == set()


def test_a_full_disk_is_reported_and_the_next_run_goes_on(tmp_path: Path) -> None:
    small, script = tmp_path / "small", written(tmp_path)
    small.mkdir()
    batch = [sys.executable, "-m", "psoas_audio", "batch", script, "-o", str(small)]
    batch += [word for length in lengths(6) for word in ("--length", length)]
    own = ["unshare", "-rm", "sh", "-c"]  # a disk of 900 kB that only these commands see
    mount = f"mount -t tmpfs -o size=900k tmpfs '{small}' || exit 77"
    if shutil.which("unshare") is None or subprocess.run([*own, mount]).returncode:
        pytest.skip("no disk can be mounted here")
    told = subprocess.run(
        [*own, f'{mount}; "$@"; echo $?; mount -o remount,size=9m "{small}"; "$@"; echo $?; '
         f'ls -A "{small}"', "sh", *batch],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    lines = told.stdout.splitlines()
    assert lines[lines.index("1") - 1] == "2 rendered, 0 kept, 4 failed"
    assert told.stderr.count("no space left on device") == 4
    assert "Traceback" not in told.stderr
    assert lines[lines.index("0") - 1] == "4 rendered, 2 kept, 0 failed"
    assert lines[-7:] == [MANIFEST_NAME, *(f"s-{length}.mp3" for length in lengths(6))]


def test_names_that_collide_or_that_no_file_can_have_are_reported(tmp_path: Path) -> None:
    written(tmp_path, "s")
    other, long = written(tmp_path / "b", "s-20s"), written(tmp_path, "a" * 248)
    batch = command(str(tmp_path / "s.yaml"), tmp_path / "out", 1, other, long, "--length", "21s")
    _, faults = batch.communicate(timeout=60)
    assert batch.returncode == 1
    assert faults.count("too long") == 2
    assert "unexpected error" not in faults
    assert sessions(tmp_path / "out") == [
        "s-20s-20s.mp3",
        "s-20s-21s.mp3",
        "s-20s.mp3",
        "s-21s.mp3",
    ]
    # One script's own name may be what another's variant is called.
    plain = subprocess.run(
        [sys.executable, "-m", "psoas_audio", "batch", other, "-o", str(tmp_path / "out"), "-q"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert plain.returncode == 0


def test_the_exit_code_shows_what_kind_of_fault_there_was(tmp_path: Path) -> None:
    good, bad = written(tmp_path), written(tmp_path, "bad", "titel: x\n")

    def status(*options: str) -> int:
        batch = command(good, tmp_path / "out", 1, *options)
        batch.communicate(timeout=60)
        return batch.returncode

    assert status() == 0
    assert status(bad) == 3
    assert status(bad, "--dry-run") == 3
    assert status(bad, "--length", "5s", "--json") == 1
    assert status("--length", "5s") == 1
    assert status("--workers", "0") == 2
    assert status("--scheduler", "tcp://127.0.0.1:1", "--workers", "2") == 2


def test_a_warning_that_all_sessions_share_is_shown_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path / "cache"))
    pytest.importorskip("fsspec")
    (tmp_path / "far").write_bytes(b"a file where a folder should be")
    shared = f"file://{tmp_path}/far"
    batch = command(written(tmp_path), tmp_path / "out", 3, "--cache", shared)
    told, faults = batch.communicate(timeout=60)
    assert told.splitlines()[-1] == "3 rendered, 0 kept, 0 failed"
    assert faults.count("warning: ") == faults.count("going on without it") == 1


def test_the_old_store_option_still_works_with_a_warning(tmp_path: Path) -> None:
    batch = command(written(tmp_path), tmp_path / "out", 1, "--store", str(tmp_path / "kept"))
    told, faults = batch.communicate(timeout=60)
    assert told.splitlines()[-1] == "1 rendered, 0 kept, 0 failed"
    assert faults.strip() == "warning: --store is now called --cache."
    assert list((tmp_path / "kept").iterdir())


def test_json_lists_the_sessions_in_the_requested_order(tmp_path: Path) -> None:
    script, out = written(tmp_path), tmp_path / "out"
    first = json.loads(command(script, out, 3, "--json").communicate(timeout=60)[0])
    assert [each["session"] for each in first] == [f"s-{length}.mp3" for length in lengths(3)]
    assert [each["samples"] for each in first] == [48000 * n for n in (20, 21, 22)]
    again = json.loads(command(script, out, 3, "--json").communicate(timeout=60)[0])
    assert again == [{**each, "kept": True} for each in first]


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_three_hundred_variants_take_no_more_memory_than_a_few(tmp_path: Path) -> None:
    def highest(count: int) -> dict[str, float]:
        """MB of this process and of a worker."""
        script = written(tmp_path, text=SCRIPT.replace("1-60s", "1-600s"))
        work = build_jobs([script], tmp_path / f"{count}", length=many[:count])
        with Workers(2) as executor:
            outcomes = list(run(work, executor))
            workers = executor.process_ids
            found = {"own": peak("self"), "worker": max(map(peak, workers))}
        assert [outcome.error for outcome in outcomes] == [""] * count
        return found

    def peak(pid: object) -> float:
        status = Path(f"/proc/{pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    many = lengths(300)
    few, all_of_them = highest(20), highest(300)
    assert all_of_them["own"] - few["own"] < 10
    assert all_of_them["worker"] - few["worker"] < 30
    assert len(sessions(tmp_path / "300")) == 300
