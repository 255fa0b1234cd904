"""A script is spoken in one language: wholly translated, or refused line by line."""

from __future__ import annotations

import json
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from psoas_audio import library
from psoas_audio.cli.main import cli
from psoas_audio.errors import PsoasError, ScriptError
from psoas_audio.planning import Choices, Stretch, expand
from psoas_audio.planning.model import ChapterStart
from psoas_audio.script.load import load_script, parse_script
from psoas_audio.script.texts import clean_text, fill_values, placeholders
from psoas_audio.script.times import InvalidValueError
from psoas_audio.translation.po_files import catalogue_path
from psoas_audio.translation.translate import translate_partly, translate_script
from psoas_audio.translation.update import script_catalogue_updates

SCRIPT = """title: A pause
language: en-US
safety: none
equipment: mat
voice: {name: english-us, rate: 110}
lexicon: {soften: sofften}
values: {place: hip}
chapters:
  - title: "The {side} side"
    sides: both
    steps:
      - say: Soften the {side} {place}.
      - hold: 20s
        label: stay
        halfway: true
        countdown: 2
        during: [{at: 5s, say: Breathe.}]
  - title: Close
    steps:
      - move: sitting
        say: Sit up.
"""
GERMAN = {
    "A pause": "Eine Pause",
    "mat": "Matte",
    "hip": "Hüfte",
    "The {side} side": "Die {side:linke|rechte} Seite",
    "Soften the {side} {place}.": "Löse die {side:linke|rechte} {place}.",
    "stay": "bleiben",
    "Breathe.": "Atme.",
    "Close": "Schluss",
    "Sit up.": "Setz dich auf.",
}


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "pause.yaml"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)), catch_exceptions=False)


def translate(script: Path, words: dict[str, str] | None = None) -> Path:
    """The German catalogue of *script*, filled as a translator would with their tool."""
    run("translate", "update", script, "de")
    path = catalogue_path(str(script), "de")
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        if entry.msgid in (words or GERMAN):
            entry.msgstr = (words or GERMAN)[entry.msgid]
    catalogue.save(str(path))
    return path


def spoken(script: Path, language: str = "de") -> list[str]:
    plan = expand(translate_script(load_script(script), language), Choices(), Stretch())
    assert {u.language for u in plan.utterances()} == {language}
    return [u.text for u in plan.utterances()]


def test_extract_finds_every_text_with_its_place(script: Path) -> None:
    assert "9 to translate" in run("translate", "extract", script, "de").output
    catalogue = polib.pofile(str(script.parent / "locale" / "de" / "pause.po"))
    assert {entry.msgid for entry in catalogue} == set(GERMAN)
    assert catalogue.metadata["Language"] == "de"
    breathe = catalogue.find("Breathe.")
    assert breathe.occurrences == [("pause.yaml", "17")]
    assert breathe.comment == "spoken"
    with pytest.raises(PsoasError, match="already exists"):
        run("translate", "extract", script, "de")


def test_a_whole_translation_is_spoken_with_its_forms_and_built_in_words(script: Path) -> None:
    translate(script)
    assert run("translate", "check", script, "de").exit_code == 0
    assert spoken(script) == [
        "Löse die linke Hüfte.", "Atme.", "Halbzeit.", "Zwei.", "Eins.",
        "Löse die rechte Hüfte.", "Atme.", "Halbzeit.", "Zwei.", "Eins.",
        "Setz dich auf."]  # fmt: skip
    german = translate_script(load_script(script), "de")
    plan = expand(german, Choices(), Stretch())
    titles = [item.title for item in plan.items if isinstance(item, ChapterStart)]
    assert titles == ["Die linke Seite", "Die rechte Seite", "Schluss"]
    # What belongs to the other language stays behind.
    assert german.voice.name is None
    assert german.voice.rate == 110
    assert not german.lexicon
    assert german.equipment == ("Matte",)


def test_a_dialect_falls_back_on_its_main_language(script: Path) -> None:
    translate(script)
    assert spoken(script, "de-AT")[-1] == "Setz dich auf."


def test_the_language_of_the_script_needs_no_translation(script: Path) -> None:
    loaded = load_script(script)
    for language in ("en", "en-US"):
        assert translate_script(loaded, language) is loaded


