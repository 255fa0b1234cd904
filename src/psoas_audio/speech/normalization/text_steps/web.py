"""Addresses: of pages, of mail, of people on the web."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import dotted

_ADDRESS = re.compile(
    r"(?<![\w@./])(?:"
    r"(?:https?|ftp)://(?=\w)[^\s<>\"]+"
    r"|www\.(?=\w)[^\s<>\"]+"
    r"|[\w.+-]{1,64}@[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63})+"
    r"|[a-zA-Z0-9-]{2,63}(?:\.[a-zA-Z0-9-]{2,63}){0,3}"
    r"(?:\.co)?\.(?:com|org|net|info|edu|gov|app|io|dev|blog|yoga|eu|de|at|ch|es|mx|ar|fr|be|ca|uk|us|it|tv)"
    r"(?![\w-])(?:/[^\s<>\"]*)?"
    r")"
)
_HANDLE = re.compile(r"(?<![\w@.])@(?=[^\W\d_])(\w{1,60})")
_HASHTAG = re.compile(r"(?<![\w&#])#(?=[^\W\d_])")


def address_reader(language: Language) -> Callable[[str], str]:
    """Reads addresses sign by sign: ``example dot org``."""
    words = language.web
    names = {".": words.dot, "/": words.slash, "@": words.at, "-": words.hyphen,
             "_": words.underscore}  # fmt: skip

    def read_address(match: re.Match[str]) -> str:
        address = match[0].rstrip(".,;:!?)]'\"")
        tail = match[0][len(address) :]
        address = re.sub(r"^\w+://", "", address).rstrip("/")
        parts = re.split(r"([./@_-])", address)
        domain_ends = max((n for n, part in enumerate(parts) if part == "."), default=0) + 1
        said = [
            names.get(part) or _label(part, words.www, spelled=n == domain_ends)
            for n, part in enumerate(parts)
            if part
        ]
        return " ".join(said) + tail

    def step(text: str) -> str:
        if "." in text or "@" in text:
            text = _ADDRESS.sub(read_address, text)
        if "@" in text:
            text = _HANDLE.sub(rf"{words.at} \1", text)
        return _HASHTAG.sub(f"{words.hashtag} ", text) if "#" in text else text

    return step


def _label(part: str, www: str, *, spelled: bool) -> str:
    if part.casefold() == "www":
        return www
    if spelled and len(part) == 2 and part.isalpha() and part.isascii():
        return dotted(part.upper())
    return re.sub(r"[^\w\s]+", " ", part)
