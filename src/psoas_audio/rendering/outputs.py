"""The optional files that can accompany a session, as one table.

To add one, write its maker (in ``output_makers``) and add a row here: ``--with``, ``--bundle``,
their help, the tables of the docs, and what a published site generates and links all read these
rows. This module stays cheap to import, since ``psoas-audio render --help`` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, NamedTuple

from psoas_audio.errors import PsoasError

if TYPE_CHECKING:
    from psoas_audio.rendering.rendered_parts import RenderedParts

_MAKERS = "psoas_audio.rendering.output_makers"
WORD_CAPTIONS = "word-captions"
"""The output that needs word times, which a transcriber finds if the engine doesn't."""


class Output(NamedTuple):
    """A kind of file that is made from a finished session and its timeline."""

    name: str
    """What ``--with`` takes."""
    suffix: str
    """Follows the session's name: ``.vtt``."""
    description: str
    """One line for the help and the docs; starts in lower case, no full stop."""
    maker: str
    """``module:function``, imported when the output is made. The function takes a
    :class:`~psoas_audio.rendering.rendered_parts.RenderedParts` and returns text or bytes."""
    media_type: str
    """Its MIME type, as a feed and a web server name it."""
    catalogue_key: str = ""
    """Its key in a published site's ``catalogue.json``; empty if the catalogue doesn't list it."""
    feed_tag: str = ""
    """The Podcasting 2.0 tag that links it in a feed; empty if feeds don't link it."""
    in_bundle: bool = True
    """Whether ``--bundle`` and published sites have it: not if it takes longer than a render."""
    written_last: bool = False
    """Whether it describes the other files, so that they must be written first."""

    @property
    def on_site(self) -> bool:
        """Whether every session of a published site has it."""
        return bool(self.catalogue_key or self.feed_tag)

    def path_beside(self, session: Path) -> Path:
        """Where this output is written; *session* is the path of the session's sound file."""
        return session.with_name(session.stem + self.suffix)

    def make(self, parts: RenderedParts) -> bytes:
        """The file's content."""
        content: str | bytes = resolve_name(self.maker)(parts)
        return content.encode() if isinstance(content, str) else content


OUTPUTS: dict[str, Output] = {
    output.name: output
    for output in (
        Output(
            "page",
            ".html",
            "page that plays the session: the current instruction, time left, what is next, a"
            " circle that breathes; works offline",
            f"{_MAKERS}:make_page",
            "text/html",
            catalogue_key="page",
        ),
        Output(
            "cover",
            ".jpg",
            "cover, 1,400 pixels square",
            f"{_MAKERS}:make_cover",
            "image/jpeg",
            catalogue_key="cover",
        ),
        Output(
            "chapters",
            ".chapters.json",
            "chapters for podcast players (Podcasting 2.0)",
            f"{_MAKERS}:make_chapters",
            "application/json+chapters",
            feed_tag="chapters",
        ),
        Output(
            "vtt",
            ".vtt",
            "captions in WebVTT; long silences have captions too",
            f"{_MAKERS}:make_vtt",
            "text/vtt",
            catalogue_key="captions",
            feed_tag="transcript",
        ),
        Output(
            "srt",
            ".srt",
            "the same captions in SubRip",
            f"{_MAKERS}:make_srt",
            "application/x-subrip",
            feed_tag="transcript",
        ),
        Output(
            WORD_CAPTIONS,
            ".words.vtt",
            "the same captions in WebVTT with the time of each word, for read-along",
            f"{_MAKERS}:make_word_captions",
            "text/vtt",
        ),
        Output(
            "transcript",
            ".txt",
            "transcript, by chapter",
            f"{_MAKERS}:make_transcript",
            "text/plain",
            catalogue_key="transcript",
        ),
        Output(
            "timeline",
            ".timeline.json",
            "start and end of every sound, in samples; how to render the session again; SHA-256 of"
            " every other file",
            f"{_MAKERS}:make_timeline",
            "application/json",
            catalogue_key="timeline",
            written_last=True,
        ),
        Output(
            "plot",
            ".svg",
            "picture of the session over time: sound, chapters, voice, breath, bells, bed,"
            " loudness",
            f"{_MAKERS}:make_plot",
            "image/svg+xml",
        ),
        Output(
            "living",
            ".living.html",
            "page with every length, guidance and order of sides, for the listener to choose"
            " from (not in `--bundle`)",
            "psoas_audio.living.output:make_living",
            "text/html",
            in_bundle=False,
        ),
    )
}
"""Every output by its name, in the order in which they are listed."""


def select_outputs(names: Iterable[str], *, bundle: bool = False) -> frozenset[str]:
    """The outputs called *names*, or the one; with *bundle* also all that are in a bundle.

    Raises :class:`PsoasError` for an unknown name.
    """
    names = [names] if isinstance(names, str) else names
    unknown = sorted(set(names) - OUTPUTS.keys())
    if unknown:
        raise PsoasError(
            f"there is no output called {unknown[0]!r}.",
            hint=f"The outputs are {', '.join(OUTPUTS)}: give --with once for each, or --bundle for"
            " all of them.",
        )
    bundled = [row.name for row in OUTPUTS.values() if bundle and row.in_bundle]
    return frozenset((*names, *bundled))


def in_write_order(names: Iterable[str]) -> list[Output]:
    """The outputs called *names*, those that describe other files last."""
    return sorted((OUTPUTS[name] for name in names), key=lambda row: (row.written_last, row.name))
