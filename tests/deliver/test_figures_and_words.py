"""No figure contradicts the words that are heard with it, in any shipped session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest
from session_example import DETAILS

from psoas_audio import library
from psoas_audio.deliver.figures.lookup import FIGURES, figure_at
from psoas_audio.deliver.text.silences import has_name
from psoas_audio.deliver.web.face import face_figures, session_face
from psoas_audio.living.build import GUIDANCES
from psoas_audio.living.limits import rules_of
from psoas_audio.planning import Choices, Stretch, estimated_length, expand
from psoas_audio.script.load import load_script
from psoas_audio.script.model import Script
from psoas_audio.timeline import Clip, Gap, Take, Timeline, lay_out
from psoas_audio.translation.translate import translate_script

SESSIONS = [name for name in library.script_names() if name != "psoas-faq"]
"""Those in which the listener does what is said. In the talk of questions nobody does."""

PRESSING = {"supine-ball", "fingertips", "standing-ball"}
HOLDING = {"knee-to-chest", "knees-to-chest", "bridge", "bird-dog", "plank", "planks",
           "knee-plank", "hip-flexor-stretch", "chair-stretch", "chair-reach", "long-step",
           "lunge-reach", "wide-warrior", "warrior"}  # fmt: skip
EFFORT = PRESSING | HOLDING
HANDS_ON_BODY = {"hands-on-belly", "breathing", "ribs", "rub-hands"}

CONTRADICTED = {
    r"pressure is gone|hands? lifts?\b|fingers lift|lift your hand|ball (rolls off|drops)": EFFORT,
    r"take it away|ball (away|aside)|the ball just rests|Leave that side alone": EFFORT,
    r"before (any pressure|you lean|we press|any touch)": EFFORT,
    r"way out": EFFORT,
    r"(hands?|fingers) let go|hands ease|drifts? away|drifts back|the pull lets go": EFFORT,
    r"(feet|foot|knees?|heel) comes? (back|down)|(feet|hands|arms) rest\b": HOLDING - {
        "knee-plank", "planks", "wide-warrior", "hip-flexor-stretch", "long-step", "bird-dog"},
    r"rolls down|slowly down|come back\.|and back\.": EFFORT,
    r"hips sit back|arm comes down|steps up": EFFORT,
    r"(sore|tired) for a day|see a doctor|mild ache|get help at once": EFFORT | HANDS_ON_BODY,
    r"stand still|both feet rest\.|sit tall": {"shake-out", "march", "tip-the-pelvis"},
    r"back to the middle": {"knee-rock", "tip-the-pelvis"},
    r"knee comes back": {"one-knee-open"},
    r"palms rub": {"hands-on-belly"},
    r"arm reaches up": {"chair-stretch", "long-step"},
    r"arms rest by your sides|arm rests at your side": EFFORT | HANDS_ON_BODY | {"psoas-spot"},
    r"head rests on (your hands|them)": {"rest-on-heels", "all-fours"},
    r"hands rest on your belly": {"supine", "sitting"},
}  # fmt: skip
"""Words, and the figures that would contradict them."""


@cache
def laid(name: str, language: str = "en", guidance: str = "full") -> tuple[Script, Timeline]:
    script = load_script(name)
    if language != "en":
        script = translate_script(script, language)
    plan = expand(script, Choices(guidance=guidance), Stretch())  # type: ignore[arg-type]
    lengths = {u.take: estimated_length(u) for u in plan.utterances()}
    return script, lay_out(plan, lengths | dict.fromkeys(plan.sounds(), 200_000))


def shown(timeline: Timeline) -> Iterator[tuple[Clip | Gap, str, str]]:
    """Each line and each named silence, with its figure and the figure's side."""
    voice = timeline.track("voice")
    for marker in timeline.markers:
        for item in (*voice.clips, *filter(has_name, voice.gaps)):
            if marker.start <= item.start < marker.end:
                yield item, *figure_at(timeline, marker, item)


@pytest.mark.parametrize("name", SESSIONS)
def test_no_figure_contradicts_the_words(name: str) -> None:
    found = []
    for item, figure, _ in shown(laid(name)[1]):
        if isinstance(item, Clip) and isinstance(item.media, Take):
            words = item.media.text
            found += [
                (words, figure)
                for pattern, wrong in CONTRADICTED.items()
                if figure in wrong and re.search(pattern, words, re.IGNORECASE)
            ]
    assert found == []


@pytest.mark.parametrize("name", SESSIONS)
def test_every_rest_after_a_hold_shows_that_it_is_let_go(name: str) -> None:
    timeline = laid(name)[1]
    stays = [(item, figure) for item, figure, _ in shown(timeline)
             if isinstance(item, Gap) and item.kind in ("hold", "rest")]  # fmt: skip
    stays.sort(key=lambda stay: stay[0].start)
    for (one, _), (other, figure) in pairwise(stays):
        if (one.kind, other.kind) == ("hold", "rest"):
            assert figure not in EFFORT, (other.label, figure)


@pytest.mark.parametrize("name", library.script_names())
def test_words_of_a_side_are_over_a_figure_of_that_side(name: str) -> None:
    for item, _, side in shown(laid(name)[1]):
        parts = item.step.split(".")
        if len(parts) > 2 and parts[2] in ("left", "right"):
            assert side in (parts[2], ""), item


@pytest.mark.parametrize("language", ["de", "es", "fr"])
@pytest.mark.parametrize("name", library.script_names())
def test_every_language_shows_the_same_figures(name: str, language: str) -> None:
    def figures(timeline: Timeline) -> list[tuple[str, str, str]]:
        return list(dict.fromkeys((item.step, *pair) for item, *pair in shown(timeline)))  # type: ignore[misc]

    assert sorted(figures(laid(name, language)[1])) == sorted(figures(laid(name)[1]))


@pytest.mark.parametrize("guidance", GUIDANCES)
@pytest.mark.parametrize("name", SESSIONS)
def test_what_leads_out_of_a_position_shows_no_effort(name: str, guidance: str) -> None:
    """The words of *this hurts* are steps of the session, with the figures they have there."""
    script, timeline = laid(name, guidance=guidance)
    rules, _ = rules_of(script, timeline)
    out = {step for rule in rules.values() for step in rule.exit}
    assert not {figure for item, figure, _ in shown(timeline) if item.step in out} & EFFORT


@pytest.mark.parametrize("name", library.script_names())
def test_the_face_has_the_figure_of_every_line(name: str) -> None:
    timeline = laid(name)[1]
    face = session_face(timeline, DETAILS)
    known = face_figures(timeline)
    chapters = face["chapters"]
    for start, _, text, *_, figure, shows in face["lines"]:
        chapter = [c for c in chapters if c[0] <= start][-1]
        assert bool(figure) == bool(shows), text
        assert (figure or chapter[3]) in known
        assert known[figure or chapter[3]][0] in FIGURES
