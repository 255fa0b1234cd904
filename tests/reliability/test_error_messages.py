"""Errors a person can use: what, where and what to do; the rest in one sentence."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from desk import SCRIPT

import psoas_audio
from psoas_audio import errors

PACKAGE = Path(psoas_audio.__file__).parent
KINDS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.PsoasError)
} - {"ScriptError"} | {"CacheUnwritableError"}  # a ScriptError's problems have hints of their own
HINTED_ABOVE = ("speech/engines/", "speech/pool.py", "speech/take.py")
"""Where a line is spoken: ``takes`` gives what an engine says its place and a hint."""


def raised() -> list[tuple[str, ast.Call]]:
    """Every error that is made anywhere, with its place in the code."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if named and node.func.id in KINDS:
                found.append((name, node))
    return found


def test_every_error_says_what_to_do() -> None:
    found = raised()
    assert len(found) > 80
    bare = [
        f"{name}:{node.lineno}"
        for name, node in found
        if not name.startswith(HINTED_ABOVE) and "hint" not in {word.arg for word in node.keywords}
    ]
    assert bare == []


def test_every_error_is_one_sentence() -> None:
    for name, node in raised():
        what = node.args[0] if node.args else None
        if isinstance(what, ast.Constant) and isinstance(what.value, str):
            assert "\n" not in what.value, f"{name}:{node.lineno}"
            assert (
                what.value[0].islower()
                or not what.value[0].isalpha()
                or (
                    what.value.split()[0].isupper()
                    or what.value.startswith(("eSpeak", "Piper", "Dask"))
                )
            ), f"{name}:{node.lineno}: {what.value}"


def run(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "psoas_audio", *words],
        cwd=folder, capture_output=True, text=True, env={**os.environ, **env}, timeout=120,
    )  # fmt: skip


BROKEN = """
import sys
class Broken:
    def find_spec(self, name, path=None, target=None):
        if name in {names!r}:
            raise {error}
sys.meta_path.insert(0, Broken())

def offline(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise SystemExit("the network was asked")
sys.addaudithook(offline)
"""


def broken(folder: Path, error: str, *names: str) -> dict[str, str]:
    """An environment in which importing *names* ends with *error*."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(BROKEN.format(names=names, error=error))
    return {"PYTHONPATH": os.pathsep.join((str(folder), os.environ.get("PYTHONPATH", "")))}


def test_the_unexpected_is_one_sentence_and_debug_gives_the_traceback(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(SCRIPT)
    env = broken(tmp_path / "broken", "RuntimeError('out of luck')", "pedalboard")
    done = run(tmp_path, "render", "s.yaml", **env)
    assert done.returncode == 1
    assert done.stderr.startswith("error: an unexpected error occurred (RuntimeError: out of luck")
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 2
    done = run(tmp_path, "--debug", "render", "s.yaml", **env)
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "RuntimeError: out of luck" in done.stderr


@pytest.mark.parametrize(
    "missing",
    [
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("pyttsx3", "pedalboard")),
        "soundfile",
    ],
)
def test_the_doctor_works_with_broken_parts_and_no_network(tmp_path: Path, missing: str) -> None:
    env = broken(tmp_path / "broken", "ImportError('it is broken')", missing)
    cache = {"PSOAS_AUDIO_CACHE": str(tmp_path / "cache"), "HOME": str(tmp_path), "PATH": ""}
    done = run(tmp_path, "doctor", "--json", **env, **cache)
    assert done.stderr == ""
    assert done.returncode == 1
    findings = {finding["part"]: finding for finding in json.loads(done.stdout)}
    ailing = [part for part in findings.values() if part["needed"] and not part["ok"]]
    assert ailing
    assert all(part["hint"] for part in ailing)
    assert findings["library"]["ok"]
