"""How many breaths a page asks for, in the words of four languages; and quotes that aren't lost."""

from __future__ import annotations

import pytest
import yaml

from psoas_audio.importing.convert import import_sources

PAGES = {
    "de": "Abend\n\nLege dich auf den Rücken.\n\n{}\n\nDanach ruhst du noch ein wenig.\n",
    "en": "Evening\n\nLie down on your back.\n\n{}\n\nThen rest for a little longer.\n",
    "es": "Noche\n\nTúmbate boca arriba.\n\n{}\n\nDespués descansa un poco.\n",
    "fr": "Le soir\n\nAllongez-vous sur le dos.\n\n{}\n\nEnsuite, reposez-vous un peu.\n",
}
BREATHS = [
    ("de", "4-7-8 viermal", "4-7-8", 4),
    ("de", "4-7-8 dreimal wiederholen", "4-7-8", 3),
    ("de", "Vier Sekunden ein, sieben halten, acht aus. Sechsmal.", "4-7-8", 6),
    ("de", "Ein 4, halten 7, aus 8. Das Ganze fünfmal.", "4-7-8", 5),
    ("de", "Atme 4-4-6-2, zwölfmal.", [4, 4, 6, 2], 12),
    ("de", "Boxatmung, vier Mal", "box", 4),
    ("de", "4 ein, 4 halten, 4 aus, 4 halten, 8-mal.", "box", 8),
    ("en", "4-7-8 breathing four times", "4-7-8", 4),
    ("en", "In for 4, hold for 7, out for 8, twice.", "4-7-8", 2),
    ("en", "Box breathing, eleven rounds", "box", 11),
    ("en", "4-7-8 x4", "4-7-8", 4),
    ("es", "Respiración 4-7-8, cuatro veces", "4-7-8", 4),
    ("es", "Inhala 4, retén 7, exhala 8. Una vez.", "4-7-8", 1),
    ("es", "Respiración cuadrada: doce veces", "box", 12),
    ("fr", "Respiration 4-7-8, quatre fois", "4-7-8", 4),
    ("fr", "Inspirez 4, retenez 7, expirez 8. À faire cinq fois.", "4-7-8", 5),
    ("fr", "Respiration carrée, quinze fois", "box", 15),
]
NO_BREATHS = [
    ("en", "Practice 4-7-8 breathing twice a day."),
    ("en", "4-7-8 is an old breath. Two breaths later you feel it."),
    ("de", "Übe die Boxatmung zweimal täglich."),
    ("de", "Die 4-7-8-Atmung ist dreimal pro Woche gut."),
    ("es", "La respiración 4-7-8, dos veces al día, ayuda."),
    ("fr", "La respiration 4-7-8, trois fois par jour, aide."),
]


def steps_of(language: str, line: str) -> list[dict[str, object]]:
    page = PAGES[language].format(line).encode()
    steps: list[dict[str, object]] = yaml.safe_load(import_sources([("a.txt", page)], "a").text)[
        "steps"
    ]
    return steps


@pytest.mark.parametrize(("language", "line", "pattern", "times"), BREATHS)
def test_how_often_a_breath_is_done_is_read_in_words(
    language: str, line: str, pattern: object, times: int
) -> None:
    steps = steps_of(language, line)
    assert [step["breathe"] for step in steps if "breathe" in step] == [
        {"pattern": pattern, "breaths": times}
    ]
    spoken = " ".join(str(step["say"]) for step in steps if "say" in step)
    assert line.rstrip(".") in spoken


@pytest.mark.parametrize(("language", "line"), NO_BREATHS)
def test_how_often_somebody_practises_is_only_spoken(language: str, line: str) -> None:
    steps = steps_of(language, line)
    assert not [step for step in steps if "say" not in step]
    assert line in " ".join(str(step["say"]) for step in steps)


QUOTES = [
    ("a.md", "# T\n\nLie down now. Breathe as you like.\n\n> {}\n\nThen rest. You are done.\n"),
    ("a.html", "<h1>T</h1><p>Lie down. Breathe.</p><blockquote>{}</blockquote><p>Now rest.</p>"),
]


@pytest.mark.parametrize(("name", "page"), QUOTES)
@pytest.mark.parametrize(
    "quote", ["The light enters you.", "Die Stille ist ein Raum.", "Nada te turbe.", "Sois sage."]
)
def test_a_quote_that_is_not_spoken_is_reported(name: str, page: str, quote: str) -> None:
    imported = import_sources([(name, page.format(quote).encode())], "a")
    assert quote in imported.text
    assert quote in [remark.text for remark in imported.remarks]


def test_a_quote_that_says_it_is_a_note_is_not_reported() -> None:
    page = QUOTES[0][1].format("**Note:** speak slowly here.").encode()
    assert not import_sources([("a.md", page)], "a").remarks


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("[VOICE]: Close your eyes now.", {"say": "Close your eyes now."}),
        ("[Anna]: Sink a little deeper.", {"say": "Sink a little deeper."}),
        ("[Pause]: 10 seconds", {"pause": "10s"}),
        ("Words.[^1]\n\n[^1]: The note at the foot.", {"say": "The note at the foot."}),
    ],
)
def test_words_behind_brackets_and_a_colon_are_kept(line: str, step: dict[str, str]) -> None:
    page = f"Evening\n\nLie down on your back. Breathe.\n\n{line}\n\nThen rest. You are done.\n"
    text = import_sources([("a.md", page.encode())], "a").text
    assert step in yaml.safe_load(text)["steps"]


@pytest.mark.parametrize(
    "line", ["[1]: http://x.org", '[a b]: <./a.html> "A title"', "[c]: www.x.org (T)", "[d]: #top"]
)
def test_the_address_of_a_link_is_not_text(line: str) -> None:
    page = f"Evening\n\nLie down on your back. Breathe.\n\n{line}\n\nThen rest. You are done.\n"
    imported = import_sources([("a.md", page.encode())], "a")
    assert "x.org" not in imported.text
    assert "title" not in imported.text.split("steps:")[1]
    assert not imported.remarks


@pytest.mark.parametrize(
    "line",
    [
        "Voice: Close your eyes.",
        "Position: lie on your back with your knees bent.",
        "Note: if you are dizzy, stop.",
        "Hinweis: Wenn dir schwindlig wird, atme normal.",
        "Nota: si te mareas, para.",
        "Remarque : si la tête vous tourne, arrêtez.",
        "Do not read on if you are driving.",
    ],
)
def test_a_comment_that_speaks_to_the_listener_is_reported(line: str) -> None:
    page = f"Evening\n\nLie down on your back. Breathe.\n\n{line}\n\nThen rest. You are done.\n"
    imported = import_sources([("a.txt", page.encode())], "a")
    assert f"# not understood: {line}" in imported.text
    assert line in [remark.text for remark in imported.remarks]


@pytest.mark.parametrize("line", ["Duration: 9 minutes", "Music: soft rain", "Note: read slowly."])
def test_a_comment_for_the_reader_alone_is_not_reported(line: str) -> None:
    page = f"Evening\n\nLie down on your back. Breathe.\n\n{line}\n\nThen rest. You are done.\n"
    assert not import_sources([("a.txt", page.encode())], "a").remarks
