"""Turns a folder of sessions into a web site with a podcast feed; renders only what has changed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from psoas_audio.atomic_files import Publication, refuse_equal_names, remove_stale_parts
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.pictures.cover_and_chapters import app_icon, cover_jpeg
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.errors import PsoasError
from psoas_audio.files import FileKind, make_folder
from psoas_audio.locale.languages import load_language
from psoas_audio.planning import Choices
from psoas_audio.provenance.current import is_current
from psoas_audio.provenance.read_details import read_described
from psoas_audio.publishing.catalogue_json import catalogue_json, search_json
from psoas_audio.publishing.catalogue_page import index
from psoas_audio.publishing.feed import FEED, feed_guid, feeds
from psoas_audio.publishing.finished import copy_finished
from psoas_audio.publishing.folder import SiteFolder, left_over, read_folder
from psoas_audio.publishing.living_files import living_size, make_living_files
from psoas_audio.publishing.model import Site, SiteProgramme, SiteSession, language_of_most
from psoas_audio.publishing.session_files import (
    rendered_outputs,
    session_file_names,
    session_files,
)
from psoas_audio.publishing.site_programmes import (
    PlannedProgramme,
    listed_programme,
    plan_programmes,
    programme_files,
)
from psoas_audio.publishing.web_app import OFFLINE_PAGE, manifest, offline_page, service_worker
from psoas_audio.rendering.progress import OnProgress, ignore_progress
from psoas_audio.rendering.result import Rendered
from psoas_audio.rendering.session import Session
from psoas_audio.rendering.session_formats import SESSION_FORMATS
from psoas_audio.script.load import load_script
from psoas_audio.speech.server_costs import ServerCosts
from psoas_audio.timeline.file import TIMELINE_SUFFIX, timeline_beside

SITE_FILES = (
    *("index.html", "catalogue.json", "manifest.webmanifest", "icon-192.png", "icon-512.png"),
    *("worker.js", "cover.jpg", "search.json", OFFLINE_PAGE, FEED),
)
"""Files of the site as a whole: no session may have their names."""
_CATALOGUE_FILE = FileKind("catalogue", 64_000_000)


@dataclass(frozen=True, slots=True)
class Published:
    """The result of publishing."""

    sessions: int
    """How many sessions the site has."""
    rendered: tuple[Path, ...]
    """Sessions that were rendered because their scripts had changed."""
    written: tuple[Path, ...]
    """Files of the site that are new or have changed."""
    left_out: tuple[Path, ...]
    """Sound files that aren't listed, because there is no timeline beside them."""
    warnings: tuple[str, ...] = ()
    """Of the sessions that were rendered, each once: ``NAME: warning``."""
    blocks: tuple[Path, ...] = ()
    """Scripts that others include, which are no sessions of their own."""
    unused: tuple[Path, ...] = ()
    """Other files and folders of the published folder that nothing is made of."""


@dataclass(frozen=True, slots=True)
class SitePlan:
    """What publishing would render."""

    renders: Mapping[Path, int | None]
    """Sessions to samples, estimated; ``None`` where the lines have to be spoken first."""
    kept: tuple[Path, ...]
    """Sessions that are up to date."""
    costs: ServerCosts
    """What would be sent to speech servers. Pages with every length may need a little more."""


def plan_site(folder: Path, output: Path | None = None, *, kbps: int | None = None) -> SitePlan:
    """What :func:`publish` would render; nothing is spoken or written. Raises what it does for
    scripts and programmes with errors."""
    sources = _sources(folder, output or folder, kbps)
    renders: dict[Path, int | None] = {}
    kept, costs = [], ServerCosts()
    for session in sources.sessions:
        sound, *_ = session.output_paths()
        if is_current(sound, session.draft):
            kept.append(sound)
            continue
        planned = session.draft.try_plan()
        renders[sound] = None if planned is None else planned.timeline.length
        costs |= session.draft.server_costs(planned)
    return SitePlan(renders, tuple(kept), costs)


