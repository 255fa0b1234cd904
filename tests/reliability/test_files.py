"""Test 8 of the battery for the other files that a stranger may give: timelines, catalogues,
lexicons, programmes and recordings. Each is read or refused in our own words, never more."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from test_input import mutated

from psoas_audio.api import plan
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.tags.id3 import id3
from psoas_audio.deliver.text.daw import audacity_labels, reaper_project
from psoas_audio.errors import PsoasError, ScriptError
from psoas_audio.programme.load import load_programme
from psoas_audio.provenance.read_provenance import read_provenance
from psoas_audio.publishing.site import publish, site_of
from psoas_audio.rendering.outputs import OUTPUTS
from psoas_audio.rendering.rendered_parts import RenderedParts
from psoas_audio.script.load import load_script, read_source
from psoas_audio.script.pls import read_pls
from psoas_audio.script.times import InvalidValueError
from psoas_audio.timeline import from_json, to_json
from psoas_audio.timeline.diff import diff
from psoas_audio.timeline.entries import compact_text
from psoas_audio.translation.po_files import catalogue_path
from psoas_audio.translation.translate import translate_script

SCRIPT = (
    "title: Short\nlanguage: en-US\nsafety: none\nvoice: {engine: espeak}\nbed: soft-rain\n"
    "lexicon: words.pls\nchapters:\n  - title: One\n    steps:\n      - say: |\n"
    "          Rest\n\n          a while.\n      - breathe: box for 2 breaths\n"
    "      - hold: 10s\n        end: bowl\n"
)
PLS = (
    '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" xml:lang="en">'
    "<lexeme><grapheme>Rest</grapheme><alias>lie down</alias></lexeme></lexicon>"
)
PO = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    '#: s.yaml:1\nmsgid "Short"\nmsgstr "Kurz"\n\n#, fuzzy\nmsgid "One"\nmsgstr "Eins"\n'
)
PROGRAMME = (
    "title: Two weeks\nweeks:\n  - title: One\n    days:\n"
    "      - {day: 1, session: s, length: 60s}\n      - {day: 3, session: s, guidance: bells}\n"
)
VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 1.5, 10**30, float("nan"), float("inf"), "", "x", "\0", "\ud800", "a\n\nb",
    "</script>", "x" * 30_000, [], {}, [[]], "9" * 400,
)  # fmt: skip
"""What may stand in the place of any value."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files")
    (path / "words.pls").write_text(PLS)
    (path / "s.yaml").write_text(SCRIPT)
    return path