def test_missing_and_outdated_translations_are_reported_line_by_line(script: Path) -> None:
    path = translate(script, {**GERMAN, "Breathe.": ""})
    script.write_text(SCRIPT.replace("Sit up.", "Sit up now.").replace("mat", "rug"), "utf-8")
    with pytest.raises(ScriptError) as caught:
        translate_script(load_script(script), "de")
    line = next(e.linenum for e in polib.pofile(str(path)) if e.msgid == "Breathe.")
    assert [(p.rule, Path(p.mark.path).name, p.mark.line) for p in caught.value.problems] == [
        ("untranslated", "pause.po", line),
        ("untranslated", "pause.yaml", 1),
        ("untranslated", "pause.yaml", 21),
    ]
    # An update keeps what was there and marks what was made for another text.
    told = run("translate", "update", script, "de").output
    assert "2 to translate, 1 to review, 2 no longer used" in told
    entry = polib.pofile(str(path)).find("Sit up now.")
    assert (entry.msgstr, entry.previous_msgid, entry.flags) == (
        "Setz dich auf.", "Sit up.", ["fuzzy"])  # fmt: skip
    problems = translate_partly(load_script(script), "de")[1]
    assert sorted(p.rule for p in problems) == [
        "outdated-translation", "untranslated", "untranslated"]  # fmt: skip


def test_an_update_of_what_is_up_to_date_changes_nothing(script: Path) -> None:
    path = translate(script)
    run("translate", "update", script, "de")
    before = path.read_bytes()
    run("translate", "update", script, "de")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Löse die Hüfte.", "translated-values"),
        ("Löse die {side} {plaze}.", "translated-values"),
        ("Löse {side} {place} {round}.", "translated-values"),
        ("Löse {side {place}.", "bad-text"),
        ("Löse {side} {place:a|b}.", "bad-text"),
        ("Löse {side} [pause bald] {place}.", "bad-time"),
    ],
)
def test_a_translation_that_could_not_be_spoken_is_refused(
    script: Path, words: str, rule: str
) -> None:
    path = translate(script, {**GERMAN, "Soften the {side} {place}.": words})
    problems = translate_partly(load_script(script), "de")[1]
    assert [p.rule for p in problems] == [rule]
    assert problems[0].mark.path == str(path)


@pytest.mark.parametrize("language", ["ja", "xx", "../de", "", "DE;", "d"])
def test_a_language_without_a_file_is_refused(script: Path, language: str) -> None:
    with pytest.raises(PsoasError):
        translate_script(load_script(script), language)


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_file_in_the_place_of_a_catalogue_ends_in_our_own_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("po")
    (folder / "pause.yaml").write_text(SCRIPT, encoding="utf-8")
    path = catalogue_path(str(folder / "pause.yaml"), "de")
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(PsoasError):
        translate_script(load_script(folder / "pause.yaml"), "de")


def test_the_chosen_language_is_in_the_plan_and_the_outputs(script: Path) -> None:
    translate(script)
    plain = json.loads(run("plan", script, "--language", "de", "--json").stdout)
    assert plain["utterances"][0]["text"] == "Löse die linke Hüfte."
    assert run("check", script, "--language", "de").exit_code == 0
    assert run("check", script, "--language", "fr").exit_code == 3


def test_forms_of_a_side_are_chosen_by_the_side() -> None:
    values = {"side": "left", "side:": "left", "other_side": "right", "other_side:": "right"}
    assert fill_values("{side:la|le} {other_side:L|R} {side}", values) == "la R left"
    assert placeholders("{side:a|b} {place}") == ["side", "place"]
    assert clean_text("Die {side:linke|rechte} Seite") == "Die {side:linke|rechte} Seite"
    with pytest.raises(InvalidValueError):
        clean_text("Die {round:a|b} Seite")


def test_a_script_may_name_the_forms_itself() -> None:
    script = parse_script(
        "title: T\nlanguage: de\nsafety: none\nsteps:\n  - sides: both\n"
        '    steps: [{say: "Die {side:linke|rechte} Hand, dann {other_side:links|rechts}."}]\n'
    )
    plan = expand(script, Choices(), Stretch())
    assert [u.text for u in plan.utterances()] == [
        "Die linke Hand, dann rechts.", "Die rechte Hand, dann links."]  # fmt: skip


@pytest.mark.parametrize("language", ["de", "es", "fr"])
@pytest.mark.parametrize("name", library.script_names())
def test_the_shipped_translations_are_whole_and_up_to_date(name: str, language: str) -> None:
    script = load_script(name)
    found = translate_script(script, language)
    assert found.summary != script.summary
    assert not any(update.changed for update in script_catalogue_updates(script, language))
    spoken = {u.text for u in expand(script, Choices(), Stretch()).utterances()}
    again = {u.text for u in expand(found, Choices(), Stretch()).utterances()}
    assert spoken & again <= {"No."}  # so it is in Spanish, too


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_every_safety_block_is_translated(language: str) -> None:
    for name in library.script_names():
        script = load_script(name)
        problems = translate_partly(script, language)[1]
        assert not [p for p in problems if "safety" in p.mark.path]
