"""What was said is compared with what was heard: every difference that a listener would notice, and
no others."""

from __future__ import annotations

import pytest

from psoas_audio.listening.compare import Edit, compare_lines
from psoas_audio.listening.hear import HeardLine
from psoas_audio.listening.report import is_fault
from psoas_audio.listening.words import as_names, comparable_words, known_names, sound_key
from psoas_audio.locale.languages import language_tags, load_language


def edits(said: str, heard: str, language: str = "en-US") -> list[tuple[str, str, str]]:
    (line,) = compare_lines([said], heard, language, known_names(language))
    return [(edit.kind, " ".join(edit.said), " ".join(edit.heard)) for edit in line.edits]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Let the knee soften.", "let the knee soften"),
        ("You may feel light-headed.", "You may feel lightheaded."),
        ("You may feel lightheaded.", "you may feel light headed"),
        ("Hold for 30-60s.", "Hold for thirty to sixty seconds."),
        ("Stay for thirty seconds.", "Stay for 30 seconds"),
        ("Breathe in, two, three, four.", "Breathe in, 2, 3, 4."),
        ("One to two more, too.", "One two too more, to."),
        ("Soften both hips.", "Soften both hip."),
        ("Breathe out.", "Breath out."),
        ("Find the psoas.", "Find the so as."),
        ("Find the psoas.", "Find the sewers."),
        ("The iliopsoas lies deep.", "The Illio so as lies deep."),
        ("You're heavy; it's fine.", "Your heavy. Its fine."),
    ],
)
def test_the_same_words_written_otherwise_are_the_same(said: str, heard: str) -> None:
    assert edits(said, heard) == []


@pytest.mark.parametrize(
    ("said", "heard", "edit"),
    [
        ("Let your shoulders grow heavy.", "let your shoulders grow", ("missing", "heavy", "")),
        ("Let it go.", "Let it go, go.", ("doubled", "", "go")),
        ("Breathe in slowly.", "Breathe in, breathe in slowly.", ("doubled", "", "breathe in")),
        ("Keep it small.", "Okay, keep it small.", ("added", "", "okay")),
        ("Lie on your back.", "Lie on your pack.", ("misheard", "back", "pack")),
        ("Find the psoas now.", "Find the now.", ("missing", "psoas", "")),
        ("Rest.", "", ("missing", "rest", "")),
        ("Now the left knee.", "Now the right knee.", ("opposite", "left", "right")),
        ("Breathe in slowly.", "Breathe out slowly.", ("opposite", "in", "out")),
        ("Left.", "Write.", ("opposite", "left", "write")),
        ("Inhale.", "In hell.", ("misheard", "inhale", "in hell")),
        ("Find the psoas.", "Find the thing that I was looking for.", None),
    ],
)
def test_each_kind_of_difference_is_reported(
    said: str, heard: str, edit: tuple[str, str, str] | None
) -> None:
    found = edits(said, heard)
    if edit is None:
        assert found
    else:
        assert found == [edit]


def test_lines_heard_together_each_get_their_own_words() -> None:
    lines = ["Breathe in.", "Let the left knee soften.", "Now the right one."]
    heard = "Breathe in. Let the left knee. Now the the right one."
    first, second, third = compare_lines(lines, heard, "en")
    assert first.edits == ()
    assert second.edits == (Edit("missing", ("soften",), ()),)
    assert third.edits == (Edit("doubled", (), ("the",)),)
    assert (second.wrong_words, third.heard) == (1, ("now", "the", "the", "right", "one"))


def test_a_line_in_the_place_of_another_is_wrong_in_all_its_words() -> None:
    first, second = compare_lines(
        ["Place one hand on your belly.", "Rest there."], "Come up to sitting. Rest there.", "en"
    )
    assert first.wrong_words >= 4
    assert second.edits == ()


@pytest.mark.parametrize(
    ("language", "said", "heard"),
    [
        ("de-DE", "Atme 4 Sekunden lang aus.", "Atme vier Sekunden lang aus."),
        ("de-DE", "Lass die Füße weich.", "Lass die Fusse weich."),
        ("de-DE", "Löse den Hüftbeuger.", "Löse den Hüft Beuger."),
        ("es", "Suelta más aire por la nariz.", "Suelta mas aire por la nariz"),
        ("es", "Ahora inhala.", "aora inala"),
        ("fr", "Relâche les épaules.", "Relâchez les épaule."),
        ("fr", "L'air sort.", "L’air sort."),
        ("it", "Rilassa le spalle.", "rilassa le spalle"),
    ],
)
def test_each_language_has_its_own_words_that_sound_the_same(
    language: str, said: str, heard: str
) -> None:
    assert edits(said, heard, language) == []


@pytest.mark.parametrize(
    ("language", "said", "heard", "one"),
    [
        ("de-DE", "Löse das linke Knie.", "Löse das rechte Knie.", True),
        ("de-AT", "Jetzt nach links.", "Jetzt nach rechts.", True),
        ("de-DE", "Atme langsam aus.", "Atme langsam ein.", True),
        ("de-DE", "Zieh die Schultern hoch.", "Zieh die Schultern runter.", True),
        ("de-DE", "Löse das linke Knie.", "Löse das linke Kinn.", False),
        ("es-MX", "Suelta la rodilla izquierda.", "Suelta la rodilla derecha.", True),
        ("es", "Inhala despacio.", "Exhala despacio.", True),
        ("es", "Inhala despacio.", "exala despacio", True),
        ("es", "Mira hacia arriba.", "Mira hacia abajo.", True),
        ("es", "Mira hacia arriba.", "Mira hacia aquí.", False),
        ("fr", "Relâche le genou gauche.", "Relâche le genou droit.", True),
        ("fr-CA", "Inspirez lentement.", "Expirez lentement.", True),
        ("fr", "Regarde en haut.", "Regarde en bas.", True),
        ("fr", "Relâche le genou gauche.", "Relâche le genou gris.", False),
        ("en-GB", "Now the left hand.", "Now the soft hand.", False),
    ],
)
def test_one_word_heard_as_its_opposite_is_a_fault_and_any_other_is_not(
    language: str, said: str, heard: str, one: bool
) -> None:
    (line,) = compare_lines([said], heard, language)
    assert line.wrong_words == 1
    assert is_fault(HeardLine(0, said, line)) is one


def test_no_form_of_a_word_is_its_own_opposite() -> None:
    for tag in language_tags():
        for name, pair in load_language(tag).listening.opposites.items():
            one, other = ({sound_key(form, tag) for form in forms.split()} for forms in pair)
            assert one.isdisjoint(other), (tag, name)


def test_words_in_the_scripts_lexicon_count_as_heard() -> None:
    names = as_names(("Gheranda", "two words"), "en")
    assert names == {"gheranda"}
    (line,) = compare_lines(["As Gheranda says."], "As Karen does says.", "en", names)
    assert line.edits == ()


def test_no_words_can_be_compared_with_any() -> None:
    assert comparable_words("…", "en") == ()
    assert compare_lines([], "anything", "en") == []
    (line,) = compare_lines(["…"], "", "en")
    assert line.wrong_words == 0
