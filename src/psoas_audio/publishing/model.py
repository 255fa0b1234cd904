"""A site, its sessions and its programmes as typed values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from psoas_audio.deliver.details import Details
from psoas_audio.living.write import PAGE_SUFFIX, POOL_SUFFIX
from psoas_audio.rendering.outputs import OUTPUTS
from psoas_audio.rendering.session_formats import SESSION_FORMATS, SessionFormat
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Site:
    """The site as a whole."""

    title: str
    """Empty for the words of each language."""
    description: str
    """Empty for the words of each language."""
    author: str
    language: str
    """BCP 47."""
    base_url: str
    """The address of its folder, with a slash at the end; pages are relative to it."""
    email: str = ""
    """The owner's, for podcast directories; may be empty."""
    guid: str = ""
    """The feed's, from when it was first published; empty for a new one."""


@dataclass(frozen=True, slots=True)
class SiteSession:
    """A session of a site; its files are beside the page."""

    name: str
    timeline: Timeline
    details: Details
    sound: str
    """The name of its sound file."""
    size: int
    """Bytes of the sound file."""
    published: str
    """When it was first published: ISO 8601, UTC."""
    living: int = 0
    """Bytes of the frames beside its page with every length; 0 if it has none."""

    @property
    def minutes(self) -> int:
        """Its length, to the nearest minute; at least 1."""
        return max(1, round(self.timeline.length / (60 * SAMPLE_RATE)))

    @property
    def format(self) -> SessionFormat:
        """The format of its sound."""
        return SESSION_FORMATS[self.sound.rpartition(".")[2]]

    @property
    def language(self) -> str:
        """BCP 47."""
        return self.details.language

    @property
    def version(self) -> str:
        """Changes with its script, its choices and its sound."""
        return f"{self.details.digest[:16]}-{self.size}-{self.timeline.length}"

    @property
    def living_page(self) -> str:
        """The name of the file of its page with every length."""
        return f"{self.name}{PAGE_SUFFIX}"

    @property
    def living_pool(self) -> str:
        """The name of the file of that page's frames."""
        return f"{self.name}{POOL_SUFFIX}"

    def file(self, output: str) -> str:
        """The name of the file of one of :data:`~psoas_audio.rendering.outputs.OUTPUTS`."""
        return self.name + OUTPUTS[output].suffix


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """A session on a day of a programme of a site."""

    key: str
    """What its mark is remembered under: week, day and number within the day, from 1."""
    sound: str
    """The name of its sound file."""
    title: str
    week: int
    day: int


@dataclass(frozen=True, slots=True)
class SiteProgramme:
    """A programme of a site."""

    name: str
    title: str
    summary: str
    language: str
    """BCP 47."""
    weeks: int
    days: int
    """Days with a session."""
    sessions: int
    page: str
    """The name of its page."""
    size: int
    """Bytes of the sounds of all its sessions."""
    keep_data: str
    """What a page needs to keep all of it on a device, as JSON."""
    entries: tuple[SiteEntry, ...] = ()
    """In the order of the days."""


def language_of_most(sessions: Iterable[SiteSession], default: str = "en") -> str:
    """The language (BCP 47) that most of *sessions* are in; *default* if there are none."""
    languages = [session.language for session in sessions]
    return max(languages, key=languages.count, default=default)
