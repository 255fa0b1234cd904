"""The living page: one HTML file with every row of a session, which needs nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from psoas_audio.deliver.web.inline import read_template, render_template
from psoas_audio.deliver.web.page import PLAYER_WORDS, player_page
from psoas_audio.deliver.web.player_script import page_script
from psoas_audio.living.build import LivingSession
from psoas_audio.living.document import deflated, packed
from psoas_audio.living.text import page_text
from psoas_audio.locale.languages import load_language

_SCRIPTS = (
    *("joiner", "document", "journey", "steps", "changes", "change_row", "bed"),
    *("living_source", "bed_player", "actions", "living_page"),
)
"""Files of ``templates``, in the order in which they need each other."""

_WORDS = (
    *("longer-done", "longer-none", "skip-done", "skip-none"),
    *("repeat-done", "repeat-none", "repeat-enough"),
    *("length-done", "guidance-done", "side-done", "side-same", "same"),
    *("bed-done", "level-done", "later", "frames"),
    *("dropped-longer", "dropped-skip", "dropped-repeat"),
)
"""Names of the interface words that the scripts show, without ``living-``."""


@dataclass(frozen=True, slots=True)
class Hosted:
    """What a page of a site has beside it, and around it. Addresses are relative to the page."""

    pool: str
    """Address of the frames of the pool, followed by those of the beds."""
    sound: str
    """Address of a file of the default row, with its bed: it streams. May be empty."""
    kind: str
    """The media type of the sound."""
    cover: str
    """Address of the JPEG for lock screens."""
    media: str
    """Where the policy lets sound come from."""
    policy: Sequence[str]
    """More directives of the policy."""
    made: str
    """What the page was made from, as text that is kept in it."""
    head: Markup
    slots: Mapping[str, Markup]
    scripts: Sequence[str]
    words: Mapping[str, str]
    """Interface words that the scripts show."""
    css: str


_ALONE = Hosted("", "", "", "", "'self' data: blob:", (), "", Markup(), {}, (), {}, "")
"""A page in one file. ``'self'`` is its own address: what a site's worker has in its cache."""


def living_page(living: LivingSession, hosted: Hosted = _ALONE) -> str:
    """The page as HTML. Its policy allows only its own script and styles.

    In one file the pool of frames comes last: everything else is there before it, and no network
    is allowed. A *hosted* page has the pool beside it.
    """
    say = load_language(living.details.language).interface
    things = ", ".join(living.details.equipment)
    session = {
        "name": living.name,
        "digest": living.details.digest,
        "title": living.details.title,
        "artist": living.details.artist,
        "words": {name: say[name] for name in _words()} | dict(hosted.words),
        "need": say["need"].format(things=things) if things else "",
        "cover": hosted.cover,
        "pool": hosted.pool,
        "url": hosted.sound,
        "type": hosted.kind,
        "made": hosted.made,
        "document": packed(living.document),
        "automatic": automatic_voices(living),
    }
    package = __package__
    texts = [read_template(f"{name}.js", package) for name in _SCRIPTS]
    page = player_page(
        living.timeline,
        living.details,
        session,
        page_script(*texts, *hosted.scripts),
        audio=hosted.sound,
        media=hosted.media,
        slots={**hosted.slots, **_slots(living.document, say)},
        more_css=read_template("living.css", package) + hosted.css,
        more_policy=hosted.policy,
        head=hosted.head,
        also=living.others,
        hurts=True,
    )
    dialog = render_template("change.html", package, say=say)
    pools = "" if hosted.pool else "".join(_pool(*each) for each in _pools(living))
    if not hosted.sound:
        page = page.replace(escape(say["noscript"]), escape(say["living-noscript"]))
    for mark, more in (
        ('<script type="application/json"', f"{dialog}\n"),
        ("</body>", pools),
    ):
        before, found, after = page.rpartition(mark)
        page = f"{before}{more}{found}{after}"
    return page


def automatic_voices(living: LivingSession) -> dict[str, str]:
    """The voices that neither the script nor a choice names in full; see ``automatic_choices``."""
    choices = json.loads(living.details.made)["choices"]
    found: dict[str, str] = choices.get("automatic", {})
    return found


def recorded_voices(page: str) -> dict[str, str]:
    """What :func:`automatic_voices` was when *page* was made; empty if it doesn't say."""
    found = re.search(r'"automatic": ?(\{[^{}]*\})', page)
    try:
        voices = json.loads(found[1]) if found else {}
    except ValueError:
        return {}
    return {key: voice for key, voice in voices.items() if isinstance(voice, str)}


def _words() -> tuple[str, ...]:
    return (*PLAYER_WORDS, "min", *(f"living-{name}" for name in _WORDS))


def _slots(document: Mapping[str, Any], say: Mapping[str, str]) -> dict[str, Markup]:
    offer = document["offer"]
    beds = [("none", say["living-no-bed"]), *((bed, _bed_name(bed, say)) for bed in offer["bed"])]
    choices = render_template(
        "choices.html",
        __package__,
        say=say,
        offer=offer,
        guidances=[(name, say[f"living-{name}"]) for name in offer["guidance"]],
        sides=[(side, say.get(f"side-{side}", side)) for side in offer["side"]],
        beds=beds,
    )
    actions = [("longer", say["living-longer"]), ("skip", say["living-skip"])]
    if any(row["repeats"] for row in document["rows"]):
        actions.append(("again-side", say["living-repeat"]))
    on_the_way = render_template("on_the_way.html", __package__, say=say, actions=actions)
    found = {"before_start": choices, "on_the_way": on_the_way}
    return {name: Markup(text) for name, text in found.items()}


def _bed_name(bed: str, say: Mapping[str, str]) -> str:
    return say.get(f"bed-{bed}", bed.rpartition("/")[2].partition(".")[0].replace("-", " "))


def _pools(living: LivingSession) -> Iterator[tuple[str, bytes]]:
    # The beds first: they are needed as soon as the voice is.
    yield "beds", living.beds
    yield "pool", living.pool


def _pool(name: str, data: bytes) -> str:
    small = deflated(data)
    attributes = f'type="text/plain" id="{name}" data-bytes="{len(small)}"'
    return f"<script {attributes}>{page_text(small)}</script>\n"
