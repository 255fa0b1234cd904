"""The formats that a session can be exported to."""

from __future__ import annotations

from psoas_audio.exporting.as_csv import as_csv
from psoas_audio.exporting.as_docx import as_docx
from psoas_audio.exporting.as_ssml import as_ssml
from psoas_audio.exporting.as_text import as_text
from psoas_audio.exporting.items import exported_items, header
from psoas_audio.planning.model import Plan
from psoas_audio.script.model import Script

EXPORT_ENDINGS = {"text": ".txt", "ssml": ".ssml", "docx": ".docx", "csv": ".csv"}
"""Each format with the ending of its files."""


def export_session(script: Script, plan: Plan, export_format: str) -> bytes:
    """The session *plan*, made of *script*, in one of :data:`EXPORT_ENDINGS`."""
    items, top = exported_items(script, plan), header(script)
    match export_format:
        case "ssml":
            return as_ssml(items, top).encode()
        case "docx":
            return as_docx(items, top)
        case "csv":
            return as_csv(items).encode()
    return as_text(items, top).encode()
