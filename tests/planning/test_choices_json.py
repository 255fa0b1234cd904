"""Choices are written down and read back; what a stranger wrote is refused, never trusted."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_audio.errors import PsoasError
from psoas_audio.planning import Choices
from psoas_audio.planning.choices_json import choices_from_json, choices_to_json
from psoas_audio.script.model import Pattern, VoiceSettings
from psoas_audio.script.patterns import NAMED_PATTERNS, pattern_from_list

_WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
_OWN = st.lists(st.integers(48_000, 400_000), min_size=2, max_size=4).map(pattern_from_list)
_BREATHS: st.SearchStrategy[Pattern] = st.sampled_from(list(NAMED_PATTERNS.values())) | _OWN
CHOICES = st.builds(
    Choices,
    length=st.none() | st.integers(1, 10**9),
    guidance=st.sampled_from(["full", "reminder", "bells"]),
    voice=st.builds(
        VoiceSettings,
        st.none() | _WORDS,
        st.none() | _WORDS,
        st.none() | st.integers(60, 250),
        st.none() | st.integers(0, 100),
        st.sampled_from([None, "plain", "warm", "close", "hall"]),
    ),
    language=st.none() | st.sampled_from(["de", "es", "fr"]),
    skip=st.lists(_WORDS, max_size=3).map(tuple),
    start_side=st.sampled_from([None, "left", "right"]),
    breath=st.none() | _BREATHS,
    bed=st.none() | _WORDS,
)


@given(CHOICES)
def test_choices_are_read_back_as_they_were(choices: Choices) -> None:
    assert choices_from_json(json.loads(json.dumps(choices_to_json(choices)))) == choices


def test_no_choices_are_written_as_nothing() -> None:
    assert choices_to_json(Choices()) == {}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["length", "guidance", "skip", "breath", "rate"]), _JSON)
def test_any_json_is_read_as_choices_or_refused(key: str, value: object) -> None:
    with contextlib.suppress(PsoasError):
        assert isinstance(choices_from_json({key: value}), Choices)


@pytest.mark.parametrize(
    "plain",
    [[], None, 3, {"shell": "rm"}, {"length": True}, {"length": -1}, {"length": 10**30},
     {"rate": "115"}, {"treatment": "worm"}, {"skip": "all"}, {"skip": [1]},
     {"bed": "../../etc\0"}, {"voice": ""}, {"target": -3},
     {"breath": {"in": 1}}, {"breath": {"in": 10**6, "nose": 5}}, {"breath": []},
     {"start_side": "up"}],
)  # fmt: skip
def test_strange_values_are_refused(plain: object) -> None:
    with pytest.raises(PsoasError, match="can't be read"):
        choices_from_json(plain)
