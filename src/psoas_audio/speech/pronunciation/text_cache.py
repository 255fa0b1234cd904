"""Prepared texts, cached: to load and apply the rules takes longer than to read what they gave.

A render in which nothing has changed would otherwise spend a fifth of its time on them.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from functools import cache
from pathlib import Path

from psoas_audio._version import __version__
from psoas_audio.cache.local import key_of
from psoas_audio.locale.ipa import WrittenPronunciation
from psoas_audio.speech.engine import Pronunciation
from psoas_audio.speech.pronunciation.prepared_text import PreparedText
from psoas_audio.speech.take_cache import TakeCache

_PACKAGE = Path(__file__).parents[2]
_RULES = ("speech/normalization", "speech/pronunciation", "speech/whole_words.py", "locale")
"""Files and folders of the package that decide how a text is prepared."""


class TextCache:
    """Prepared texts of one lexicon. They stay on this disk: a server would take longer."""

    def __init__(self, cache: TakeCache, lexicon: Mapping[str, str]) -> None:
        """*lexicon* has the script's own words, each with its IPA or its respelling."""
        self._cache = cache
        self._lexicon = dict(lexicon)
        self._found: dict[str, PreparedText] = {}

    def has(self, text: str, language: str, marked: Sequence[WrittenPronunciation] = ()) -> bool:
        """Whether *text* was prepared before."""
        return self._find(self._key(text, language, marked)) is not None

    def get(
        self, text: str, language: str, marked: Sequence[WrittenPronunciation] = ()
    ) -> PreparedText:
        """What ``prepare_text`` gives for *text*, from the cache if it is there."""
        key = self._key(text, language, marked)
        prepared = self._find(key)
        if prepared is None:
            from psoas_audio.speech.pronunciation.prepare import prepare_text  # loads every rule

            prepared = self._found[key] = prepare_text(text, language, self._lexicon, marked)
            self._cache.keep_local(key, _pack(prepared))
        return prepared

    def _find(self, key: str) -> PreparedText | None:
        if key not in self._found and (payload := self._cache.find_local(key)) is not None:
            self._found[key] = _unpack(payload)
        return self._found.get(key)

    def _key(self, text: str, language: str, marked: Sequence[WrittenPronunciation]) -> str:
        return key_of(
            {
                "kind": "prepared text",
                "rules": _rules_signature(),
                "text": text,
                "language": language,
                "lexicon": self._lexicon,
                "marked": [astuple(mark) for mark in marked],
            }
        )


def _pack(prepared: PreparedText) -> bytes:
    return json.dumps([prepared.text, [astuple(said) for said in prepared.pronunciations]]).encode()


def _unpack(payload: bytes) -> PreparedText:
    text, pronunciations = json.loads(payload)
    return PreparedText(text, tuple(Pronunciation(*said) for said in pronunciations))


@cache
def _rules_signature() -> str:
    """Changes with the version, and whenever a file of the rules does, as in a working copy."""
    files = [path for name in _RULES for path in _files(_PACKAGE / name)]
    numbers = importlib.util.find_spec("num2words")
    if numbers and numbers.origin:
        files.append(Path(numbers.origin))
    status = [(str(path), path.stat()) for path in sorted(files)]
    written = [(path, each.st_size, each.st_mtime_ns) for path, each in status]
    return key_of({"version": __version__, "python": sys.hexversion, "files": written})


def _files(path: Path) -> Iterator[Path]:
    """*path*, or the Python and data files in it."""
    if not path.is_dir():
        yield path
        return
    for entry in path.iterdir():
        if entry.suffix in (".py", ".toml"):
            yield entry
        elif not entry.suffix and entry.name != "__pycache__":
            yield from _files(entry)
