"""A word in its sentence, and the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psoas_audio.speech.pronunciation.english import word_classes as classes
from psoas_audio.speech.pronunciation.english.tokens import BOUNDARY, Token


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a sentence. What lies outside the sentence is a boundary, like punctuation."""

    sentence: Sequence[Token]
    index: int

    def word(self, offset: int = 0) -> str:
        """The word so many tokens after this one, or before."""
        index = self.index + offset
        return self.sentence[index].word if 0 <= index < len(self.sentence) else BOUNDARY

    @property
    def next(self) -> str:
        """The word after this one."""
        return self.word(1)

    @property
    def offset_before(self) -> int:
        """Where the word before is, adverbs left out: ``slowly increase`` is like ``increase``."""
        offset = -1
        while classes.is_adverb(self.word(offset)):
            offset -= 1
        if self.word(offset) in ("first", "next", "second", "last") and not self.word(offset - 1):
            offset -= 1
        return offset

    @property
    def before(self) -> str:
        """The word before, adverbs left out."""
        return self.word(self.offset_before)

    def words_before(self) -> list[str]:
        """The words of the same clause before this one, the nearest first."""
        found: list[str] = []
        while word := self.word(-1 - len(found)):
            found.append(word)
        return found

    def words_after(self) -> list[str]:
        """The words of the same clause after this one."""
        found: list[str] = []
        while word := self.word(1 + len(found)):
            found.append(word)
        return found

    @property
    def others(self) -> frozenset[str]:
        """All other words of the sentence."""
        return frozenset(
            token.word for index, token in enumerate(self.sentence) if index != self.index
        )

    def has_finite_verb_after(self) -> bool:
        """Whether the clause goes on to a verb whose subject begins here: ``use of force is …``."""
        words = self.words_after()
        for index, word in enumerate(words):
            after = words[index + 1] if index + 1 < len(words) else BOUNDARY
            if (word in classes.SUBORDINATORS and word != "than") or word in classes.SUBJECTS:
                return False
            if word in classes.FINITE:
                return True
            third_person = word.endswith("s") and not word.endswith("ss")
            if index == 0 and third_person and after in classes.ARTICLES | classes.POSSESSIVES:
                return True  # "wind rustles the grass"
            if word in classes.CONJUNCTIONS and index > 0 and after not in classes.FINITE:
                follows = words[index + 1 : index + 3]
                if not (len(follows) == 2 and follows[1] in classes.FINITE):
                    return False
            if word in classes.FINITE_OR_PLURAL and (
                after in classes.ARTICLES | classes.POSSESSIVES | classes.OBJECTS
                or (classes.is_adverb(after) and after not in ("then", "now"))
                or (not after and index > 0)
                or after in ("first", "last", "through", "past", "up", "down")
            ):
                return True
        return False
