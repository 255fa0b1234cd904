"""A script in another language, or every reason why it can't be spoken in it yet."""

from __future__ import annotations

from collections import Counter

from psoas_audio.errors import Mark, Problem, ScriptError
from psoas_audio.script.model import Script
from psoas_audio.script.texts import clean_text, placeholders
from psoas_audio.script.times import InvalidValueError
from psoas_audio.translation.catalogue import Translation, language_tag, read_catalogue
from psoas_audio.translation.texts import change_texts

_SIDES = {"side", "other_side"}


def translate_script(script: Script, language: str) -> Script:
    """*script* in *language*; as it is where it was written in that language.

    Raises :class:`ScriptError` with every text whose translation is missing, outdated or
    wrong: nothing is ever spoken in two languages.
    """
    found, problems = translate_partly(script, language)
    if problems:
        raise ScriptError(problems)
    return found


def translate_partly(script: Script, language: str) -> tuple[Script, tuple[Problem, ...]]:
    """*script* in *language* as far as it is translated, and what is wrong with the rest."""
    language = language_tag(language)
    if is_written_in(language, script.language):
        return script, ()
    translator = Translator(language)
    return change_texts(script, language, translator.change), translator.problems


def is_written_in(language: str, of: str) -> bool:
    """Whether what is written in the language *of* needs no translation into *language*."""
    return language in (of, of.split("-")[0])


class Translator:
    """Looks every text up in the catalogue of its file, and keeps what is wrong with it."""

    def __init__(self, language: str) -> None:
        self._language = language_tag(language)
        self._catalogues: dict[str, dict[str, Translation]] = {}
        self._problems: dict[Problem, None] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every fault met so far, once."""
        return tuple(self._problems)

    def change(self, words: str, mark: Mark, what: str) -> str:
        """The translation of *words*, which stand at *mark*; they themselves where it is missing.

        *what* they are is as in :data:`~psoas_audio.script.model.TextChange`.
        """
        if mark.path not in self._catalogues:
            self._catalogues[mark.path] = read_catalogue(mark.path, self._language)
        entry = self._catalogues[mark.path].get(words)
        problem = _fault(words, entry, mark, what, self._language)
        if problem is not None:
            self._problems[problem] = None
        return " ".join(entry.words.split()) if entry is not None and entry.words else words


def _fault(
    words: str, entry: Translation | None, mark: Mark, what: str, language: str
) -> Problem | None:
    shown = words if len(words) <= 60 else f"{words[:59]}…"
    update = f"'psoas-audio translate update SCRIPT {language}' puts it into the catalogue."
    if entry is None:
        return Problem(mark, "untranslated", f"no translation ({language}) of “{shown}”.", update)
    if not entry.words.strip():
        message = f"the translation ({language}) of “{shown}” is empty."
        return Problem(entry.mark, "untranslated", message, "Translate it there.")
    if entry.outdated:
        message = f"the translation ({language}) was made for another text than “{shown}”."
        hint = "Look it over there, and take the mark 'fuzzy' away."
        return Problem(entry.mark, "outdated-translation", message, hint)
    try:
        if what in ("spoken", "title"):
            clean_text(entry.words)
    except InvalidValueError as fault:
        return Problem(entry.mark, fault.rule, fault.message, fault.hint)
    return _values(words, entry, language)


def _values(words: str, entry: Translation, language: str) -> Problem | None:
    """A fault where the translation asks for values that the text has not, or leaves one out."""
    wanted, given = Counter(placeholders(words)), Counter(placeholders(entry.words))
    strange = set(given) - set(wanted) - (_SIDES if _SIDES & set(wanted) else set())
    missing = set(wanted) - set(given) - _SIDES
    # A side may be said once where the text says it twice, but not left unsaid.
    unsaid = bool(_SIDES & set(wanted)) and not _SIDES & set(given)
    if not strange and not missing and not unsaid:
        return None
    lost = sorted(strange or missing or _SIDES & set(wanted))
    names = ", ".join(f"{{{name}}}" for name in lost)
    message = f"the translation ({language}) {'asks for' if strange else 'leaves out'} {names}."
    return Problem(entry.mark, "translated-values", message, f"The text is “{words[:60]}”.")
