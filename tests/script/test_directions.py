"""Stage directions in texts: what is one, what it means, and what is speech."""

from __future__ import annotations

from itertools import pairwise

import pytest

from psoas_audio.script.directions import find_directions, read_direction

PAUSES = {
    "pause 30 seconds": "30s",
    "PAUSE 5 seconds": "5s",
    "pause - 10 sec": "10s",
    "PAUSE: 20 SECONDS": "20s",
    "PAUSE 1 MINUTE": "1m",
    "pause:0.5s": "0.5s",
    "PAUSE:5": "5s",
    "pause 3": "3s",
    "silent 1s": "1s",
    "silence: 1s": "1s",
    "200ms": "0.2s",
    "30 seconds": "30s",
    "30 sec.": "30s",
    "1 min": "1m",
    "1m 30s": "1m30s",
    "1 min 30 s": "1m30s",
    "1 minute and 30 seconds": "1m30s",
    "1,5m": "1m30s",
    "1½ minutes": "1m30s",
    "½ min": "30s",
    "1:30": "1m30s",
    "30-60 s": "30-60s",
    "30 to 60s": "30-60s",
    "2–3 min": "2-3m",
    "pause for twenty seconds": "20s",
    "Pause for about twenty-five seconds.": "25s",
    "half a minute of silence": "30s",
    "Wait 20 seconds.": "20s",
    "silence - 1 min": "1m",
    "Pause, 20 Sekunden": "20s",
    "lange Pause, mindestens 1 Minute": "1m",
    "Pause 1,5 Minuten": "1m30s",
    "halbe Minute Stille": "30s",
    "anderthalb Minuten Pause": "1m30s",
    "fünfundvierzig Sekunden Stille": "45s",
    "10 segundos de silencio": "10s",
    "pausa de medio minuto": "30s",
    "silencio, de 30 a 60 segundos": "30-60s",
    "treinta y cinco segundos de pausa": "35s",
    "pause de 10 secondes": "10s",
    "temps de silence : 20 s": "20s",
    "vingt-cinq secondes de silence": "25s",
    "une minute et demie de silence": "1m30s",
    '<break time="3s"/>': "3s",
    "<break time='500ms' />": "0.5s",
    "<pause 3>": "3s",
}
OPEN = {
    "pause": "6s",
    "Pause.": "6s",
    "[PAUSE]": "6s",
    "short pause": "3s",
    "long pause": "15s",
    "a few moments": "6s",
    "kurze Pause": "3s",
    "lange Pause": "15s",
    "pausa larga": "15s",
    "pausa breve": "3s",
    "silence": "6s",
    "courte pause": "3s",
    "une longue pause": "15s",
    '<break strength="x-strong"/>': "5s",
}
OTHERS = {
    "Bell sound x 1": ("bell", (1, 1)),
    "Ring the bell three times": ("bell", (3, 3)),
    "Gong 3x": ("bell", (3, 3)),
    "Gong ertönen lassen": ("bell", (1, 1)),
    "campana, tres veces": ("bell", (3, 3)),
    "faire sonner le bol": ("bell", (1, 1)),
    "Warm, inviting tone": ("note", None),
    "whispers": ("note", None),
    "soft music": ("note", None),
    "Musik leise ausblenden": ("note", None),
    "Guide through 10 breath cycles": ("breaths", (10, 10)),
    "hold for 5 breaths": ("breaths", (5, 5)),
    "repeat 3 times": ("repeat", (3, 3)),
    "switch sides": ("sides", None),
}
SPEECH = [
    "or down, if you like that better",
    "It is all right to laugh.",
    "Pause here and notice",
    "there is a pause",
    "Mach eine Pause",
    "Haz una pausa",
    "marquer une pause chaque fois",
    "wenn du magst",
    "ni siquiera la calma",
    "au bureau, par exemple",
    "6 metres",
    "3 of 10",
    "at 7",
    "In 10 minutes the bell will ring",
    "not even you",
    "",
]


@pytest.mark.parametrize(("text", "time"), PAUSES.items())
def test_a_written_length_is_read(text: str, time: str) -> None:
    meaning = read_direction(text)
    assert meaning is not None
    assert meaning.action == "pause"
    assert meaning.length is not None
    assert (meaning.length.written(), meaning.guessed) == (time, False)


@pytest.mark.parametrize(("text", "time"), OPEN.items())
def test_a_pause_without_a_length_gets_one_that_is_marked_as_guessed(text: str, time: str) -> None:
    meaning = read_direction(text)
    assert meaning is not None
    assert meaning.length is not None
    assert (meaning.length.written(), meaning.guessed) == (time, True)


@pytest.mark.parametrize(("text", "expected"), OTHERS.items())
def test_other_directions(text: str, expected: tuple[str, tuple[int, int] | None]) -> None:
    meaning = read_direction(text)
    assert meaning is not None
    assert (meaning.action, meaning.times) == expected


@pytest.mark.parametrize("text", SPEECH)
def test_speech_is_not_a_direction(text: str) -> None:
    assert read_direction(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lie down. (pause 30 seconds) Then sit up.", ["(pause 30 seconds)"]),
        (
            "Let go {pause:5} now <pause 3> and [30 seconds] on",
            ["{pause:5}", "<pause 3>", "[30 seconds]"],
        ),
        ('Roots <break time="750ms"/> grow.', ['<break time="750ms"/>']),
        ("Breathe in. Pause. Breathe out.", ["Pause."]),
        ("Pause 15 seconds.", ["Pause 15 seconds."]),
        ("--- kurze Pause ---", ["--- kurze Pause ---"]),
        ("Picture a harbour ~ before dawn.", ["~"]),
        ("NARRATOR: Sit down.", ["NARRATOR: "]),
        ("- 3 -", ["- 3 -"]),
        ("INDUCTION (2-3 minutes)", ["INDUCTION (2-3 minutes)"]),
        ("Turn up your palm (or down, if you like).", []),
        ("After each breath there is a pause.", []),
        ("In the silence, listen. Ask yourself: what do I need?", []),
        ("5 minutes. That is all we have left.", []),
        ("LET GO.", []),
    ],
)
def test_directions_are_found_in_a_text(text: str, found: list[str]) -> None:
    assert [text[d.start : d.end] for d in find_directions(text)] == found


def test_directions_come_in_order_and_never_overlap() -> None:
    text = "~ (pause) [Gong] -- pause -- Now. Pause. <break time='1s'/>"
    found = find_directions(text)
    assert len(found) == 6
    assert all(one.end <= other.start for one, other in pairwise(found))
