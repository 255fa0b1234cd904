"""What every page needs to hold itself: data, styles and scripts within one file, and no more."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import Any

import jinja2


def policy(script: str, css: str, *more: str) -> str:
    """A Content-Security-Policy under which only *script* and *css* run, and nothing is fetched.

    *more* are rules in place of those, such as ``connect-src 'self'``.
    """
    own = {
        name: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for name, text in (("script", script), ("style", css))
    }
    rules = {
        "default-src": "'none'",
        "script-src": f"'sha256-{own['script']}'",
        "style-src": f"'sha256-{own['style']}'",
        "img-src": "data:",
        "media-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    } | dict(rule.split(" ", 1) for rule in more)
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def script_json(value: Any) -> str:
    """JSON that can't end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def data_uri(kind: str, content: bytes) -> str:
    """*content* of the media type *kind* as an address that holds it."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def template(name: str, package: str = __package__) -> str:
    """The text of a template of *package*."""
    return (files(package) / "templates" / name).read_text(encoding="utf-8")


def fill(name: str, package: str = __package__, /, **values: Any) -> str:
    """The template *name* of *package* with *values*, each escaped unless it is ``Markup``."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(template(name, package)).render(**values)
