"""The page with every length of a session on a site, and the frames beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from psoas_audio.deliver.web.face import session_face
from psoas_audio.deliver.web.inline import read_template, render_template
from psoas_audio.living.build import LivingSession, Offer, build_living
from psoas_audio.living.page import Hosted, living_page
from psoas_audio.locale.languages import load_language
from psoas_audio.publishing.hosted_page import (
    HOME,
    HOSTED_MEDIA,
    HOSTED_POLICY,
    KEEP_WORDS,
    back_to_catalogue,
    manifest_link,
    megabytes,
)
from psoas_audio.publishing.model import SiteSession
from psoas_audio.rendering.progress import OnProgress
from psoas_audio.rendering.session import Session
from psoas_audio.timeline.file import timeline_beside

_SCRIPTS = ("kept.js", "hosted.js")
_MADE = re.compile(r'"made": ?"([0-9a-f]{64})"')


def living_size(entry: SiteSession, folder: Path) -> int:
    """Bytes of the frames beside the page with every length of *entry* in *folder*; 0 if there is
    no such page, or it is from another version of the session."""
    pool = folder / entry.living_pool
    try:
        made = _MADE.search((folder / entry.living_page).read_text(encoding="utf-8"))
        frames = pool.read_bytes()
    except (OSError, ValueError):
        return 0
    is_current = made is not None and made[1] == _made_from(entry, folder, frames)
    return len(frames) if is_current else 0


def make_living_files(
    entry: SiteSession, session: Session, folder: Path, on_progress: OnProgress
) -> dict[str, bytes]:
    """The page with every length of *entry*, which is *session* in *folder*, and its frames, by
    file name. Raises what a render does."""
    draft = session.draft
    script, choices = draft.source
    settings = replace(draft.settings, outputs=frozenset())
    living = build_living(script, choices, Offer(), settings, on_progress)
    frames = living.pool + living.beds
    made = _made_from(entry, folder, frames)
    page = living_page(living, _hosted(entry, living, len(frames), made))
    return {entry.living_pool: frames, entry.living_page: page.encode()}


def _made_from(entry: SiteSession, folder: Path, frames: bytes) -> str:
    """A digest of the timeline and the *frames*. The timeline names the versions of the program,
    the script, and the digests of the sound and of every file that came with it."""
    timeline = timeline_beside(folder / entry.sound)
    return sha256(timeline.read_bytes() + frames).hexdigest()


def _hosted(entry: SiteSession, living: LivingSession, size: int, made: str) -> Hosted:
    say = load_language(entry.language).interface
    usual = session_face(living.timeline, living.details)
    # The session's own file streams, if it is the usual row: that is heard at once.
    is_usual = usual == session_face(entry.timeline, entry.details)
    whole = size + (entry.size if is_usual else 0)
    link = Markup('<p><a class="plain" href="{}">{}</a></p>')
    to_session = link.format(quote(entry.file("page")), say["usual-length"])
    keep = render_template(
        "keep_button.html",
        __package__,
        say=say,
        keep=_keep_data(entry, size, with_sound=is_usual),
        size=say["size"].format(size=megabytes(whole)),
    )
    return Hosted(
        pool=quote(entry.living_pool),
        sound=quote(entry.sound) if is_usual else "",
        kind=entry.format.media_type,
        cover=quote(entry.file("cover")),
        media=HOSTED_MEDIA,
        policy=HOSTED_POLICY,
        made=made,
        head=manifest_link(),
        slots=_slots(say, to_session, Markup(keep)),
        scripts=[read_template(name, __package__) for name in _SCRIPTS],
        words={name: say[name] for name in KEEP_WORDS},
        css=read_template("hosted.css", __package__),
    )


def _slots(say: Mapping[str, str], to_session: Markup, keep: Markup) -> dict[str, Markup]:
    end = Markup('<p><a class="plain" href="{}">{}</a></p>').format(HOME, say["all-sessions"])
    return {"back": back_to_catalogue(say), "links": to_session + keep, "after_end": end}


def _keep_data(entry: SiteSession, size: int, *, with_sound: bool) -> str:
    """What the script needs to keep the page on a device, as JSON."""
    page = quote(entry.living_page)
    sound = [quote(entry.sound)] if with_sound else []
    return json.dumps(
        {
            "name": f"{entry.name}.living",
            "title": entry.details.title,
            "page": page,
            "files": [page, quote(entry.living_pool), *sound, quote(entry.file("cover"))],
            "digest": f"{entry.version}-{size}",
        },
        ensure_ascii=False,
    )
