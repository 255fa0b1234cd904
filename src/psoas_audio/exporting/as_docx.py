"""A session as a Word document: a title, headings, paragraphs, directions in italics."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from psoas_audio.exporting.as_text import front_matter, paragraphs_of
from psoas_audio.exporting.items import ExportedItem

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FILES = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_CONTENT_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_CONTENT_TYPE}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
}
_STYLES = (("Title", "Title", 56), ("Heading1", "heading 1", 36), ("Normal", "Normal", 22))
"""Style id, name, and size in half points."""
_DEFAULT = ' w:default="1"'
"""Marks the style of every paragraph that names none."""
_MADE = (1980, 1, 1, 0, 0, 0)
"""The time of every file inside, so that the same session gives the same bytes."""


def as_docx(items: Sequence[ExportedItem], header: Mapping[str, str]) -> bytes:
    """The document; *header* is in its properties."""
    paragraphs = [_paragraph(header["title"], "Title")]
    for text in paragraphs_of(items):
        if text.startswith("## "):
            paragraphs.append(_paragraph(text.removeprefix("## "), "Heading1"))
        else:
            paragraphs.append(_paragraph(text, italic=text.startswith("[")))
    files = {
        **_FILES,
        "docProps/core.xml": _properties(header),
        "word/styles.xml": _styles(),
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{"".join(paragraphs)}'
        "<w:sectPr/></w:body></w:document>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, _MADE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, (_HEAD + text).encode())
    return data.getvalue()


def _paragraph(text: str, style: str = "", *, italic: bool = False) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    marks = "<w:rPr><w:i/></w:rPr>" if italic else ""
    run = f'<w:r>{marks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p>{properties}{run}</w:p>"


def _styles() -> str:
    styles = "".join(
        f'<w:style w:type="paragraph"{_DEFAULT if key == "Normal" else ""} w:styleId="{key}">'
        f'<w:name w:val="{name}"/>'
        f'<w:pPr><w:spacing w:after="160"/></w:pPr><w:rPr><w:sz w:val="{size}"/></w:rPr></w:style>'
        for key, name, size in _STYLES
    )
    return f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>'


def _properties(header: Mapping[str, str]) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(header['title'])}</dc:title>"
        f"<dc:description>{escape(front_matter(header))}</dc:description></cp:coreProperties>"
    )
