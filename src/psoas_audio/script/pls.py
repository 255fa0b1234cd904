"""Words and their pronunciations from W3C pronunciation lexicons (PLS 1.0).

The file may come from anywhere, so a document type (and with it entities) is refused, and its size
and depth are limited.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from psoas_audio.files import FileKind
from psoas_audio.locale.ipa import read_ipa
from psoas_audio.script.times import InvalidValueError

_NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_MAX_DEPTH = 20
PLS_FILE = FileKind("lexicon", 1_000_000, "Name a .pls file in the script's folder.")


@dataclass(slots=True)
class Lexicon:
    """The words of a lexicon file."""

    words: dict[str, str] = field(default_factory=dict)
    """Written word to its first phonemes, as IPA between slashes, or else to its first alias, the
    words spoken for it."""
    unreadable: list[str] = field(default_factory=list)
    """Words without an alias whose phonemes aren't IPA."""


def read_pls(data: bytes, max_characters: int) -> Lexicon:
    """The lexicon in *data*, whose words, phonemes and aliases have at most *max_characters*.

    Raises :class:`InvalidValueError` for anything else.
    """
    reading = _Reading(max_characters)
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
        raise InvalidValueError(f"its line {fault.lineno} isn't valid XML: {reason}.") from None
    except InvalidValueError:
        raise
    except (ValueError, LookupError) as fault:
        raise InvalidValueError(f"it can't be read: {fault}.") from None
    return reading.lexicon


def _refuse_doctype(*_: object) -> None:
    raise InvalidValueError("it has a DOCTYPE, which isn't accepted.", "Remove that line.")


class _Reading:
    """Collects the words while the parser goes through the file."""

    def __init__(self, max_characters: int) -> None:
        self.max_characters = max_characters
        self.lexicon = Lexicon()
        self._open_elements: list[str] = []
        self._words: list[str] = []
        self._aliases: list[str] = []
        self._phonemes: list[str] = []
        self._alphabet = "ipa"
        """Of the whole lexicon."""
        self._is_ipa = True
        """Whether the phonemes being read are."""
        self._text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self._open_elements and (local, namespace) not in (
            ("lexicon", _NAMESPACE),
            ("lexicon", ""),
        ):
            raise InvalidValueError(
                "it isn't a pronunciation lexicon: its first element isn't <lexicon>."
            )
        self._open_elements.append(local)
        if len(self._open_elements) > _MAX_DEPTH:
            raise InvalidValueError(f"its elements are nested deeper than {_MAX_DEPTH} levels.")
        self._text = ""
        if len(self._open_elements) == 1:
            self._alphabet = attributes.get("alphabet", self._alphabet)
        if local == "lexeme":
            self._words, self._aliases, self._phonemes = [], [], []
        elif local == "phoneme":
            self._is_ipa = attributes.get("alphabet", self._alphabet).casefold() == "ipa"

    def text(self, text: str) -> None:
        self._text += text

    def end(self, name: str) -> None:
        del name
        local, text = self._open_elements.pop(), " ".join(self._text.split())
        self._text = ""
        if len(text) > self.max_characters and local in ("grapheme", "phoneme", "alias"):
            raise InvalidValueError(
                f"a {local} has {len(text):,} characters; at most {self.max_characters} are read.",
                "Write a word and how it is said, nothing more.",
            )
        if local == "grapheme" and any(map(str.isalnum, text)):
            self._words.append(text)
        elif local == "alias" and any(map(str.isalnum, text)):
            self._aliases.append(text)
        elif local == "phoneme" and self._is_ipa and _is_readable(text):
            self._phonemes.append(f"/{text}/")
        elif local == "lexeme":
            said = (*self._phonemes, *self._aliases)
            for word in self._words:
                if said:
                    self.lexicon.words.setdefault(word, said[0])
                else:
                    self.lexicon.unreadable.append(word)


def _is_readable(ipa: str) -> bool:
    try:
        read_ipa(ipa)
    except ValueError:
        return False
    return True
