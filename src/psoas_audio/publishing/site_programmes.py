"""The programmes of a site: which sessions they need, and their pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from psoas_audio.deliver.web.inline import read_template, render_template
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.locale.languages import load_language
from psoas_audio.planning import Choices
from psoas_audio.programme.app_page import AppSession, Around, programme_page
from psoas_audio.programme.load import load_programme
from psoas_audio.programme.model import Programme, ProgrammeEntry
from psoas_audio.programme.render import plan_programme
from psoas_audio.publishing.hosted_page import (
    HOSTED_POLICY,
    KEEP_WORDS,
    back_to_catalogue,
    manifest_link,
    megabytes,
)
from psoas_audio.publishing.model import SiteEntry, SiteProgramme, SiteSession
from psoas_audio.rendering.session import Session


@dataclass(frozen=True, slots=True)
class PlannedProgramme:
    """A programme, and the session of each of its entries."""

    path: Path
    programme: Programme
    sessions: Mapping[ProgrammeEntry, Session]

    @property
    def page(self) -> str:
        """The name of its page."""
        return f"{self.programme.name}.html"

    def sounds(self) -> Iterable[str]:
        """The names of its sessions' sound files, each once, in the order of the days."""
        return dict.fromkeys(self.sound(entry) for entry in self.sessions)

    def sound(self, entry: ProgrammeEntry) -> str:
        """The name of the sound file of *entry*."""
        return self.sessions[entry].output_paths()[0].name


def plan_programmes(paths: Iterable[Path], settings: Settings) -> list[PlannedProgramme]:
    """The programmes in the files *paths*; raises what ``plan_programme`` does."""
    return [
        PlannedProgramme(path, *plan_programme(load_programme(path), Choices(), settings))
        for path in paths
    ]


def listed_programme(
    planned: PlannedProgramme, by_sound: Mapping[str, SiteSession]
) -> SiteProgramme:
    """The programme as the catalogue lists it; *by_sound* has the site's sessions."""
    programme = planned.programme
    used = [by_sound[sound] for sound in planned.sounds()]
    days = list(programme.days())
    return SiteProgramme(
        name=programme.name,
        title=programme.title,
        summary=programme.summary,
        language=programme.language,
        weeks=len(programme.weeks),
        days=len(days),
        sessions=sum(len(entries) for _, _, entries in days),
        page=planned.page,
        size=sum(entry.size for entry in used),
        keep_data=_keep_data(planned, used),
        entries=tuple(
            SiteEntry(f"{week}.{day}.{number}", sound, by_sound[sound].details.title, week, day)
            for week, day, entries in days
            for number, sound in enumerate(map(planned.sound, entries), 1)
        ),
    )


def programme_files(
    planned: PlannedProgramme, listed: SiteProgramme, by_sound: Mapping[str, SiteSession]
) -> dict[str, bytes]:
    """The programme's page, by its name."""
    programme = planned.programme
    say = load_language(programme.language).interface
    apps = {sound: _app_session(by_sound[sound]) for sound in planned.sounds()}
    around = Around(
        back=back_to_catalogue(say),
        links=Markup(
            render_template(
                "keep_button.html",
                __package__,
                say=say,
                keep=listed.keep_data,
                size=say["size"].format(size=megabytes(listed.size)),
            )
        ),
        head=manifest_link(),
        scripts=[read_template(name, __package__) for name in ("kept.js", "hosted_programme.js")],
        words={name: say[name] for name in KEEP_WORDS},
        css=read_template("hosted.css", __package__),
        policy=HOSTED_POLICY,
    )
    sessions = {entry: apps[planned.sound(entry)] for entry in planned.sessions}
    return {planned.page: programme_page(programme, sessions, around).encode()}


def _app_session(entry: SiteSession) -> AppSession:
    return AppSession(
        timeline=entry.timeline,
        details=entry.details,
        url=quote(entry.sound),
        page=quote(entry.file("page")),
        media_type=entry.format.media_type,
        cover=quote(entry.file("cover")),
    )


def _keep_data(planned: PlannedProgramme, used: Sequence[SiteSession]) -> str:
    page = quote(planned.page)
    files = [
        quote(name)
        for entry in used
        for name in (entry.file("page"), entry.sound, entry.file("cover"))
    ]
    versions = " ".join(entry.version for entry in used)
    return json.dumps(
        {
            "name": planned.programme.name,
            "title": planned.programme.title,
            "page": page,
            "files": [page, *files],
            "digest": sha256(versions.encode()).hexdigest()[:16],
        },
        ensure_ascii=False,
    )
