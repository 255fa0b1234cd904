"""Which format a file is in, and its reader."""

from __future__ import annotations

from pathlib import PurePath

from psoas_audio.errors import PsoasError
from psoas_audio.importing.events import Outline
from psoas_audio.importing.prose.page import PageLine
from psoas_audio.importing.prose.reading import read_page
from psoas_audio.importing.prose.tidy import tidy, without_furniture
from psoas_audio.importing.readers.cues import (
    LOOKS_LIKE_CUES,
    LOOKS_LIKE_LABELS,
    read_cues,
    read_labels,
)
from psoas_audio.importing.readers.decoding import clean, text_of
from psoas_audio.importing.readers.docx_lines import docx_lines, exported_header
from psoas_audio.importing.readers.exported import (
    IS_EXPORTED,
    ExportedReader,
    exported_outline,
    read_exported,
)
from psoas_audio.importing.readers.html_lines import LOOKS_LIKE_HTML, html_lines
from psoas_audio.importing.readers.ssml import LOOKS_LIKE_SSML, read_ssml
from psoas_audio.importing.readers.text_lines import text_lines
from psoas_audio.importing.readers.workouts import (
    LOOKS_LIKE_SCRIPT,
    LOOKS_LIKE_WORKOUT,
    looks_like_csv,
    read_csv,
    read_workout,
)

_OTHERS = {
    b"%PDF": ("a PDF", "Copy its text into a text file, or save it as .docx."),
    b"\xd0\xcf\x11\xe0": ("an old Word document", "Save it as .docx."),
    b"{\\rtf": ("an RTF document", "Save it as .docx or as plain text."),
}


def read_outline(data: bytes, name: str) -> Outline:
    """What the file *name* with the contents *data* asks for.

    Its format is told by what is in it, and by the ending of *name* where that leaves it open.
    Raises ``PsoasError`` where it can't be read.
    """
    for signature, (what, hint) in _OTHERS.items():
        if data.startswith(signature):
            raise PsoasError(f"this is {what}, which can't be imported.", where=name, hint=hint)
    if data.startswith(b"PK\x03\x04"):
        if header := exported_header(data, name):
            return _exported_docx(docx_lines(data, name), header)
        return read_page(without_furniture(docx_lines(data, name)), {})
    text = text_of(data, name)
    return _read_text(text, PurePath(name).suffix.lower(), name)


def _exported_docx(lines: list[PageLine], header: dict[str, str]) -> Outline:
    reader = ExportedReader()
    for line in lines:
        if line.kind == "heading":
            if line.level:
                reader.heading(line.plain, line.place)
        else:
            reader.paragraph(line.plain, line.place)
    return exported_outline(reader.events, header)


def _read_text(written: str, ending: str, name: str) -> Outline:
    if IS_EXPORTED.match(written.replace("\r\n", "\n")):
        return read_exported(written.replace("\r\n", "\n"))
    tabbed = clean(written, keep_tabs=True)
    if LOOKS_LIKE_LABELS.match(tabbed):
        return read_labels(tabbed)
    text = clean(written)
    if ending in (".srt", ".vtt") or LOOKS_LIKE_CUES.search(text):
        return read_cues(text)
    if ending in (".ssml", ".xml") or (LOOKS_LIKE_SSML.search(text) and "</" in text):
        try:
            return read_ssml(text, name)
        except PsoasError:
            if ending in (".ssml", ".xml"):
                raise
    if ending in (".yaml", ".yml") or not ending:
        if LOOKS_LIKE_WORKOUT.search(text):
            return read_workout(text, name)
        if ending and LOOKS_LIKE_SCRIPT.search(text):
            raise PsoasError(
                "this is a script already.",
                where=name,
                hint="'psoas-audio check' checks it.",
            )
    if ending in (".csv", ".tsv") or looks_like_csv(tabbed):
        return read_csv(tabbed)
    if LOOKS_LIKE_HTML.search(text):
        lines, front = html_lines(text)
        return read_page(without_furniture(lines), front)
    lines, front = text_lines(text)
    return read_page(tidy(text, lines), front)
