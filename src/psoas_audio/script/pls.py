"""Pronunciation lexicons of the W3C (PLS 1.0), as far as words and their aliases go.

Read as a stranger's file: no document type, so no entities; of a bounded size and depth.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from psoas_audio.script.times import InvalidValueError

_NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_MAX_DEPTH = 20


@dataclass(slots=True)
class Lexicon:
    """What a file says."""

    aliases: dict[str, str] = field(default_factory=dict)
    """Written word to the words spoken for it; the first alias of a word counts."""
    unspoken: list[str] = field(default_factory=list)
    """Words that have phonemes alone: engines are given words."""


def read_pls(data: bytes, longest: int) -> Lexicon:
    """The lexicon in *data*, whose words and aliases have at most *longest* characters.

    Raises :class:`InvalidValueError` for anything else.
    """
    reading = _Reading(longest)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        reason = expat.errors.messages.get(fault.code, "damaged")
        raise InvalidValueError(f"its line {fault.lineno} is no XML: {reason}.") from None
    except InvalidValueError:
        raise
    except (ValueError, LookupError) as fault:
        raise InvalidValueError(f"it can't be read: {fault}.") from None
    return reading.lexicon


def _refuse_doctype(*_: object) -> None:
    raise InvalidValueError("it has a DOCTYPE, which could hide anything.", "Take that line away.")


class _Reading:
    """Gathers lexemes while the parser goes through the file."""

    def __init__(self, longest: int) -> None:
        self.longest = longest
        self.lexicon = Lexicon()
        self._inside: list[str] = []
        self._words: list[str] = []
        self._aliases: list[str] = []
        self._text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        namespace, _, local = name.rpartition(" ")
        if not self._inside and (local, namespace) not in (
            ("lexicon", _NAMESPACE),
            ("lexicon", ""),
        ):
            raise InvalidValueError(
                "it is no pronunciation lexicon: its first element isn't <lexicon>."
            )
        self._inside.append(local)
        if len(self._inside) > _MAX_DEPTH:
            raise InvalidValueError("its elements lie too deep in each other.")
        self._text = ""
        if local == "lexeme":
            self._words, self._aliases = [], []

    def text(self, text: str) -> None:
        self._text += text

    def end(self, name: str) -> None:
        del name
        local, text = self._inside.pop(), " ".join(self._text.split())
        self._text = ""
        if len(text) > self.longest and local in ("grapheme", "alias"):
            told = f"a {local} has {len(text):,} characters; {self.longest} are the most."
            raise InvalidValueError(told, "Give the word and how it is said, nothing more.")
        if local == "grapheme" and any(map(str.isalnum, text)):
            self._words.append(text)
        elif local == "alias" and any(map(str.isalnum, text)):
            self._aliases.append(text)
        elif local == "lexeme":
            for word in self._words:
                if self._aliases:
                    self.lexicon.aliases.setdefault(word, self._aliases[0])
                else:
                    self.lexicon.unspoken.append(word)
