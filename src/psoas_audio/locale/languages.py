"""Loads the data files of languages, each once, as typed and frozen values.

Everything that the program says, shows or reads in a language is in its file. For a language
without a file, :func:`load_language` falls back on English, and :func:`find_language` returns
``None``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Set
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from psoas_audio.errors import PsoasError
from psoas_audio.locale.reading import (
    AdjectiveForms,
    CalendarForms,
    ClockForms,
    CountForms,
    DurationForms,
    LetterForms,
    MoneyForms,
    NounGenders,
    NumberForms,
    OrdinalForms,
    PhoneForms,
    RomanForms,
    ScoreForms,
    SignWords,
    WebWords,
    YearForms,
)
from psoas_audio.locale.tags import main_language

FALLBACK_LANGUAGE = "en"
"""Used for languages that have no file."""

_FOLDER = Path(__file__).parent


class SpokenWords(NamedTuple):
    """Words that the program adds to the spoken words of a session."""

    ready: str
    halfway: str
    next: str
    """Before the next station of a circuit, with its ``{name}``."""
    numbers: tuple[str, ...]
    """Zero to ten, as counted aloud."""
    sides: Mapping[str, str]
    """``left`` and ``right`` to their words."""
    phases: Mapping[str, str]
    """Breath phase to the cue at its start."""
    short_phases: Mapping[str, str]
    """Breath phase to the cue if it is too short for that of ``phases``."""


class DateWords(NamedTuple):
    """How the plan of a programme shows dates."""

    format: str
    """A date with ``{weekday}``, ``{day}`` and ``{month}``."""
    weekdays: tuple[str, ...]
    """Monday to Sunday."""
    months: tuple[str, ...]
    """January to December."""


class ListeningForms(NamedTuple):
    """Lines with which a voice is checked, words that a listener can't tell apart, and those that a
    listener must."""

    lines: tuple[str, ...]
    """Lines that a voice says when it is checked."""
    opposites: Mapping[str, tuple[str, str]]
    """Pair of opposites, such as ``sides``, to the forms of each, separated by spaces."""
    alike: tuple[tuple[str, ...], ...] = ()
    """Groups of words that sound the same, such as too, to and two."""
    endings: tuple[str, ...] = ()
    """Endings that are silent or hardly heard, such as the s of hips."""
    silent_letters: tuple[str, ...] = ()
    """Letters that aren't heard wherever they are, such as the h of inhala."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language."""

    tag: str
    """BCP 47, without a region: ``en``."""
    name: str
    """In English."""
    sample: str
    """Words that ``voices try`` speaks."""
    spoken: SpokenWords
    interface: Mapping[str, str]
    """Name to a text shown in captions, transcripts, pages, plots or the catalogue."""
    dates: DateWords
    listening: ListeningForms
    signs: SignWords
    numbers: NumberForms
    clock: ClockForms
    calendar: CalendarForms
    counting: CountForms
    scores: ScoreForms
    money: MoneyForms
    web: WebWords
    per: Mapping[str, str]
    """Unit after a slash to its word: ``min`` to ``minute``, for ``6 breaths/min``."""
    currencies: Mapping[str, tuple[str, ...]]
    """Sign or code to its singular and plural, and those of its hundredth."""
    units: Mapping[str, tuple[str, str]]
    """Unit to its singular and plural."""
    figures: Mapping[str, str] = field(default_factory=dict)
    """Figure to a description of what it shows; by default the English ones."""
    fractions: Mapping[str, str] = field(default_factory=dict)
    """``1/2`` to words."""
    ordinals: OrdinalForms = field(default_factory=OrdinalForms)
    years: YearForms = field(default_factory=YearForms)
    durations: DurationForms = field(default_factory=DurationForms)
    phone: PhoneForms = field(default_factory=PhoneForms)
    letters: LetterForms = field(default_factory=LetterForms)
    roman: RomanForms = field(default_factory=RomanForms)
    adjectives: AdjectiveForms = field(default_factory=AdjectiveForms)
    nouns: NounGenders = field(default_factory=NounGenders)
    regions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Region to what differs there: ``decimal_point``, ``month_first``, ``currencies``."""
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    """Abbreviation to words."""
    final_abbreviations: Mapping[str, str] = field(default_factory=dict)
    """The same for those that often end a sentence, where their full stop stays."""
    abbreviations_before_numbers: Mapping[str, str] = field(default_factory=dict)
    abbreviations_before_names: Mapping[str, str] = field(default_factory=dict)
    side_abbreviations: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Abbreviation of left or right to its masculine and feminine form, or to the stem of the
    adjective and the adverb."""
    lexicon: Mapping[str, str | tuple[str, str]] = field(default_factory=dict)
    """Word that engines mispronounce to its IPA between slashes, to a respelling, or to both."""
    homographs: Mapping[str, Mapping[str, str | tuple[str, str]]] = field(default_factory=dict)
    """Word to its senses, the usual one first. Each sense has its IPA between slashes and a
    respelling, or only the word itself if engines say it like that."""
    hard_words: Mapping[str, str] = field(default_factory=dict)
    """Word that engines mispronounce to a respelling, for a warning: scripts decide about it."""


