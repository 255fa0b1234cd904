"""What the rules are given to look at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from psoas_audio.errors import Mark
from psoas_audio.script.fields.reading import NodeReader
from psoas_audio.script.header import AuthoredScript
from psoas_audio.script.model import Script, Text
from psoas_audio.script.texts import fill_values, without_marks
from psoas_audio.script.walk import Visit, visits

MAX_CHARACTERS = 2_000_000
"""Characters that a script may unfold to: more than a voice says in 24 hours."""

RuleFinding = tuple[Mark, Mapping[str, object]]
"""A place that breaks a rule, and what fills the rule's message."""


class RuleContext:
    """A script as it was read; where it has errors, as much of it as could be made out."""

    def __init__(
        self,
        header: AuthoredScript,
        script: Script,
        reader: NodeReader,
        folder: Path | None,
        whole: bool,
    ) -> None:
        self.script = script
        """With the safety chapters that were put in."""
        self.authored = header.script.chapters
        """The chapters without those."""
        self.safety_off = header.safety == "none"
        self.folder = folder
        """The script's folder."""
        self.whole = whole
        """Whether nothing of the script was left out because of an error."""
        self.english = script.language.lower().split("-")[0] == "en"
        self.spoken = tuple(reader.spoken)
        """Every spoken text as written."""
        self.displayed = tuple(reader.displayed)
        """Titles and summaries."""
        self.sounds = tuple(reader.sounds)
        """Every sound asked for, and where."""
        self.rates = tuple(reader.rates)
        """Every rate asked for, in words per minute, and where."""

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """Every step of the whole script."""
        return tuple(visits(self.script))

    @cached_property
    def filled(self) -> tuple[Text, ...]:
        """Every spoken text as it will be heard, as far as its values are known.

        Those of a script that is too long end where it becomes so.
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
