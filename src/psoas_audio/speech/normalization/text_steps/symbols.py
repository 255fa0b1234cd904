"""List signs, arrows, smileys and Markdown: what is drawn, and not said."""

from __future__ import annotations

import re

_LIST_SIGN = re.compile(r"^(?:(?:[-*+•·◦▪‣–—>→]|#{1,6}|->|=>)\s+|[•→]\s*)+")
_LIST_NUMBER = re.compile(r"^\(?(\d{1,3}|[a-zA-Z])\)\s+(?=\S)")
_LINK = re.compile(r"\[([^\]\[]{1,200})\]\((?!/)[!-'*-~]{1,500}\)")
_EMPHASIS = re.compile(
    r"(?<![\w*_])(?:[*_]{1,3}|~~)(?=\w)|(?<=[^\s*_~])(?:[*_]{1,3}|~~)(?![\w*_~])"
)
_SMILEY = re.compile(
    r"(?<!\S)(?:[:;=][-'^o]?[)(\]\[/|*]+|[)(][-']?[:;=]|\^_?\^)(?!\w)"
    r"|(?:(?<=[^\W_] )|(?<=[^\W_][.!?,] ))[:;=]-?[DPO](?!\w)"
)
_ARROW = re.compile(r"\s*(?:→|←|↔|<?-{1,2}>|<?=>|<-{1,2}(?=\s))\s*")
_STOP_BEFORE_COMMA = re.compile(r"([.!?:;,])\s*,")


def without_symbols(text: str) -> str:
    """*text* without list signs, smileys and emphasis, and with commas for arrows."""
    if text.isalpha():
        return text
    text = _LINK.sub(r"\1", text)
    text = _LIST_SIGN.sub("", text)
    text = _LIST_NUMBER.sub(r"\1: ", text)
    text = _SMILEY.sub(" ", text)
    if "→" in text or "←" in text or "↔" in text or "->" in text or "=>" in text or "<-" in text:
        text = _ARROW.sub(", ", text).strip(", ")
        text = _STOP_BEFORE_COMMA.sub(r"\1", text)
    if "*" in text or "_" in text or "~" in text:
        text = _EMPHASIS.sub("", text)
    return " ".join(text.split())
