"""SSML, with or without its root element, as events."""

from __future__ import annotations

import html
import re

from psoas_audio.importing.events import Chime, Event, Outline, Stay
from psoas_audio.importing.prose.page_words import BELL_WORD
from psoas_audio.importing.prose.speech import SpeechReader
from psoas_audio.importing.readers.exported import ExportedReader, exported_outline
from psoas_audio.importing.readers.xml_parser import parse_xml
from psoas_audio.script.directions import Length, read_direction

LOOKS_LIKE_SSML = re.compile(
    r"<\s*(?:speak\b|prosody\b|say-as\b|emphasis\b|mstts:|amazon:|audio\b[^>]*src|break\s+(?:time|strength)\s*=)",
    re.IGNORECASE,
)
_ROOT = re.compile(r"<\s*speak\b", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(#?\w+);")
_BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")
_UNSEEN = (
    "metadata",
    "meta",
    "lexicon",
    "desc",
    "title",
    "mstts:backgroundaudio",
    "style",
    "audio",
)
_PARAGRAPHS = ("p", "paragraph", "speak", "voice", "div", "section")
_SENTENCE_END = re.compile(r"[.!?…:]$")


def read_ssml(text: str, name: str) -> Outline:
    """The events of the SSML *text*, of the file *name*."""
    reader = _Reader()
    text = _DECLARATION.sub("", text)
    text = _ENTITY.sub(lambda match: html.escape(html.unescape(match[0])), text)
    text = _BARE_AMPERSAND.sub("&amp;", text)
    if "<!DOCTYPE" not in text and not _ROOT.search(text):
        text = f"<speak>{text}</speak>"
    parse_xml(
        text.encode(),
        name,
        start=reader.start,
        end=reader.end,
        text=reader.text,
        comment=reader.comment,
    )
    if reader.is_exported:
        return reader.exported()
    return Outline(tuple(reader.finish()), reader.title, reader.language)


class _Reader:
    """Collects events while the parser goes through the text."""

    def __init__(self) -> None:
        self.title = ""
        self.language = ""
        self._speech = SpeechReader()
        self._words = ""
        self._unseen: list[str] = []
        self._audio = ""
        self._alias: str | None = None
        self._place = 1
        self.header: dict[str, str] = {}
        self._exported = ExportedReader()
        self._in_step = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        element = element.lower()
        if element == "meta" and "name" in attributes:
            self.header[attributes["name"]] = attributes.get("content", "")
        if self.is_exported:
            self._start_exported(element, attributes)
            return
        if element == "speak":
            self.language = attributes.get("xml:lang", "")
        if element in ("break", "mstts:silence") and not self._unseen:
            self._break(element, attributes)
        elif element == "sub" and not self._unseen:
            self._words += attributes.get("alias", "")
            self._unseen.append(element)
        elif element in ("mark", "bookmark"):
            self._mark(attributes.get("name", attributes.get("mark", "")))
        elif element in _PARAGRAPHS and not self._unseen:
            self._flush()
            self._speech.begin_paragraph()
        elif element in _UNSEEN or self._unseen:
            if element == "audio":
                self._flush()
                self._audio = attributes.get("src", "")
            self._unseen.append(element)

    def end(self, element: str) -> None:
        element = element.lower()
        if self.is_exported:
            if element == "p" and not self._in_step:
                self._exported.paragraph(" ".join(self._words.split()), self._place)
            return
        if self._unseen:
            if element == self._unseen[-1]:
                self._unseen.pop()
            if element == "audio":
                self._sound()
            return
        if element in (*_PARAGRAPHS, "s"):
            if element == "s":
                self._words += " "
            else:
                self._flush()

    def text(self, text: str) -> None:
        if not self._unseen:
            self._words += text.replace("\n", " ")
        elif self._unseen[-1] == "title":
            self.title += " ".join(text.split())
        elif "audio" in self._unseen:
            self._audio += f" {text}"

    @property
    def is_exported(self) -> bool:
        """Whether ``psoas-audio export`` has written it."""
        return "psoas-audio" in self.header

    def _start_exported(self, element: str, attributes: dict[str, str]) -> None:
        if element == "p":
            self._words = ""
        if element != "mark":
            return
        name = attributes.get("name", "")
        self._in_step = name.startswith("[") and name != "[]" and not name.startswith("[covers")
        if name.startswith("chapter: "):
            self._exported.heading(name.removeprefix("chapter: "), self._place)
        elif name != "[]":
            self._exported.paragraph(name, self._place)

    def exported(self) -> Outline:
        """What was exported."""
        return exported_outline(self._exported.events, self.header)

    def comment(self, text: str, line: int) -> None:
        chapter = re.fullmatch(r"\s*chapter:\s*(.*?)\s*", text, re.DOTALL)
        self._place = line
        if chapter:
            self._flush()
            self._speech.begin_chapter(chapter[1], line)
        else:
            self._speech.note(" ".join(text.split()), line)

    def finish(self) -> list[Event]:
        """All events; a pause at the very end, after the last words, is kept."""
        self._flush()
        return self._speech.close()

    def _break(self, element: str, attributes: dict[str, str]) -> None:
        if element != "break":
            return  # a setting for all sentences
        written = " ".join(f'{key}="{value}"' for key, value in attributes.items())
        meaning = read_direction(f"<break {written}/>")
        length = meaning.length if meaning and meaning.length else Length(1, 1)
        if length.longest <= 0:
            return
        self._flush()
        guess = "" if meaning and not meaning.guessed else f"<break {written}/> has no length"
        self._speech.events.append(Stay("pause", length, None, self._place, guess))

    def _mark(self, name: str) -> None:
        if name.startswith("chapter:"):
            self._flush()
            self._speech.begin_chapter(name.removeprefix("chapter:").strip(), self._place)

    def _sound(self) -> None:
        if BELL_WORD.search(re.sub(r"[_/.-]", " ", self._audio)):
            self._speech.events.append(Chime(place=self._place))
        elif self._audio.strip():
            self._speech.note(f"sound: {self._audio.strip()}", self._place, understood=False)
        self._audio = ""

    def _flush(self) -> None:
        text = " ".join(self._words.split())
        self._words = ""
        if text:
            self._speech.read(text, self._place)