def places(plain: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of *plain* with each of its keys."""
    inside = plain.items() if isinstance(plain, dict) else enumerate(plain)
    for key, value in list(inside):
        yield plain, key
        if isinstance(value, (dict, list)):
            yield from places(value)


def changed(text: str) -> Iterator[str]:
    """*text*, JSON, with one of its values made another, or taken away."""
    plain = json.loads(text)
    for container, key in places(plain):
        kept = container[key]
        for value in VALUES:
            container[key] = value
            yield json.dumps(plain)
        if isinstance(container, dict):
            del container[key]
            yield json.dumps(plain)
        container[key] = kept


def test_a_timeline_with_a_value_changed_is_refused_or_can_be_drawn(
    folder: Path, record_property: Callable[[str, object], None]
) -> None:
    record_property("cases", with_values_changed(folder, every=12))


@pytest.mark.slow
def test_a_timeline_with_any_value_changed_is_refused_or_can_be_drawn(
    folder: Path, record_property: Callable[[str, object], None]
) -> None:
    record_property("cases", with_values_changed(folder, every=1))


def with_values_changed(folder: Path, every: int) -> int:
    """Try one in *every* change of a timeline; how many were tried."""
    made = {"of": "s", "choices": {"length": 480_000, "breath": {"in": 4}, "skip": ["One"]}}
    whole = plan(folder / "s.yaml").timeline
    details, count, read = Details(title="T", language="en"), 0, 0
    path = folder / "s.timeline.json"
    for text in islice(changed(to_json(whole, made=made)), 0, None, every):
        count += 1
        path.write_text(text)
        with suppress(PsoasError):
            read_provenance(path)
        try:
            timeline = from_json(text)
        except PsoasError:
            continue
        read += 1
        compact_text(timeline)
        diff(whole, timeline)
        audacity_labels(timeline).encode()
        reaper_project(timeline, {"voice": "voice.wav"}).encode()
        parts = RenderedParts(timeline, details, path.with_name("s.mp3"), {}, b"")
        for name in OUTPUTS.keys() - {"page", "timeline", "cover", "plot", "living"}:
            assert OUTPUTS[name].make(parts)
        if count % 20 == 0:  # it takes its time
            id3(timeline, details)
    assert read > 5
    return count


def test_a_catalogue_with_any_bytes_changed_is_read_or_refused(
    folder: Path, record_property: Callable[[str, object], None]
) -> None:
    rng = random.Random(9)
    script = load_script(folder / "s.yaml")
    path = catalogue_path(str(folder / "s.yaml"), "de")
    path.parent.mkdir(parents=True)
    for _ in range(300):
        path.write_bytes(mutated(PO.encode(), rng))
        with pytest.raises(PsoasError) as caught:  # a text of the script is missing in any case
            translate_script(script, "de")
        assert isinstance(caught.value, ScriptError)
        assert all(problem.mark.line >= 1 for problem in caught.value.problems)
    record_property("cases", 300)


def test_a_lexicon_with_any_bytes_changed_is_read_or_refused(
    folder: Path, record_property: Callable[[str, object], None]
) -> None:
    rng = random.Random(9)
    for _ in range(500):
        data = mutated(PLS.encode(), rng)
        with suppress(InvalidValueError):
            assert all(map(str.strip, read_pls(data, 100).words.values()))
    for word in ("Rest", "lie down"):
        (folder / "large.pls").write_text(PLS.replace(word, "x" * 500))
        script, problems = read_source(SCRIPT.replace("words.pls", "large.pls"), folder=folder)
        assert script is None
        assert problems[0].mark.line == 6
    record_property("cases", 502)


def test_a_programme_with_any_bytes_changed_is_read_or_refused(
    folder: Path, record_property: Callable[[str, object], None]
) -> None:
    rng = random.Random(9)
    path = folder / "p.yaml"
    for _ in range(300):
        path.write_bytes(mutated(PROGRAMME.encode(), rng))
        with suppress(PsoasError):
            load_programme(str(path))
    record_property("cases", 300)


def test_a_site_of_a_stranger_s_sessions_is_made_or_refused(
    tmp_path: Path, folder: Path, record_property: Callable[[str, object], None]
) -> None:
    names = ("voice", "comment", "summary", "kind", "equipment", "position", "level", "avoid",
             "figure")  # fmt: skip
    timeline = plan(folder / "s.yaml").timeline
    values: tuple[Any, ...] = ("\ud800", "a\0b", 10**30, "</script>", [["\ud800"]], ["a\nb"])
    for number, value in enumerate(values):
        made = {"about": dict.fromkeys(names, value), "variant": value, "choices": value}
        text = json.dumps(json.loads(to_json(timeline)) | {"made": made})
        (tmp_path / f"s{number}.timeline.json").write_text(text)
        (tmp_path / f"s{number}.mp3").write_bytes(b"no sound")
    site, path = site_of("https://example.org/"), tmp_path / "s0.timeline.json"
    (tmp_path / "catalogue.json").write_text(json.dumps({"sessions": [{"name": []}]}))
    assert publish(tmp_path, site).sessions == len(values)
    path.write_text(json.dumps({"version": 1, "made": []}))
    with pytest.raises(PsoasError) as caught:
        publish(tmp_path, site)
    assert caught.value.where == str(path)
    left = tmp_path / ".psoas-audio-left.part"
    left.touch()
    os.utime(left, (1, 1))
    path.write_text(to_json(timeline))
    (tmp_path / "catalogue.json").write_text("[" * 100_000)
    assert publish(tmp_path, site).sessions == len(values)
    assert not left.exists()
    record_property("cases", len(values) + 2)
