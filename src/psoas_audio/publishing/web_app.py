"""What makes a site an app: its manifest, its service worker, and its page for no network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from markupsafe import Markup

from psoas_audio.deliver.web.inline import (
    content_security_policy,
    read_template,
    render_template,
)
from psoas_audio.locale.languages import load_language
from psoas_audio.locale.tags import text_direction
from psoas_audio.publishing.hosted_page import HOSTED_POLICY
from psoas_audio.publishing.model import Site

OFFLINE_PAGE = "offline.html"


def manifest(site: Site) -> str:
    """The web app manifest, which lets a browser put the catalogue on a home screen."""
    icons = [
        {"src": f"icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png",
         "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]  # fmt: skip
    plain = {
        "name": site.title,
        "short_name": site.title[:24],
        "description": site.description,
        "lang": site.language,
        "dir": text_direction(site.language),
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#faf7f2",
        "theme_color": "#faf7f2",
        "icons": icons,
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def offline_page(site: Site) -> str:
    """The page that is shown in place of one that isn't kept and doesn't come."""
    css = read_template("catalogue.css", __package__)
    files = ("kept.js", "offline.js")
    texts = "".join(read_template(name, __package__) for name in files)
    script = f'(() => {{\n"use strict";\n{texts}}})();\n'
    return render_template(
        "offline.html",
        __package__,
        language=site.language,
        direction=text_direction(site.language),
        say=load_language(site.language).interface,
        policy=content_security_policy(script, css, *HOSTED_POLICY),
        css=Markup(css),
        script=Markup(script),
    )


def service_worker(shell: Mapping[str, bytes]) -> str:
    """The service worker, which keeps the catalogue and what a listener asked for.

    *shell* is the content of the files that are always kept, by name.
    """
    digest = hashlib.sha256(b"".join(name.encode() + shell[name] for name in sorted(shell)))
    text = read_template("worker.js", __package__).replace("SHELL_DIGEST", digest.hexdigest()[:16])
    return text.replace("SHELL_FILES", json.dumps(["./", *sorted(shell)]))