_SECTIONS: Mapping[str, type[Any]] = {
    "spoken": SpokenWords,
    "dates": DateWords,
    "listening": ListeningForms,
    "signs": SignWords,
    "numbers": NumberForms,
    "clock": ClockForms,
    "ordinals": OrdinalForms,
    "calendar": CalendarForms,
    "counting": CountForms,
    "scores": ScoreForms,
    "money": MoneyForms,
    "web": WebWords,
    "years": YearForms,
    "durations": DurationForms,
    "phone": PhoneForms,
    "letters": LetterForms,
    "roman": RomanForms,
    "adjectives": AdjectiveForms,
    "nouns": NounGenders,
}
"""Sections whose keys are fixed, each to its kind of named tuple."""


@cache
def language_tags() -> tuple[str, ...]:
    """The languages that have a file, English first."""
    tags = sorted(path.stem for path in _FOLDER.glob("*.toml"))
    return tuple(sorted(tags, key=lambda tag: tag != FALLBACK_LANGUAGE))


def load_language(tag: str) -> Language:
    """The language of the BCP 47 *tag*; English if it has no file."""
    return find_language(tag) or _load(FALLBACK_LANGUAGE)


def find_language(tag: str) -> Language | None:
    """The language of the BCP 47 *tag*; ``None`` if it has no file."""
    main = main_language(tag)
    return _load(main) if main in language_tags() else None


@cache
def _load(main: str) -> Language:
    language = read_language(_FOLDER / f"{main}.toml")
    if language.figures:
        return language
    return replace(language, figures=_load(FALLBACK_LANGUAGE).figures)


def read_language(path: Path) -> Language:
    """The language in the data file *path*.

    Raises :class:`PsoasError` if the file can't be read, or if entries are missing, unknown or
    empty.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise PsoasError(
            f"the language file {path.name} can't be read: {error}.",
            hint="Compare it with en.toml.",
        ) from error
    sections = {
        name: _section(_SECTIONS[name], value, f"[{name}] of {path.name}")
        if name in _SECTIONS
        else value
        for name, value in _frozen(data, path.name).items()
    }
    known = {each.name: each for each in fields(Language)}
    optional = {
        name
        for name, each in known.items()
        if not (each.default is MISSING and each.default_factory is MISSING)
    }
    values = {"tag": path.stem, **sections}
    _check_keys(values, known.keys(), optional, path.name)
    return Language(**values)


def _section(kind: type[Any], values: Any, place: str) -> Any:
    """A *kind* of named tuple made from *values*; raises :class:`PsoasError`."""
    if not isinstance(values, Mapping):
        raise PsoasError(
            f"{place} is a text, not a section.", hint="Write its keys under it, as en.toml does."
        )
    _check_keys(values, set(kind._fields), set(kind._field_defaults), place)
    return kind(**values)


def _check_keys(values: Mapping[str, Any], known: Set[str], optional: Set[str], place: str) -> None:
    """Raise :class:`PsoasError` if keys of *values* are missing or unknown."""
    for fault, names in (
        ("lacks", known - optional - values.keys()),
        ("has unknown keys", values.keys() - known),
    ):
        if names:
            raise PsoasError(
                f"{place} {fault}: {', '.join(sorted(names))}.", hint="Compare it with en.toml."
            )


def _frozen(value: Any, place: str) -> Any:
    """*value* with tuples instead of lists; raises :class:`PsoasError` for anything but text."""
    if isinstance(value, dict):
        return {key: _frozen(each, f"{place}, {key}") for key, each in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(each, place) for each in value)
    if not isinstance(value, str) or not value.strip():
        raise PsoasError(
            f"{place}: expected text in quotes, found {value!r}.", hint="Compare it with en.toml."
        )
    return value
