"""Pages on which only what stands in quotation marks is spoken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from psoas_audio.importing.events import Chime, Stay
from psoas_audio.importing.prose.page import without_page_marks
from psoas_audio.importing.prose.page_words import BELL_WORD
from psoas_audio.importing.prose.sentences import sentences
from psoas_audio.script.directions import Length, read_direction
from psoas_audio.script.directions.lengths import search_length

if TYPE_CHECKING:
    from psoas_audio.importing.prose.speech import SpeechReader

_QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«\s*([^«»]+?)\s*»|\"([^\"]+)\"")
_HAS_WORDS = re.compile(r"[^\W_]")


def read_quoted(reader: SpeechReader, text: str, place: int) -> None:
    """The line *text*, of which only what stands in quotation marks is spoken."""
    position = 0
    text = without_page_marks(text)
    for match in _QUOTED.finditer(text):
        _outside_quotes(reader, text[position : match.start()], place)
        spoken = next(filter(None, match.groups()))
        reader.quoted = False
        reader.read(spoken, place)
        reader.quoted = True
        position = match.end()
    _outside_quotes(reader, text[position:], place)


def _outside_quotes(reader: SpeechReader, text: str, place: int) -> None:
    for sentence in sentences(text.strip()):
        sentence = sentence.strip()
        if not _HAS_WORDS.search(sentence):
            continue
        meaning = read_direction(sentence.strip(" ()[]"))
        found = search_length(sentence)
        if meaning:
            for event in reader.asked(meaning, sentence, place):
                reader.add(event)
        elif found:
            reader.add(Stay("pause", found[2], None, place, f"“{sentence}”"))
        elif BELL_WORD.search(sentence):
            reader.add(Chime(place=place, guess=f"“{sentence}”"))
        elif re.search(
            r"\b(?:pause|silence|wait|stille|warten|pausa|silencio|attend)", sentence, re.I
        ) and not re.search(r"\b(?:until|bis|hasta|jusqu)", sentence, re.I):
            reader.add(Stay("pause", Length(6, 6), None, place, f"“{sentence}”"))
        else:
            reader.note(sentence, place)
