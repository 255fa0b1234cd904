"""Plain text and Markdown as the lines of a page."""

from __future__ import annotations

import html
import re

from psoas_audio.importing.prose.page import (
    BOLD_OFF,
    BOLD_ON,
    MARKED_OFF,
    MARKED_ON,
    LineKind,
    PageLine,
)

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---[ ]*\n(.*?)\n(?:---|\.\.\.)[ ]*\n", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\(\s*<?(?:[a-z]+:|/|\.|#|\w)[^)\s]*>?(?:\s+\"[^\"]*\")?\s*\)")
_REFERENCE = re.compile(
    r"^\s*\[[^\]^]+\]:\s+<?(?:[a-z]{2,}:|www\.|[/#.]|[\w-]+\.\w)\S*(?:\s+[\"'(].*[\"')])?\s*$",
    re.IGNORECASE,
)
"""The address of a link; other words behind a colon, as in ``[VOICE]: Lie down.``, are text."""
_HIGHLIGHT = re.compile(r"(?<![=~])(==|~~)(?=[^\s=~])(.+?)(?<=[^\s=~])\1(?![=~])")
_AUTOLINK = re.compile(r"<(?:https?|mailto):[^>\s]+>")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*\\])\*(?![\s*])([^*\n]+?)(?<![\s\\])\*(?![\w*])")
_UNDERSCORED = re.compile(r"(?<![\w_\\])_(?![\s_])([^_\n]+?)(?<![\s\\])_(?![\w_])")
_CODE = re.compile(r"`([^`\n]+)`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!~|>-])")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(
    r"^\s*(?:[-*+•‣▪●○◦–]\s+|\[[ xX]\]\s+|(?:\d{1,2}|[a-h])[.)]\s+)(?:\[[ xX]\]\s+)?(?=\S)"
)
_QUOTE = re.compile(r"^\s{0,3}>\s?")
_UNDERLINE = re.compile(r"^\s{0,3}(={3,}|-{3,}|\*{3,}|_{3,}|~{4,})\s*$")
_RULE = re.compile(r"^\s*(?:[-*_=~#•·.]\s*){3,}$")
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_TAG = re.compile(r"<\s*/?\s*(?:p|br|div|span|em|i|b|strong|u|font)\b[^<>]{0,200}>", re.IGNORECASE)
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")


def text_lines(text: str) -> tuple[list[PageLine], dict[str, str]]:
    """The lines of *text*, and the front matter that stands before them."""
    lines: list[PageLine] = []
    front: dict[str, str] = {}
    skipped = 0
    if matter := _FRONT_MATTER.match(text):
        front = _front_matter(matter[1])
        if front:
            skipped = matter[0].count("\n")
            text = text[matter.end() :]
    text = _COMMENT.sub(lambda match: _hidden(match), text)
    raw = text.split("\n")
    opens = True
    for number, line in enumerate(raw, start=1 + skipped):
        index = number - 1 - skipped
        if "\ue010" in line:
            comment = "".join(re.findall("\ue010(.*?)\ue011", line)).replace("\ue012", " ")
            if comment.strip():
                lines.append(PageLine(" ".join(comment.split()), number, "note"))
            line = re.sub("\ue010.*?\ue011", "", line)
            if not line.strip():
                continue
        if not line.strip() or _FENCE.match(line) or _REFERENCE.match(line):
            opens = True
            continue
        if underline := _UNDERLINE.match(line):
            if lines and not opens and lines[-1].kind == "text" and lines[-1].opens:
                level = 1 if underline[1][0] == "=" else 2
                previous = lines[-1]
                lines[-1] = PageLine(previous.text, previous.place, "heading", level)
            opens = True
            continue
        if _RULE.match(line) and not re.search(r"\w", line) and len(line.strip()) > 3:
            opens = True
            continue
        made = _line(line, number, opens or index == 0)
        if made:
            lines.append(made)
            opens = made.kind in ("heading", "row")
    return lines, front


def _hidden(match: re.Match[str]) -> str:
    """A comment on its first line, and empty lines for its others: places stay as they are."""
    inner = match[1]
    return "\ue010" + inner.replace("\n", "\ue012") + "\ue011" + "\n" * inner.count("\n")


def _front_matter(text: str) -> dict[str, str]:
    """Its keys with their texts; none if it isn't front matter."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        key, colon, value = line.partition(":")
        if colon and re.fullmatch(r"[A-Za-zÄÖÜäöüéèñ_ -]{1,30}", key.strip()):
            found[key.strip().lower()] = value.strip().strip("\"'")
        elif line.strip() and not line.startswith((" ", "-", "#")):
            return {}
    return found


def _line(line: str, number: int, opens: bool) -> PageLine | None:
    if _TABLE_RULE.match(line) and "|" in line:
        return None
    stripped = line.strip()
    if stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") > 2:
        cells = tuple(marked(cell.strip()) for cell in stripped.strip("|").split("|"))
        return PageLine(stripped, number, "row", opens=opens, cells=cells)
    kind: LineKind = "text"
    level = 0
    if heading := _HEADING.match(line):
        kind, level, line = "heading", len(heading[1]), heading[2]
    elif quote := _QUOTE.match(line):
        kind, line = "quote", line[quote.end() :]
    elif item := _ITEM.match(line):
        numbered = re.match(r"\s*(\d+)", line)
        kind, level, line = "item", int(numbered[1]) if numbered else 0, line[item.end() :]
    text = marked(line)
    return PageLine(text, number, kind, level, opens) if text.strip() else None


def marked(line: str) -> str:
    """*line* of Markdown with the page's marks for italic and bold words, and links as texts."""
    if "\\" in line:
        line = _ESCAPE.sub(lambda match: chr(0xE100 + ord(match[1])), line)
    if "](" in line:
        line = _LINK.sub(lambda match: match[1], line)
    line = _AUTOLINK.sub("", line)
    if "*" in line or "_" in line:
        line = _BOLD.sub(rf"{BOLD_ON}\2{BOLD_OFF}", line)
        line = _ITALIC.sub(rf"{MARKED_ON}\1{MARKED_OFF}", line)
        line = _UNDERSCORED.sub(rf"{MARKED_ON}\1{MARKED_OFF}", line)
    line = _HIGHLIGHT.sub(r"\2", line) if "==" in line or "~~" in line else line
    line = _CODE.sub(r"\1", line)
    if "<" in line:
        line = _TAG.sub(" ", line)
    if "&" in line:
        line = html.unescape(line).replace("\u00a0", " ")
    if any("\ue100" <= sign <= "\ue1ff" for sign in line):
        line = "".join(_unescaped(sign) for sign in line)
    return line.strip()


def _unescaped(sign: str) -> str:
    """An escaped character; a star or an underscore is no word, and is left out."""
    if not "\ue100" <= sign <= "\ue1ff":
        return sign
    character = chr(ord(sign) - 0xE100)
    return "" if character in "*_" else character
