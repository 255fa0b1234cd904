"""HTML as the lines of a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from psoas_audio.importing.prose.page import (
    BOLD_OFF,
    BOLD_ON,
    MARKED_OFF,
    MARKED_ON,
    LineKind,
    PageLine,
)

LOOKS_LIKE_HTML = re.compile(r"<(?:p|h[1-6]|ul|ol|li|div|html|body|table)\b[^<>]*>", re.IGNORECASE)
_BLOCKS = {"p", "div", "section", "article", "ul", "ol", "tr", "table", "body", "main", "header"}
_MARKS = {
    "em": (MARKED_ON, MARKED_OFF),
    "i": (MARKED_ON, MARKED_OFF),
    "mark": (MARKED_ON, MARKED_OFF),
    "strong": (BOLD_ON, BOLD_OFF),
    "b": (BOLD_ON, BOLD_OFF),
}
_UNSEEN = {"script", "style", "head", "nav", "footer"}


class _Reader(HTMLParser):
    """Collects lines while the parser goes through the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[PageLine] = []
        self.title = ""
        self._text = ""
        self._kind: LineKind = "text"
        self._level = 0
        self._opens = True
        self._cells: list[str] | None = None
        self._unseen = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "title":
            self._in_title = True
        elif tag == "br":
            self.flush(opens_next=False)
        elif tag in ("td", "th") and self._cells is not None:
            self._text = ""
        elif re.fullmatch("h[1-6]", tag) or tag in _BLOCKS or tag in ("li", "blockquote"):
            self.flush()
            self._kind, self._level = _line_kind(tag)
            self._cells = [] if tag == "tr" else self._cells
        elif tag in _MARKS:
            self._text += _MARKS[tag][0]
        elif tag == "break":
            self._text += "<break " + " ".join(f'{name}="{value}"' for name, value in attrs) + "/>"

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "title":
            self._in_title = False
        elif tag in ("td", "th") and self._cells is not None:
            self._cells.append(" ".join(self._text.split()))
            self._text = ""
        elif tag == "tr" and self._cells is not None:
            place = self.getpos()[0]
            self.lines.append(PageLine("", place, "row", cells=tuple(self._cells)))
            self._cells = None
        elif re.fullmatch("h[1-6]", tag) or tag in _BLOCKS or tag in ("li", "blockquote"):
            self.flush()
        elif tag in _MARKS:
            self._text += _MARKS[tag][1]

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._unseen:
            self._text += data

    def handle_comment(self, data: str) -> None:
        if data.strip():
            self.lines.append(PageLine(" ".join(data.split()), self.getpos()[0], "note"))

    def flush(self, *, opens_next: bool = True) -> None:
        """Ends the line that is being read."""
        if self._cells is not None:
            return
        text = " ".join(self._text.split())
        if text:
            place = self.getpos()[0]
            self.lines.append(PageLine(text, place, self._kind, self._level, self._opens))
        self._text = ""
        self._opens = opens_next
        if opens_next:
            self._kind, self._level = "text", 0


def _line_kind(tag: str) -> tuple[LineKind, int]:
    """What the lines of an element are, and the level of a heading."""
    if re.fullmatch("h[1-6]", tag):
        return "heading", int(tag[1])
    return ("item" if tag == "li" else "quote" if tag == "blockquote" else "text"), 0


def html_lines(text: str) -> tuple[list[PageLine], dict[str, str]]:
    """The lines of the HTML *text*, and its title."""
    reader = _Reader()
    reader.feed(text.replace("\\*", ""))
    reader.close()
    reader.flush()
    title = " ".join(reader.title.split())
    return reader.lines, {"title": title} if title else {}
