"""A script and the preview that follows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psoas_audio.studio.preview import Preview
from psoas_audio.studio.server import Server

SCRIPT = """title: Soft knees
language: en-US
safety: none
bed: {sound: brown-noise, level: -30}
output: mono
chapters:
  - title: Arrive
    steps:
      - say: Let the right knee soften.
      - hold: 40s
        end: small-bell
  - title: Breathe
    steps:
      - breathe: {pattern: [3, 4], breaths: 10}
      - say: Thank you. Rest now.
"""
PATIENT_SCRIPT = SCRIPT.replace("bed:", "voice: {engine: command, name: patient}\nbed:")
"""The same in the voice of ``patient_program``."""


@dataclass
class Desk:
    """A script and the preview that follows it."""

    script: Path
    preview: Preview
    server: Server

    def write(self, text: str) -> None:
        """As editors save: another file takes the name."""
        fresh = self.script.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self.script)