def site_of(
    base_url: str, *, title: str = "", description: str = "", author: str = "", email: str = "",
    language: str = "",
) -> Site:  # fmt: skip
    """The site as a whole; what is empty is taken from its sessions.

    Raises :class:`PsoasError` if *base_url* isn't a web address.
    """
    try:
        parts = urlsplit(base_url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise PsoasError(
            f"{base_url!r} isn't the address of a web site.",
            hint="Give the address of the folder, such as https://example.org/sessions/.",
        )
    texts = (title, description, author, language, base_url.rstrip("/") + "/", email)
    # An argument that isn't text in the terminal's encoding can't be written to any file.
    return Site(*(text.encode("utf-8", "replace").decode() for text in texts))


def publish(
    folder: Path,
    site: Site,
    output: Path | None = None,
    *,
    kbps: int | None = None,
    living: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress_of: Callable[[str], OnProgress] = lambda _: ignore_progress,
) -> Published:
    """Make *output* (by default *folder* itself) a site of the sessions in it.

    Scripts in *folder* are rendered into it first, if they or what they include have changed, at
    *kbps*, by default their own bit rate; programmes, there or in its folder ``programmes``, get a
    page of their own. Finished sessions in *folder* are copied to *output*. With *living*, each
    script gets a page with every length too. *progress_of* gives the callback for the session of
    that name. Raises :class:`PsoasError`; the existing site is left intact then.
    """
    output = output or folder
    if folder.is_dir():
        remove_stale_parts(output)
        if output.suffix:
            make_folder(output)
    found, programmes, own, sessions = _sources(folder, output, kbps)
    renders = [
        made
        for session in sessions
        if (made := _render_if_changed(session, progress_of(session.draft.script.name)))
    ]
    warnings = {text: made.named(text) for made in renders for text in made.warnings}
    written = copy_finished(folder, output, {s.output_paths()[0].name for s in sessions})
    before, guid = _published_before(output)
    site = replace(site, guid=guid or feed_guid(site.base_url + FEED))
    moment = now().replace(microsecond=0)
    entries = []
    for number, timeline in enumerate(sorted(output.glob(f"*{TIMELINE_SUFFIX}"))):
        # A minute apart: apps list episodes of the same moment in any order.
        if entry := _entry(timeline, before, moment - number * timedelta(minutes=1)):
            entries.append(entry)
    if not entries:
        raise PsoasError(
            "there are no sessions in this folder.",
            where=str(output),
            hint="Render some first: psoas-audio render --with timeline -o FOLDER SCRIPT...",
        )
    if living:
        written += _write_living(output, own, entries, progress_of)
    entries = [replace(entry, living=living_size(entry, output)) for entry in entries]
    refuse_equal_names(
        [
            *(("the site itself", output / name) for name in SITE_FILES),
            *((planned.programme.path, output / planned.page) for planned in programmes),
            *((entry.sound, path) for entry in entries for path in _beside(output, entry)),
        ]
    )
    in_programmes = {sound for planned in programmes for sound in planned.sounds()}
    own_sounds = {session.output_paths()[0].name for session in own}
    # What only a programme plays is part of it, and no session of its own.
    listed = [e for e in entries if e.sound not in in_programmes - own_sounds] or entries
    site = _with_words(site, listed)
    by_sound = {entry.sound: entry for entry in entries}
    shown = [(planned, listed_programme(planned, by_sound)) for planned in programmes]
    for entry in entries:
        homes = [one for planned, one in shown if entry.sound in planned.sounds()]
        files = session_files(entry, output / entry.sound, site.base_url, homes)
        written += _write(output, files)
    for planned, one in shown:
        written += _write(output, programme_files(planned, one, by_sound))
    site_files = _files(site, listed, [one for _, one in shown])
    written += _write(output, site_files)
    own_files = {*site_files, *(planned.page for planned in programmes)}
    names = tuple(f"{entry.name}." for entry in entries)

    def is_made(path: Path) -> bool:
        """Whether *path* belongs to the site, or to one of its sessions."""
        second_sound = path.suffix[1:] in SESSION_FORMATS and path.name not in by_sound
        return (
            path in (output, *output.parents)
            or (path.parent == output and path.name in own_files)
            or (path.name.startswith(names) and not second_sound)
        )

    unused = left_over(found, is_made, {entry.language for entry in entries})
    left_out = tuple(path for path in unused if _has_no_timeline(path))
    return Published(
        len(listed),
        tuple(made.output for made in renders),
        tuple(written),
        left_out,
        tuple(warnings.values()),
        found.blocks,
        tuple(path for path in unused if path not in left_out),
    )


def _has_no_timeline(path: Path) -> bool:
    """Whether *path* is a sound in the format of a session without its timeline."""
    return path.suffix[1:] in SESSION_FORMATS and not timeline_beside(path).is_file()


class _Sources(NamedTuple):
    """What a site is made of."""

    found: SiteFolder
    programmes: list[PlannedProgramme]
    own: list[Session]
    """Of the scripts in the folder."""
    sessions: list[Session]
    """These and those of the programmes, each once."""


def _sources(folder: Path, output: Path, kbps: int | None) -> _Sources:
    """The programmes and sessions of *folder*, for a site in *output*. Raises ``PsoasError``."""
    if not folder.is_dir():
        raise PsoasError(
            "there is no such folder.",
            where=str(folder),
            hint="Name a folder with scripts or sessions.",
        )
    settings = Settings(
        output, overwrite=True, outputs=rendered_outputs(), kbps=kbps, pictures=False
    )
    found = read_folder(folder)
    programmes = plan_programmes(found.programmes, settings)
    own = [_session(path, settings) for path in found.scripts]
    sessions = _each_once([*own, *(s for p in programmes for s in p.sessions.values())])
    refuse_equal_names(
        [
            *(("the site itself", output / name) for name in SITE_FILES),
            *((planned.programme.path, output / planned.page) for planned in programmes),
            *((s.draft.script.path, path) for s in sessions for path in s.output_paths()),
        ]
    )
    return _Sources(found, programmes, own, sessions)


def _session(script: Path, settings: Settings) -> Session:
    """The session of *script* as it is published."""
    return Session(Draft(load_script(script), Choices(), settings))


def _each_once(sessions: Iterable[Session]) -> list[Session]:
    """*sessions* without those whose files another makes from the same script."""
    found: dict[tuple[str, Path], Session] = {}
    for session in sessions:
        script = str(Path(session.draft.script.path).absolute())
        found.setdefault((script, session.output_paths()[0]), session)
    return list(found.values())


def _render_if_changed(session: Session, on_progress: OnProgress) -> Rendered | None:
    """Render *session* unless it is up to date."""
    sound, *_ = session.output_paths()
    if is_current(sound, session.draft):
        return None
    session.on_progress = on_progress
    return session.render()


def _write_living(
    output: Path,
    sessions: Iterable[Session],
    entries: Iterable[SiteSession],
    progress_of: Callable[[str], OnProgress],
) -> Iterator[Path]:
    """Write the pages with every length of *sessions*, unless they are up to date."""
    by_sound = {entry.sound: entry for entry in entries}
    for session in sessions:
        entry = by_sound.get(session.output_paths()[0].name)
        if entry is not None and not living_size(entry, output):
            on_progress = progress_of(session.draft.script.name)
            yield from _write(output, make_living_files(entry, session, output, on_progress))


def _entry(path: Path, before: Mapping[str, str], moment: datetime) -> SiteSession | None:
    """The session whose timeline is *path*; ``None`` if its sound file is missing."""
    name = path.name.removesuffix(TIMELINE_SUFFIX)
    timeline, details = read_described(path)
    sounds = (path.with_name(f"{name}.{suffix}") for suffix in SESSION_FORMATS)
    sound = next((sound for sound in sounds if sound.is_file()), None)
    if sound is None:
        return None
    published = before.get(name, moment.isoformat())
    return SiteSession(name, timeline, details, sound.name, sound.stat().st_size, published)


def _beside(output: Path, entry: SiteSession) -> Iterator[Path]:
    """The files that a session of a site comes with."""
    return (output / name for name in session_file_names(entry))


def _with_words(site: Site, entries: list[SiteSession]) -> Site:
    """*site* in the language of most sessions if it has none, with texts in its language."""
    language = site.language or language_of_most(entries)
    say = load_language(language).interface
    title = site.title or say["site-title"]
    return replace(
        site,
        title=title,
        description=site.description or say["site-description"],
        author=site.author or title,
        language=language,
    )


def _files(
    site: Site, entries: Iterable[SiteSession], programmes: Sequence[SiteProgramme]
) -> dict[str, bytes]:
    listed = list(entries)
    art = Details(title=site.title, position="supine", kind="breathing", figure="")
    shell = {
        "index.html": index(site, listed, programmes).encode(),
        OFFLINE_PAGE: offline_page(site).encode(),
        "catalogue.json": catalogue_json(site, listed, programmes).encode(),
        "manifest.webmanifest": manifest(site).encode(),
        "icon-192.png": app_icon(192),
        "icon-512.png": app_icon(512),
    }
    return {
        **shell,
        "search.json": search_json(listed).encode(),
        "worker.js": service_worker(shell).encode(),
        "cover.jpg": cover_jpeg(art),
        **{name: text.encode() for name, text in feeds(site, listed).items()},
    }


def _published_before(output: Path) -> tuple[dict[str, str], str]:
    """When each session of the existing catalogue was first published, and the feed's GUID."""
    try:
        plain = json.loads(_CATALOGUE_FILE.read(output / "catalogue.json"))
        known = {each["name"]: each["published"] for each in plain["sessions"]}
        dates = {name: moment for name, moment in known.items() if datetime.fromisoformat(moment)}
        return dates, str(uuid.UUID(plain["guid"])) if "guid" in plain else ""
    except (PsoasError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}, ""


def _write(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write those of *files* that differ from the existing ones, all at once."""
    with Publication(overwrite=True) as publication:
        for name, content in files.items():
            path = folder / name
            if not path.is_file() or path.read_bytes() != content:
                publication.reserve(path)
                publication.write(path, content)
        return list(publication.publish())
