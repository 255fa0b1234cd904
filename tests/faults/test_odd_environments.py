"""Closed streams, odd environment variables, low limits and full disks end in a result or a
sentence."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bench import DEFECT, NOT_LOADED, Bench

STEPS = "voice: {engine: espeak}\nsteps:\n  - say: Rest.\n  - bell: bowl\n"
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")


def in_shell(bench: Bench, line: str, **env: str) -> subprocess.CompletedProcess[str]:
    """*line* in bash, where ``PA`` is psoas-audio; fails where a defect or a traceback shows."""
    program = f"{shlex.quote(sys.executable)} -m psoas_audio"
    done = subprocess.run(
        [shutil.which("bash") or "bash", "-c", line.replace("PA", program)],
        cwd=bench.folder, env=os.environ | env, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    for word in (DEFECT, NOT_LOADED, "Traceback", "Exception ignored"):
        assert word not in done.stdout + done.stderr, done.stderr
    return done


@POSIX
@pytest.mark.parametrize("streams", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize(
    "command",
    ["list", "check s.yaml", "plan s.yaml --json", "render s.yaml -f -o s.mp3",
     "batch s.yaml -o out --force", "say --explain Hello", "check nothing"],
)  # fmt: skip
def test_a_closed_stream_changes_nothing_else(bench: Bench, command: str, streams: str) -> None:
    bench.script(STEPS)
    done = in_shell(bench, f"PA {command} {streams}")
    assert done.returncode == (command == "check nothing")
    if command.startswith("render"):
        assert (bench.folder / "s.mp3").stat().st_size > 10_000


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("streams", [">/dev/full", "2>/dev/full", ">/dev/full 2>&1"])
@pytest.mark.parametrize(
    "command", ["render s.yaml -f -o s.mp3", "batch s.yaml -o out --force", "check nothing",
                "takes sheet s.yaml", "programme show first-week"],
)  # fmt: skip
def test_a_stream_on_a_full_device_never_hides_a_result(
    bench: Bench, command: str, streams: str
) -> None:
    bench.script(STEPS)
    done = in_shell(bench, f"PA {command} {streams}")
    assert done.returncode in (0, 1)
    if command.startswith("render"):
        assert (bench.folder / "s.mp3").stat().st_size > 10_000


VARIABLES = [
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "de_DE.ISO-8859-1", "PYTHONUTF8": "0"},
    {"LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONIOENCODING": "utf-16"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"TERM": "dumb", "COLUMNS": "0"},
    {"COLUMNS": "-5", "LINES": "abc"},
    {"HOME": ""},
    {"HOME": "relative"},
    {"HOME": "/dev/null"},
    {"PATH": ""},
    {"TMPDIR": "/nowhere"},
    {"TMPDIR": "s.yaml"},
    {"XDG_CACHE_HOME": "/dev/null", "XDG_CONFIG_HOME": "/dev/null"},
    {"TZ": "../../etc/passwd"},
    {"SOURCE_DATE_EPOCH": "soon"},
    {"OMP_NUM_THREADS": "many", "OPENBLAS_NUM_THREADS": "-1"},
    {"PYTHONOPTIMIZE": "2"},
    {"PYTHONWARNINGS": "error"},
    {"PYTHONDEVMODE": "1"},
    {"ESPEAK_DATA_PATH": "s.yaml"},
    {"PSOAS_AUDIO_CACHE": "s.yaml"},
    {"PSOAS_AUDIO_CACHE": "."},
    {"PSOAS_AUDIO_ENGINE": "nonsense"},
    {"PSOAS_AUDIO_ENGINE": "\udcff"},
    {"PSOAS_AUDIO_VOICES": "/dev/zero"},
    {"PSOAS_AUDIO_COMMANDS": "/dev/zero"},
    {"PSOAS_AUDIO_ENDPOINT": "nonsense", "PSOAS_AUDIO_ENDPOINT_FILE": "."},
    {"PSOAS_AUDIO_LISTENER": "~nouser/x"},
    {"PSOAS_AUDIO_SPEECH_THREADS": "many"},
]


@POSIX
@pytest.mark.parametrize("variables", VARIABLES, ids=lambda v: " ".join(f"{k}={v[k]}" for k in v))
def test_an_odd_variable_is_ignored_or_reported(bench: Bench, variables: dict[str, str]) -> None:
    bench.script(STEPS)
    done = in_shell(bench, "PA render s.yaml -f -o s.mp3 --with page", **variables)
    assert done.returncode in (0, 1)
    if done.returncode:
        assert "error: " in done.stderr
        assert "unexpected" not in done.stderr
    else:
        assert (bench.folder / "s.mp3").stat().st_size > 10_000


@POSIX
@pytest.mark.skipif(sys.platform != "linux", reason="limits differ")
@pytest.mark.parametrize(
    "limit", ["-n 12", "-n 16", "-n 24", "-v 150000", "-v 300000", "-v 500000", "-f 0", "-f 20",
              "-f 100", "-s 256"],
)  # fmt: skip
@pytest.mark.parametrize("command", ["render s.yaml -f -o s.mp3", "check s.yaml"])
def test_a_low_limit_is_a_sentence(
    bench: Bench, command: str, limit: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bench.script(STEPS)
    (bench.folder / "s.mp3").write_bytes(b"old")
    cache = str(tmp_path_factory.mktemp("cache"))
    done = in_shell(bench, f"ulimit {limit} && exec PA {command}", PSOAS_AUDIO_CACHE=cache)
    if "libgomp" in done.stderr or done.returncode in (127, -11, 139):
        pytest.skip("Python itself doesn't start here")
    assert done.returncode in (0, 1, 2), done.stderr
    if done.returncode:
        assert "rror: " in done.stderr
        assert (bench.folder / "s.mp3").read_bytes() == b"old"
    assert not list(bench.folder.glob(".psoas*"))


@POSIX
@pytest.mark.parametrize("size", ["0", "64k", "300k"])
@pytest.mark.parametrize("what", ["out", "cache", "tmp"])
def test_a_full_disk_leaves_no_half_file(bench: Bench, what: str, size: str) -> None:
    bench.script(STEPS)
    for name in ("out", "cache", "tmp"):
        (bench.folder / name).mkdir()
    blocks = "nr_inodes=3,size=1m" if size == "0" else f"size={size}"
    mount = f"mount -t tmpfs -o {blocks} tmpfs {what} 2>/dev/null || exit 77"
    words = "render s.yaml -o out/s.mp3 --bundle --workers 2"
    shown = "ls -A out; exit $s"
    line = f"{mount}; PA {words}; s=$?; {shown}"
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare")
    env = {"PSOAS_AUDIO_CACHE": "cache", "TMPDIR": str(bench.folder / "tmp")}
    done = in_shell(bench, f"unshare -m bash -c {shlex.quote(line)}", **env)
    if done.returncode == 77 or "Operation not permitted" in done.stderr:
        pytest.skip("may not mount here")
    assert done.returncode in (0, 1), done.stderr
    if done.returncode:
        assert "error: " in done.stderr
        assert "s.mp3" not in done.stdout.splitlines()
    assert not [name for name in done.stdout.splitlines() if name.startswith(".psoas")]
