"""Each step does its own part, and nothing else."""

from __future__ import annotations

import pytest

from psoas_audio.speech.normalization.normalize import reading_steps

STEPS = [
    ("en-US", "tidy", "1️⃣ Don’t — 30\u202f000…", "1) Don't — 30000..."),
    ("en-US", "symbols", "- **Slow** → 1) rest :)", "Slow, 1) rest"),
    ("en-US", "addresses", "See www.calm.org/a.", "See W.W.W dot calm dot org slash a."),
    ("en-US", "abbreviations", "Dr. Ray w/ oil, etc. Then", "Doctor Ray with oil, and so on. Then"),
    ("de-DE", "abbreviations", "Das re. Bein, die li. Hand", "Das rechte Bein, die linke Hand"),
    ("en-US", "levels", "L4-L5, B12 and 30s", "L four to L five, B twelve and 30s"),
    ("en-US", "rulers", "Henry VIII and Warrior II", "Henry the eighth and Warrior II"),
    ("de-DE", "rulers", "Unter Ludwig II. sang man.", "Unter Ludwig dem Zweiten sang man."),
    ("en-US", "roman", "Warrior II, and I rest", "Warrior two, and I rest"),
    ("en-US", "capitals", "STOP at the ASIS", "Stop at the A.S.I.S"),
    ("en-US", "telephone", "Call 911 in 30s", "Call nine one one in 30s"),
    ("es-ES", "groups", "10 000 pasos, 10 100", "10000 pasos, 10100"),
    ("en-US", "rates", "6 breaths/min, hip/knee", "6 breaths per minute, hip/knee"),
    ("en-US", "money", "$5.50 or 5 m", "five dollars and fifty cents or 5 m"),
    ("en-US", "dates", "On Mon., Mar. 4 at 7:00", "On Monday, March fourth at 7:00"),
    ("en-US", "years", "in 1905, in their 30s", "in nineteen oh five, in their thirties"),
    ("en-US", "mixed", "1-1/2 h, 3-4", "1 1/2 h, 3-4"),
    ("en-US", "scores", "Round 1/3, pain 3/10", "Round one of three, pain three out of ten"),
    ("en-US", "durations", "1m30s, hold 0:45, at 7:30", "1 min 30 s, hold 45 s, at 7:30"),
    ("en-US", "clock", "at 7:05, 7 p.m. sharp", "at seven oh five, seven P.M sharp"),
    ("en-US", "counts", "3x10, 2x, 4-7-8", "three times 10, twice, four, seven, eight"),
    ("de-DE", "compounds", "5-mal, 3fach, 2 Mal", "fünfmal, dreifach, 2 Mal"),
    ("de-DE", "ordinals", "Am 2. Tag. Bis 3. Dann", "Am zweiten Tag. Bis 3. Dann"),
    ("es-ES", "ordinals", "El 1.er paso, la 3ª vez, 45º", "El primer paso, la tercera vez, 45°"),
    ("fr-FR", "ordinals", "la 1re fois, le 21e jour", "la première fois, le vingt et unième jour"),
    ("en-US", "ranges", "30-60 s, 5°-10°, cat-cow", "30 to 60 s, 5° to 10°, cat-cow"),
    ("en-US", "units", "a 10-lb weight, 10 lb. Rest", "a 10-pound weight, 10 pounds. Rest"),
    ("es-ES", "fractions", "1 1/2 horas, 1/2 minuto", "una hora y media, medio minuto"),
    ("en-US", "signs", "±5 & left/right #3", "plus or minus 5 and left or right number 3"),
    ("de-DE", "numbers", "Nach 1 Minute 21", "Nach einer Minute einundzwanzig"),
    ("es-ES", "numbers", "200 libras, 21 pasos", "doscientas libras, veintiún pasos"),
    ("en-US", "pauses", "in—and out – slow", "in, and out, slow"),
    ("en-US", "markup", "[slow] <now> & {here}", "slow now here"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "name", "before", "after"), STEPS)
def test_a_step_does_its_part(language: str, name: str, before: str, after: str) -> None:
    step = next(step for step in reading_steps(language) if step.name == name)
    assert step.apply(before) == after


def test_every_step_is_tried() -> None:
    assert {name for _, name, _, _ in STEPS} == {step.name for step in reading_steps("de-DE")}


def test_a_language_without_a_file_has_the_steps_that_need_none() -> None:
    names = [step.name for step in reading_steps("sv")]
    assert names == ["tidy", "symbols", "numbers", "pauses", "markup"]
