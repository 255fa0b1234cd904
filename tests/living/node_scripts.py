"""Runs the living page's pure scripts in Node, if it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node isn't installed")


def template(name: str) -> str:
    """The script *name* of the living page, or of the player around it."""
    own = files("psoas_audio.living") / "templates" / name
    players = files("psoas_audio.deliver.web") / "templates" / "player" / name
    return (own if own.is_file() else players).read_text(encoding="utf-8")


def run_in_node(names: tuple[str, ...], code: str, folder: Path, **values: Any) -> Any:
    """What *code*, which may ``return``, gives after the scripts *names*.

    *values* are its variables. It may use ``readFile`` and ``writeFile`` in *folder*.
    """
    head = (
        '"use strict";\nconst fs = require("node:fs");\n'
        "const readFile = (name) => new Uint8Array(fs.readFileSync(name));\n"
        "const writeFile = (name, bytes) => fs.writeFileSync(name, bytes);\n"
    )
    given = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in values.items())
    body = "\n".join(map(template, names))
    program = f"{head}{given}{body}\nPromise.resolve((async () => {{\n{code}\n}})()).then("
    program += (
        "(found) => process.stdout.write(JSON.stringify(found === undefined ? null : found)));"
    )
    path = folder / "program.js"
    path.write_text(program, encoding="utf-8")
    done = subprocess.run(
        ["node", path.name], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
