"""Translates a script by its catalogues, and reports what they lack."""

from __future__ import annotations

from collections import Counter

from psoas_audio.errors import Mark, Problem, ScriptError
from psoas_audio.script.model import Script
from psoas_audio.script.texts import clean_text, placeholders
from psoas_audio.script.times import InvalidValueError
from psoas_audio.translation.po_files import Translation, language_tag, read_catalogue
from psoas_audio.translation.texts import change_texts

_SIDES = {"side", "other_side"}


def translate_script(script: Script, language: str) -> Script:
    """*script* in *language*; unchanged if it was written in that language.

    Raises :class:`ScriptError` with every translation that is missing, outdated or invalid: no
    session is spoken in two languages.
    """
    found, problems = translate_partly(script, language)
    if problems:
        raise ScriptError(problems)
    return found


def translate_partly(script: Script, language: str) -> tuple[Script, tuple[Problem, ...]]:
    """*script* with the translations that there are into *language*, and problems of the others."""
    language = language_tag(language)
    if is_written_in(language, script.language):
        return script, ()
    translator = Translator(language)
    return change_texts(script, language, translator.change), translator.problems


def is_written_in(language: str, own_language: str) -> bool:
    """Whether a text in *own_language* needs no translation into *language*."""
    return language in (own_language, own_language.split("-")[0])


class Translator:
    """Looks up texts in the catalogue of their file, and collects the problems."""

    def __init__(self, language: str) -> None:
        self._language = language_tag(language)
        self._catalogues: dict[str, dict[str, Translation]] = {}
        self._problems: dict[Problem, None] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem so far, once."""
        return tuple(self._problems)

    def change(self, words: str, mark: Mark, role: str) -> str:
        """The translation of *words* at *mark*, or *words* if it is missing.

        It is a :data:`~psoas_audio.script.model.TextChange`, which says what *role* is.
        """
        if mark.path not in self._catalogues:
            self._catalogues[mark.path] = read_catalogue(mark.path, self._language)
        entry = self._catalogues[mark.path].get(words)
        problem = _problem(words, entry, mark, role, self._language)
        if problem is not None:
            self._problems[problem] = None
        return " ".join(entry.words.split()) if entry is not None and entry.words else words


def _problem(
    words: str, entry: Translation | None, mark: Mark, role: str, language: str
) -> Problem | None:
    shown = words if len(words) <= 60 else f"{words[:59]}…"
    update = f"'psoas-audio translate update SCRIPT {language}' adds it to the catalogue."
    if entry is None:
        return Problem(mark, "untranslated", f"“{shown}” has no translation ({language}).", update)
    if not entry.words.strip():
        message = f"the translation ({language}) of “{shown}” is empty."
        return Problem(entry.mark, "untranslated", message, "Translate it there.")
    if entry.outdated:
        message = f"the translation ({language}) belongs to a different text than “{shown}”."
        hint = "Check it there, and remove the mark 'fuzzy'."
        return Problem(entry.mark, "outdated-translation", message, hint)
    try:
        if role in ("spoken", "title"):
            clean_text(entry.words)
    except InvalidValueError as fault:
        return Problem(entry.mark, fault.rule, fault.message, fault.hint)
    return _values(words, entry, language)


def _values(words: str, entry: Translation, language: str) -> Problem | None:
    """The problem of a translation with values that the text hasn't, or without one that it has."""
    source, given = Counter(placeholders(words)), Counter(placeholders(entry.words))
    strange = set(given) - set(source) - (_SIDES if _SIDES & set(source) else set())
    missing = set(source) - set(given) - _SIDES
    # A side may be said once where the text says it twice, but not left unsaid.
    unsaid = bool(_SIDES & set(source)) and not _SIDES & set(given)
    if not strange and not missing and not unsaid:
        return None
    lost = sorted(strange or missing or _SIDES & set(source))
    names = ", ".join(f"{{{name}}}" for name in lost)
    message = f"the translation ({language}) {'has' if strange else 'leaves out'} {names}."
    return Problem(entry.mark, "translated-values", message, f"The text is “{words[:60]}”.")
