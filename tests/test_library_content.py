"""The sessions say what the library is for: each topic, its doses, and who should leave it out."""

from __future__ import annotations

import re
from functools import cache

import pytest

from psoas_audio import library
from psoas_audio.planning import Choices, Stretch, expand
from psoas_audio.planning.elastic import elastic_parts
from psoas_audio.planning.model import ChapterStart, Plan
from psoas_audio.script.load import load_script
from psoas_audio.units import SAMPLE_RATE

MASSAGE = ("locate-the-psoas", "supine-ball-release", "supine-hands-release", "standing-release")
CONTRAINDICATIONS = (
    "pregnan", "surgery", "hernia", "aneurysm", "pulse", "clot", "bleed", "thinners", "fever",
    "infection", "open wound", "tumor", "osteoporosis", "injury", "inflammation", "bowel",
)  # fmt: skip
TOPICS: dict[str, tuple[str, ...]] = {
    # 1 to 4: what it is, why tightness matters, what makes it tight, what massage may give
    "about-the-psoas": (
        "lower spine", "thigh bone", "lifts your thigh", "muscle of the soul", "not a proven fact",
        "low back may ache", "front of the hip", "long walk", "in the belly", "you sit", "sport",
        "stress", "the way you stand", "more ease", "more freely", "calm", "none of this is a prom",
    ),
    # 6 to 10: finding it, the three releases, the breath that goes with them
    "locate-the-psoas": ("bony point", "halfway", "foot floats up", "grow firm", "do not dig"),
    "supine-ball-release": ("three finger widths", "navel", "sinks as you breathe out",
                            "never sharp", "strong beat"),
    "supine-hands-release": ("fingertips", "knuckles", "as you breathe out, your fingers sink",
                             "never sharp", "strong beat"),
    "standing-release": ("wall", "middle of each foot", "step back", "balance", "strong beat"),
    "diaphragmatic-breathing": ("belly", "not follow it while you drive", "shorter one"),
    # 14 and 15: stretches and strength
    "kneeling-hip-flexor-stretch": ("front of the right hip", "front of the left hip", "chair"),
    "warrior-variations": ("long step back", "both arms open wide", "back foot steps up"),
    "supine-knee-to-chest": ("right knee floats up", "left knee floats up"),
    "plank": ("elbows", "keep breathing"),
    "bridge": ("hips float up", "rolls down"),
    "bird-dog": ("left arm will slide ahead", "right arm will slide ahead"),
    # 16 and 17
    "evening-wind-down": ("slow down", "heavy"),
    "desk-break": ("chair", "stand up slowly"),
    "psoas-faq": ("what is the psoas?", "how can a release help?", "can i do it alone?",
                  "what are the risks?", "tennis ball or a small yoga ball", *CONTRAINDICATIONS),
}  # fmt: skip
SPOKEN = {
    "talk": ("not medical advice",),
    "relaxation": ("not medical advice", "sharp pain", "dizzy", "numbness"),
    "breathing": ("not medical advice", "ask your doctor", "light-headed", "numbness",
                  "while you drive", "in water", "see a doctor"),
    "stretch": ("not medical advice", "ask your doctor", "sharp pain", "dizzy", "numbness",
                "way out", "ache", "see a doctor"),
    "strength": ("not medical advice", "ask your doctor", "sharp pain", "dizzy", "numbness",
                 "way out", "sore", "see a doctor"),
    "self-massage": ("not medical advice", "ask a doctor", "sharp pain", "dizzy", "numbness",
                     "way out", "sore", "tired", "feelings may rise", "see a doctor",
                     "help at once", *CONTRAINDICATIONS),
}  # fmt: skip
DOSES = {
    "supine-ball-release": ("hold let the ball sink", 30, 60),
    "supine-hands-release": ("hold let the fingers sink", 30, 60),
    "standing-release": ("hold lean in", 30, 45),
    "kneeling-hip-flexor-stretch": ("hold stretch the front of the hip", 30, 60),
    "supine-knee-to-chest": ("hold knee to chest", 30, 60),
    "plank": ("hold plank", 15, 40),
    "bridge": ("hold bridge", 5, 8),
    "bird-dog": ("hold reach", 5, 8),
}
"""The seconds of ``docs/safety.md``, Dose."""


@cache
def plan(name: str, guidance: str = "full") -> Plan:
    return expand(load_script(name), Choices(guidance=guidance), Stretch())  # type: ignore[arg-type]


def spoken(name: str, guidance: str = "full") -> str:
    said = (u.text for u in plan(name, guidance).utterances() if u.audible)
    return re.sub(r"\s+", " ", " ".join(said)).lower()


def test_each_session_is_looked_at() -> None:
    assert set(TOPICS) == set(library.script_names())


@pytest.mark.parametrize("name", TOPICS)
def test_a_session_says_what_it_is_for(name: str) -> None:
    assert [words for words in TOPICS[name] if words not in spoken(name)] == []


@pytest.mark.parametrize("guidance", ["full", "reminder", "bells"])
@pytest.mark.parametrize("name", TOPICS)
def test_safety_is_spoken_however_few_the_words(name: str, guidance: str) -> None:
    script = load_script(name)
    said = spoken(name, guidance)
    assert [words for words in SPOKEN[script.kind] if words not in said] == []


@pytest.mark.parametrize("name", MASSAGE)
def test_the_header_lists_who_should_avoid_it_too(name: str) -> None:
    listed = " ".join(load_script(name).avoid)
    assert [word for word in CONTRAINDICATIONS if word not in listed] == []


@pytest.mark.parametrize("name", DOSES)
def test_holds_are_as_long_as_the_safety_page_says(name: str) -> None:
    what, least, most = DOSES[name]
    parts = [part for part in elastic_parts(load_script(name), Stretch()) if part.what == what]
    assert parts
    assert {(part.least, part.most) for part in parts} == {
        (least * SAMPLE_RATE, most * SAMPLE_RATE)
    }


@pytest.mark.parametrize("name", library.script_names())
def test_each_session_has_all_that_listeners_choose_by(name: str) -> None:
    script = load_script(name)
    assert script.summary
    assert script.level
    assert script.muscles
    assert script.kind == "talk" or (script.avoid and script.equipment)
    starts = [item for item in plan(name).items if isinstance(item, ChapterStart)]
    assert all(start.figure or start.position for start in starts)


def test_the_sessions_are_numbered_in_an_album_of_one_year() -> None:
    credits = [load_script(name).credits for name in library.script_names()]
    assert {one.year for one in credits} == {2026}
    assert sorted(one.track or 0 for one in credits) == list(range(1, len(credits) + 1))
