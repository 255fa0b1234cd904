"""The bytes of a file as Unicode: UTF-8 without invisible control characters."""

from __future__ import annotations

import unicodedata

from psoas_audio.script.source.limits import MAX_SCRIPT_BYTES


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
    elif text.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InvalidTextError("", "encoding", "the file is in UTF-16.", "Save it as UTF-8.")
    else:
        try:
            decoded = text.decode("utf-8")
        except UnicodeDecodeError as fault:
            before = text[: fault.start].decode("utf-8", "replace")
            hint = "Save it as UTF-8."
            raise InvalidTextError(before, "encoding", "the file isn't UTF-8.", hint) from None
    decoded = decoded.removeprefix("\ufeff")
    if bad := find_control_character(decoded):
        raise InvalidTextError(
            decoded[: decoded.index(bad)],
            "control-character",
            f"the file has the character {code_point(bad)}.",
            "Delete it; it may be invisible in your editor.",
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
