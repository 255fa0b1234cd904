"""A script with its choices taken, and what can be told of it before anything is spoken."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from psoas_audio.planning import Choices, Utterance
from psoas_audio.rendering.prepare import prepared
from psoas_audio.rendering.pricing import Priced, price
from psoas_audio.rendering.recordings import called, voice_of
from psoas_audio.rendering.settings import Settings
from psoas_audio.script.model import Script
from psoas_audio.speech.lines import Line
from psoas_audio.store import LIMIT, Store, default_folder

if TYPE_CHECKING:
    from psoas_audio.speech.takes import Takes


class Unspoken:
    """A script that is ready to be planned or rendered, with the store that has its takes."""

    def __init__(self, script: Script, choices: Choices, settings: Settings) -> None:
        self.choices, self._recordings = called(choices)
        self.script = prepared(script, self.choices)
        self.settings = settings

    @cached_property
    def store(self) -> Store:
        """What is kept between renders."""
        folder = self.settings.cache or default_folder()
        if self.settings.remote is None:
            return Store(folder, LIMIT)
        from psoas_audio.remote import RemoteStore

        return RemoteStore(folder, LIMIT, self.settings.remote)

    @cached_property
    def takes(self) -> Takes:
        """The takes of this script, kept in the store."""
        from psoas_audio.speech.takes import Takes  # loads numpy

        return Takes(self.store, lexicon=self.script.lexicon, workers=self.settings.workers)

    def priced(self) -> Priced:
        """The session laid out with the takes that the store has, estimates elsewhere."""
        return price(self.script, self.choices, self._known)

    def _line(self, utterance: Utterance) -> Line:
        return Line(
            id=utterance.take,
            text=utterance.text,
            engine=utterance.engine,
            voice=voice_of(utterance, self.script, self._recordings),
            rate=utterance.rate,
            pitch=utterance.pitch,
            language=utterance.language,
            mark=utterance.mark,
            treatment=utterance.treatment,
        )

    def _known(self, utterance: Utterance) -> int | None:
        facts = self.takes.known(self._line(utterance))
        return None if facts is None else facts.length
