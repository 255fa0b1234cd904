"""Tests 17 and 18 of the battery, and the last promise: the same in gives the same out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk import SCRIPT, Desk, Ended

from psoas_audio.cache.local import Cache, key_of
from psoas_audio.cli.main import cli

PLACES = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LANG": "C", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "12345", "TZ": "Asia/Kathmandu", "LANG": "tr_TR.UTF-8",
     "LC_ALL": "de_DE.UTF-8", "PYTHONUTF8": "1", "COLUMNS": "41", "OMP_NUM_THREADS": "1"},
)  # fmt: skip
"""Two machines, as far as a process can tell."""

CLOCK = """
import sys, time
off = float(sys.argv.pop(1))
now = time.time
time.time = lambda: now() + off
from psoas_audio.cli.main import main
main()
"""
YEAR = 365 * 86400


def start(folder: Path, *words: str, program: tuple[str, ...] = (), **env: str) -> subprocess.Popen:
    """A render of the desk's script in *folder*, in a process of its own."""
    folder.mkdir(parents=True)
    (folder / "s.yaml").write_text(SCRIPT, encoding="utf-8")
    call = [*(program or ("-m", "psoas_audio")), "render", "s.yaml", "-o", "out", *words]
    return subprocess.Popen(
        [sys.executable, *call], cwd=folder, env={**os.environ, **env},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        umask=0o077 if env.get("LANG") == "C" else 0o002,
    )  # fmt: skip


def made(folder: Path, process: subprocess.Popen) -> dict[str, bytes]:
    """What it wrote, once it has ended well."""
    told = process.communicate(timeout=120)
    assert process.returncode == 0, told
    out = folder / "out"
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


@pytest.mark.skipif(sys.platform == "win32", reason="sets a umask")
def test_two_fresh_machines_give_the_same_bytes(tmp_path: Path) -> None:
    renders = {}
    for number, env in enumerate(PLACES):
        home = tmp_path / ("home" * (number + 1))
        own = {"HOME": str(home), "PSOAS_AUDIO_CACHE": str(home / "cache")}
        renders[home] = start(home, "--bundle", "--workers", str(1 + 2 * number), **env, **own)
    found = [made(home, render) for home, render in renders.items()]
    one, other = found
    assert {"s.mp3", "s.vtt", "s.srt", "s.html", "s.timeline.json"} <= one.keys()
    assert [name for name in one if one[name] != other.get(name)] == []
    assert one.keys() == other.keys()
    told = json.loads(one["s.timeline.json"])["made"]
    assert {"python", "numpy", "pedalboard", "soxr", "espeakng-loader"} <= told["with"].keys()


def test_two_renders_with_one_cache_and_a_clock_a_year_off(tmp_path: Path) -> None:
    cache = {"PSOAS_AUDIO_CACHE": str(tmp_path / "cache")}
    folders = [tmp_path / "now", tmp_path / "then"]
    offsets = ("0", str(-YEAR))
    renders = [
        start(folder, "--json", program=("-c", CLOCK, offset), **cache)
        for folder, offset in zip(folders, offsets, strict=True)
    ]
    told = [render.communicate(timeout=120) for render in renders]
    assert [render.returncode for render in renders] == [0, 0], told
    takes = [json.loads(stdout)["takes"]["made"] for stdout, _ in told]
    assert sum(takes) == 1
    first, second = ((folder / "out" / "s.mp3").read_bytes() for folder in folders)
    assert first == second


def spoilt(here: Desk, how: Callable[[bytes, int], bytes], part: float) -> int:
    """Spoil every entry of the desk's cache at *part* of its length; how many."""
    entries = sorted(here.cache.glob("??/*.entry"))
    for path in entries:
        content = path.read_bytes()
        path.write_bytes(how(content, int(part * (len(content) - 1))))
    return len(entries)


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def cut(content: bytes, at: int) -> bytes:
    return content[:at]


def test_a_spoilt_cache_gives_the_same_session(
    desk: Callable[[str], Desk], whole: tuple[Desk, Ended]
) -> None:
    here = desk("spoilt")
    shutil.copytree(whole[0].cache, here.cache)
    assert spoilt(here, flipped, 0.6)
    assert here.render().status == 0
    assert here.files() == whole[0].files()
    assert Cache(here.cache).verify().quarantined == ()


def test_a_spoilt_entry_is_reported_by_cache_verify_and_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path))
    keys = [key_of({"n": number}) for number in range(3)]
    for key in keys:
        Cache(tmp_path).put(key, b"payload")
    (bad,) = tmp_path.glob(f"??/{keys[1]}.entry")
    bad.write_bytes(flipped(bad.read_bytes(), bad.stat().st_size - 1))

    def cache(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["cache", *words])
        return done.exit_code, done.output.strip()

    assert cache("path") == (0, str(tmp_path))
    assert cache("verify") == (1, "2 good, 1 broken and moved to quarantine")
    assert cache("verify") == (0, "2 good, 0 broken and moved to quarantine")
    assert cache("clear")[0] == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_session_is_the_same_with_a_cache_spoilt_at_a_hundred_places(
    desk: Callable[[str], Desk],
    whole: tuple[Desk, Ended],
    record_property: Callable[[str, object], None],
) -> None:
    for number in range(100):
        here = desk(str(number))
        shutil.copytree(whole[0].cache, here.cache)
        spoilt(here, (flipped, cut)[number % 2], number / 99)
        assert here.render().status == 0
        assert here.files() == whole[0].files()
        shutil.rmtree(here.folder)
    record_property("cases", 100)
