"""The script of a page that plays: small files, joined."""

from __future__ import annotations

from psoas_audio.deliver.web.inline import read_template

_FILES = (
    *("times", "elements", "storage", "face", "source", "trouble", "player"),
    *("header", "stage", "breath", "poses", "cycle", "captions"),
    *("bar", "hurts", "chapters", "transcript", "ending"),
    *("settings", "theme", "sleep", "vibration", "dim", "keyboard"),
    *("artwork", "system", "place"),
)
"""Files of ``templates/player``; each declares functions for those after it."""


def page_script(*extra: str) -> str:
    """The script of the page.

    *extra* are the texts of files of other pages, which may change ``page`` (in ``source.js``)
    before ``main.js`` starts it.
    """
    texts = [*map(_read, _FILES), *extra, _read("main")]
    return f'(() => {{\n"use strict";\n{"".join(texts)}}})();\n'


def _read(name: str) -> str:
    return read_template(f"player/{name}.js")
