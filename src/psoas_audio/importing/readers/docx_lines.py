"""Word documents (.docx) as the lines of a page.

The text is read from the document's own XML, within bounds. Headers, footers, comments, hidden and
deleted text are never part of it.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from psoas_audio.errors import PsoasError
from psoas_audio.importing.prose.page import (
    BOLD_OFF,
    BOLD_ON,
    MARKED_OFF,
    MARKED_ON,
    LineKind,
    PageLine,
)
from psoas_audio.importing.readers.exported import IS_EXPORTED, header_of
from psoas_audio.importing.readers.xml_parser import parse_xml

_MAX_DOCUMENT = 20_000_000
"""Bytes of text that are unpacked at most."""
_AGAIN = "Save it again as .docx."
_MAX_ENTRIES = 5_000
_OFF = ("0", "false", "off", "none")
_HEADING_STYLES = (
    "heading", "title", "subtitle", "berschrift", "überschrift", "titel", "untertitel",
    "ttulo", "título", "titre", "sous-titre",
)  # fmt: skip


def docx_lines(data: bytes, name: str) -> list[PageLine]:
    """The lines of the Word document in *data*, called *name*; raises ``PsoasError``."""
    reader = _Reader(_style_names(data, name))
    document = _unpacked(data, name, "word/document.xml")
    parse_xml(document, name, start=reader.start, end=reader.end, text=reader.text)
    return reader.lines


def exported_header(data: bytes, name: str) -> dict[str, str]:
    """The header that ``psoas-audio export`` left in the document's properties; else none."""
    description: list[str] = []
    inside = False

    def start(element: str, _: dict[str, str]) -> None:
        nonlocal inside
        inside = element == "dc:description"

    def end(_: str) -> None:
        nonlocal inside
        inside = False

    def text(words: str) -> None:
        if inside:
            description.append(words)

    try:
        parse_xml(_unpacked(data, name, "docProps/core.xml"), name, start=start, end=end, text=text)
    except PsoasError:
        return {}
    match = IS_EXPORTED.match("".join(description) + "\n")
    return header_of(match["header"].split("\n")) if match else {}


def _unpacked(data: bytes, name: str, entry: str) -> bytes:
    """The file *entry* of a document, if it isn't larger than a text can be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > _MAX_ENTRIES:
                raise PsoasError("the document has too many parts.", where=name, hint=_AGAIN)
            with archive.open(entry) as file:
                unpacked = file.read(_MAX_DOCUMENT + 1)
    except KeyError:
        raise PsoasError(
            "this isn't a Word document: it has no text.", where=name, hint=_AGAIN
        ) from None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as fault:
        raise PsoasError(
            f"the document can't be unpacked: {fault}.", where=name, hint=_AGAIN
        ) from None
    except zlib.error:
        raise PsoasError("the document is damaged.", where=name, hint=_AGAIN) from None
    if len(unpacked) > _MAX_DOCUMENT:
        raise PsoasError(
            f"the document's text is larger than {_MAX_DOCUMENT:,} bytes.",
            where=name,
            hint="Save its text alone, as .txt.",
        )
    return unpacked


def _style_names(data: bytes, name: str) -> dict[str, str]:
    """The styles of headings by their ids: in a translated Word the ids are translated, too."""
    found: dict[str, str] = {}
    current = ""

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal current
        if element == "w:style":
            current = attributes.get("w:styleId", "")
        elif element == "w:name" and current:
            found[current] = attributes.get("w:val", "").lower()
            current = ""

    try:
        styles = _unpacked(data, name, "word/styles.xml")
        parse_xml(styles, name, start=start, end=lambda _: None, text=lambda _: None)
    except PsoasError:
        return {}  # a document without styles has no headings by style
    return found


class _Reader:
    """Collects lines while the parser goes through the document."""

    def __init__(self, styles: dict[str, str]) -> None:
        self.lines: list[PageLine] = []
        self._styles = styles
        self._paragraph = 0
        self._parts: list[str] = []
        self._style = ""
        self._is_item = False
        self._opens = True
        self._marks: set[str] = set()
        self._in_text = False
        self._in_run = False
        self._skipped = 0
        self._tables = 0
        self._row: list[str] = []
        self._cell: list[str] = []

    def start(self, element: str, attributes: dict[str, str]) -> None:
        value = attributes.get("w:val", "")
        on = value not in _OFF
        match element:
            case "w:del" | "w:moveFrom" | "mc:Fallback" | "w:instrText" | "w:txbxContent":
                self._skipped += 1
            case "w:tbl":
                self._tables += 1
            case "w:tr":
                self._row = []
            case "w:tc":
                self._cell = []
            case "w:p":
                self._paragraph += 1
                self._parts, self._style, self._is_item, self._opens = [], "", False, True
            case "w:pStyle":
                self._style = value
            case "w:numPr":
                self._is_item = True
            case "w:r":
                self._in_run, self._marks = True, set()
            case "w:i" | "w:highlight" | "w:b" | "w:vanish" if self._in_run and on:
                self._marks.add(element.removeprefix("w:"))
            case "w:shd" if self._in_run and attributes.get("w:fill", "auto") not in (
                "auto",
                "FFFFFF",
            ):
                self._marks.add("highlight")
            case "w:t":
                self._in_text = True
            case "w:tab":
                self._add(" ")
            case "w:br" | "w:cr" if attributes.get("w:type", "textWrapping") == "textWrapping":
                self._finish_line(opens_next=False)
            case "w:noBreakHyphen":
                self._add("-")

    def end(self, element: str) -> None:
        match element:
            case "w:del" | "w:moveFrom" | "mc:Fallback" | "w:instrText" | "w:txbxContent":
                self._skipped -= 1
            case "w:t":
                self._in_text = False
            case "w:r":
                self._in_run = False
            case "w:p":
                self._finish_line(opens_next=True)
            case "w:tc":
                self._row.append(" ".join(self._cell))
            case "w:tr":
                cells = tuple(self._row)
                self.lines.append(PageLine("", self._paragraph, "row", cells=cells))
            case "w:tbl":
                self._tables -= 1

    def text(self, text: str) -> None:
        if self._in_text:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._skipped or "vanish" in self._marks:
            return
        if self._marks & {"i", "highlight"}:
            text = f"{MARKED_ON}{text}{MARKED_OFF}"
        elif "b" in self._marks:
            text = f"{BOLD_ON}{text}{BOLD_OFF}"
        self._parts.append(text)

    def _finish_line(self, *, opens_next: bool) -> None:
        joined = "".join(self._parts)
        for on, off in ((MARKED_ON, MARKED_OFF), (BOLD_ON, BOLD_OFF)):
            joined = joined.replace(off + on, "")  # Word cuts runs anywhere
        text = " ".join(joined.split())
        self._parts = []
        if text and self._tables:
            self._cell.append(text)
        elif text:
            kind, level = self._kind()
            self.lines.append(PageLine(text, self._paragraph, kind, level, self._opens))
        self._opens = opens_next

    def _kind(self) -> tuple[LineKind, int]:
        style = self._styles.get(self._style, self._style.lower())
        if style.startswith(("toc", "verzeichnis", "tdc", "tm")):
            return "note", 0
        if style.startswith(_HEADING_STYLES):
            digits = "".join(filter(str.isdigit, style))
            is_title = not digits and not style.startswith(("sub", "unter", "sous"))
            return "heading", 0 if is_title else int(digits or 2)
        if style in ("quote", "intense quote", "zitat", "cita", "citation"):
            return "quote", 0
        return ("item" if self._is_item or "list" in style else "text"), 0
