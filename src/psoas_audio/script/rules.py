"""Content and safety rules, as data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from psoas_audio.errors import Problem
from psoas_audio.script.forms import Reader
from psoas_audio.script.header import Header
from psoas_audio.script.model import Script


def judge(
    script: Script, header: Header, reader: Reader, folder: Path | None, whole: bool
) -> Iterable[Problem]:
    return ()
