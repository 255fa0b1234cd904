"""From bytes to text: the encodings that pages of text come in."""

from __future__ import annotations

import codecs
import re
import unicodedata

from psoas_audio.errors import PsoasError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_XML_DECLARATION = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]{2,30})["']""")
_SPACES = {ord(sign): " " for sign in "\u00a0\u2007\u2009\u200a\u202f\u3000\t"}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_CONTROL = {code: None for code in range(32) if code not in (9, 10, 12, 13)}


def text_of(data: bytes, name: str) -> str:
    """The text in *data*, of the file *name*.

    By its byte order mark or XML declaration, else as UTF-8 or UTF-16 if that fits, else as
    Windows-1252. Raises ``PsoasError`` if it can't be text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if declared := _XML_DECLARATION.match(data):
        return _decoded(data, declared[1].decode("ascii"))
    if encoding := _utf_16(data):
        return _decoded(data, encoding)
    if b"\0" in data:
        raise PsoasError(
            "this isn't a text file.", where=name, hint="Save it as plain text or as .docx."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def clean(text: str, *, keep_tabs: bool = False) -> str:
    """*text* with line feeds for line ends, plain spaces, and nothing invisible."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    spaces = {**_SPACES, 9: "\t"} if keep_tabs else {**_SPACES, 9: "    "}
    return unicodedata.normalize("NFC", text.translate({**_INVISIBLE, **_CONTROL, **spaces}))


def _utf_16(data: bytes) -> str:
    """The byte order of UTF-16 without a mark: every second byte of Western text is zero."""
    if len(data) < 4 or len(data) % 2:
        return ""
    sample = data[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and not odd else ""


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, errors="strict").removeprefix("\ufeff")
    except (LookupError, UnicodeError):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("cp1252", errors="replace")
