"""What all pages share: templates, inline data, and a policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import Any

import jinja2


def content_security_policy(script: str, css: str, *more: str) -> str:
    """A Content-Security-Policy that allows only *script* and *css*, and no network.

    *more* are directives that replace its own, such as ``connect-src 'self'``.
    """
    hashes = {
        name: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for name, text in (("script", script), ("style", css))
    }
    rules = {
        "default-src": "'none'",
        "script-src": f"'sha256-{hashes['script']}'",
        "style-src": f"'sha256-{hashes['style']}'",
        "img-src": "data:",
        "media-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    } | dict(rule.split(" ", 1) for rule in more)
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def script_json(value: Any) -> str:
    """*value* as JSON that can't end the script element around it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def data_uri(kind: str, content: bytes) -> str:
    """*content* of the media type *kind* as a ``data:`` URI."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def read_template(name: str, package: str = __package__) -> str:
    """The text of the template *name* of *package*."""
    return (files(package) / "templates" / name).read_text(encoding="utf-8")


def render_template(name: str, package: str = __package__, /, **values: Any) -> str:
    """The template *name* of *package* with *values*, escaped unless they are ``Markup``.

    It may include the templates of this package, such as the head that pages share.
    """
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.FunctionLoader(read_template),
    )
    return environment.from_string(read_template(name, package)).render(**values)
