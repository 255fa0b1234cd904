"""The bytes of a file as Unicode: UTF-8 without invisible control characters."""

from __future__ import annotations

import re
import unicodedata

from psoas_audio.script.source.limits import MAX_SCRIPT_BYTES

_ENCODINGS = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
"""Encodings, by the byte order marks that they begin with."""
_NOT_TEXTS = {
    b"PK\x03\x04": "a ZIP archive or a document of a word processor",
    b"\xd0\xcf\x11\xe0": "a document of a word processor",
    b"{\\rtf": "a document of a word processor",
    b"%PDF-": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"ID3": "a sound",
    b"\xff\xfb": "a sound",
    b"RIFF": "a sound",
    b"fLaC": "a sound",
    b"OggS": "a sound",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
}
"""Kinds of files that aren't texts, by their first bytes."""

_IMPORTED = "To turn it into a script: psoas-audio import FILE."
_OTHER_TEXTS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"WEBVTT\b|\s*\d+\s*\n\d+:\d\d:\d\d[.,]\d+ +-->"), "subtitles", _IMPORTED),
    (re.compile(r"\s*<(?:!doctype html|html|body|h\d)\b", re.I), "a web page", _IMPORTED),
    (re.compile(r"\s*<(?:\?xml|speak)\b", re.I), "XML", _IMPORTED),
    (
        re.compile(r'(?:#[^\n]*\n|\s)*msgid "'),
        "a translation catalogue",
        "Name its script instead.",
    ),
    (
        re.compile(r'\s*\{\s*"version": [\d"].{0,400}?"(?:tracks|chapters)": \[', re.S),
        "a timeline or a list of chapters",
        "Name the script that it was made from.",
    ),
    (re.compile(r"#!\s*/(?!.*psoas-audio)"), "a program", "Name a script of a session."),
)
"""Texts that are no scripts: how they begin, what they are, and what to do."""
_ODD_INDENT = re.compile("^ *([\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000]+)[ -~]", re.M)
"""What isn't a space at the beginning of a line, before what a script is made of."""


class InvalidTextError(ValueError):
    """A text that can't be read; it becomes a problem of the script."""

    def __init__(self, before: str, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.line, self.column = len(lines) - 1, len(lines[-1])
        """The place where the text *before* ends, from 0."""
        self.rule, self.message, self.hint = rule, message, hint


def decode_text(text: str | bytes) -> str:
    """*text* as Unicode without a byte order mark; raises :class:`InvalidTextError`."""
    if len(text) > MAX_SCRIPT_BYTES:
        raise InvalidTextError(
            "",
            "too-large",
            f"the file has {len(text):,} bytes; at most {MAX_SCRIPT_BYTES:,} are read.",
        )
    if isinstance(text, str):
        decoded = text
    elif encoding := next((name for mark, name in _ENCODINGS.items() if text.startswith(mark)), ""):
        raise InvalidTextError("", "encoding", f"the file is in {encoding}.", "Save it as UTF-8.")
    elif what := next((name for start, name in _NOT_TEXTS.items() if text.startswith(start)), ""):
        hint = "A script is a plain text: write it in a text editor, and save it as UTF-8."
        raise InvalidTextError("", "encoding", f"the file is {what}, not a script.", hint)
    else:
        try:
            decoded = text.decode("utf-8")
        except UnicodeDecodeError as fault:
            before = text[: fault.start].decode("utf-8", "replace")
            hint = "Save it as UTF-8."
            raise InvalidTextError(before, "encoding", "the file isn't UTF-8.", hint) from None
    decoded = decoded.removeprefix("\ufeff")
    for beginning, what, hint in _OTHER_TEXTS:
        if beginning.match(decoded):
            raise InvalidTextError("", "wrong-type", f"the file is {what}, not a script.", hint)
    if bad := find_control_character(decoded):
        raise InvalidTextError(
            decoded[: decoded.index(bad)],
            "control-character",
            f"the file has the character {code_point(bad)}.",
            "Delete it; it may be invisible in your editor.",
        )
    if odd := _ODD_INDENT.search(decoded):
        raise InvalidTextError(
            decoded[: odd.start(1)],
            "yaml",
            f"the character {code_point(odd[1][0])} can't be used to indent.",
            "Use spaces. This one looks like a space, and often comes with text that was copied.",
        )
    return decoded


def find_control_character(text: str) -> str:
    """A character of *text* that may not be in a script; empty if there is none.

    Those are control characters other than tab and line ends, surrogates, non-characters, byte
    order marks, and line separators that editors don't show.
    """
    if text.isascii() and text.isprintable():
        return ""
    return next(filter(_is_control, sorted(set(text), key=text.index)), "")


def code_point(character: str) -> str:
    """*character* as ``U+001B``."""
    return f"U+{ord(character):04X}"


def _is_control(character: str) -> bool:
    if " " <= character <= "~" or character in "\t\n\r":
        return False
    code = ord(character)
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
        or code == 0xFEFF
    )
