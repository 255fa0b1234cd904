"""What the content rules see of a script: all its steps and texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from psoas_audio.errors import Mark
from psoas_audio.script.every_step import Visit, visits
from psoas_audio.script.fields.reading import NodeReader
from psoas_audio.script.header import AuthoredScript
from psoas_audio.script.model import Script, Text
from psoas_audio.script.texts import fill_values, without_marks

MAX_CHARACTERS = 2_000_000
"""Characters that a script may have with its rounds, sides and blocks written out: more than a
voice says in 24 hours."""

RuleFinding = tuple[Mark, Mapping[str, object]]
"""A place that breaks a rule, and the values in the rule's message."""


class RuleContext:
    """A script, or, if it has errors, as much of it as could be read."""

    def __init__(
        self,
        authored: AuthoredScript,
        script: Script,
        reader: NodeReader,
        folder: Path | None,
        complete: bool,
    ) -> None:
        self.script = script
        """With the safety chapters that were added."""
        self.authored_chapters = authored.script.chapters
        """The chapters that the script has itself."""
        self.safety_off = authored.safety == "none"
        self.folder = folder
        """The script's folder."""
        self.complete = complete
        """Whether nothing of the script was left out because of an error."""
        self.english = script.language.lower().split("-")[0] == "en"
        self.spoken = tuple(reader.spoken)
        """Every spoken text, as written."""
        self.displayed = tuple(reader.displayed)
        """Titles and summaries."""
        self.sounds = tuple(reader.sounds)
        """Every name of a sound, and where it is."""
        self.rates = tuple(reader.rates)
        """Every rate of speech, in words per minute, and where it is."""

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """Every step of the whole script."""
        return tuple(visits(self.script))

    @cached_property
    def filled(self) -> tuple[Text, ...]:
        """Every spoken text as it will be heard, as far as its values are known.

        Of a script that is longer than :data:`MAX_CHARACTERS`, only texts up to there.
        """
        found = dict.fromkeys(Text(without_marks(text.words), text.mark) for text in self.spoken)
        length = 0
        for visit in self.visits:
            for text in visit.step.spoken_texts:
                if "{" in text.words and length < MAX_CHARACTERS:
                    words = without_marks(fill_values(text.words, visit.values))
                    length += len(words)
                    found[Text(words, text.mark)] = None
        return tuple(found)
