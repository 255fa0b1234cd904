"""The details of a session that its outputs show besides its timeline: title, artist, licence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from psoas_audio.locale.languages import load_language
from psoas_audio.timeline.model import Timeline


@dataclass(frozen=True, slots=True)
class Details:
    """Texts about a session, for tags, transcript and page; only the title is never empty.

    They come from a script, so every output must escape them.
    """

    title: str
    artist: str = ""
    """The voice or the narrator, by a human name."""
    credits: tuple[str, ...] = ()
    """For each voice: its name, its licence, and whether the session may be sold."""
    author: str = ""
    """The publisher."""
    album: str = ""
    """The programme or collection it belongs to."""
    year: int | None = None
    track: int | None = None
    """Its place in the album, from 1."""
    digital_source: str = ""
    """What kind of voice speaks, as a URL of IPTC's digital source types; empty for a human's."""
    kbps: int | None = None
    """Bit rate of the sound, in kilobits per second, if it isn't the usual one of its format."""
    own_cover: str = ""
    """SHA-256 of the script's own cover; empty for a drawn one."""
    has_pictures: bool = True
    """Whether an MP3 has its pictures in its tag."""
    genre: str = "Wellness"
    language: str = "en"
    """BCP 47."""
    comment: str = ""
    """The safety line."""
    safety_words: tuple[str, ...] = ()
    """The safety words in full, where the session says them in short."""
    summary: str = ""
    kind: str = ""
    """``self-massage``, ``stretch`` …: sets the colours."""
    equipment: tuple[str, ...] = ()
    position: str = ""
    """The position that the listener starts in."""
    level: str = ""
    """Who it is for: ``beginner``, ``some experience`` or ``experienced``."""
    avoid: tuple[str, ...] = ()
    """Who should not do it, or should ask a professional first."""
    version: str = ""
    """Version of this program."""
    digest: str = ""
    """SHA-256 of the script, in hexadecimal."""
    variant: str = ""
    """The chosen length, guidance and voice, in words; empty if the script's own."""
    made: str = ""
    """How to make it again: the script's name and every choice, as JSON text."""
    figure: str = ""
    """The figure on the cover; empty for that of ``position``."""

    @property
    def notes(self) -> str:
        """The safety line, and the safety words that aren't spoken."""
        return " ".join(filter(None, (self.comment, *self.safety_words)))

    @property
    def voice_notes(self) -> tuple[str, ...]:
        """A sentence for each voice, with its licence and whether the session may be sold, and one
        that says if any of them is synthetic; in the session's language."""
        say = load_language(self.language).interface
        voices = self.credits or ((self.artist,) if self.artist else ())
        synthetic = (say["synthetic-voice"],) if self.digital_source else ()
        return (*(say["voice"].format(things=voice) for voice in voices), *synthetic)


def main_figure(timeline: Timeline) -> str:
    """The figure that represents the session: the one its chapters name for the longest time."""
    shown: Counter[str] = Counter()
    for marker in timeline.markers:
        if marker.figure:
            shown[marker.figure] += marker.length
    return max(shown, key=shown.__getitem__, default="")


def details_as_json(details: Details) -> dict[str, Any]:
    """What a catalogue needs to know about a session, as JSON values."""
    return {
        "summary": details.summary,
        "kind": details.kind,
        "position": details.position,
        "figure": details.figure,
        "level": details.level,
        "equipment": list(details.equipment),
        "avoid": list(details.avoid),
        "comment": details.notes,
        "voice": details.artist,
        "author": details.author,
        "album": details.album,
        "year": details.year,
        "track": details.track,
        "digital_source": details.digital_source,
        "credits": list(details.credits),
        "kbps": details.kbps,
        "own_cover": details.own_cover,
        "has_pictures": details.has_pictures,
    }
