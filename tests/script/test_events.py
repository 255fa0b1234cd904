"""YAML to nodes: every text as written, every place, and none of YAML's traps."""

from __future__ import annotations

import pytest

from psoas_audio.errors import Mark, Problem
from psoas_audio.script.source.events import MappingNode, Node, ScalarNode, SequenceNode, parse_yaml


def read(text: str | bytes) -> tuple[Node | None, list[Problem]]:
    problems: list[Problem] = []
    return parse_yaml(text, "x.yaml", problems), problems


def told(text: str | bytes) -> list[tuple[int, int, str]]:
    return [(p.mark.line, p.mark.column, p.rule) for p in read(text)[1]]


def test_nodes_keep_their_text_and_place() -> None:
    node, problems = read("a: no\nb:\n  - 012\n  - '1:30'\n")
    assert not problems
    assert node == MappingNode(
        (
            (ScalarNode("a", Mark("x.yaml", 1, 1)), ScalarNode("no", Mark("x.yaml", 1, 4))),
            (
                ScalarNode("b", Mark("x.yaml", 2, 1)),
                SequenceNode(
                    (
                        ScalarNode("012", Mark("x.yaml", 3, 5)),
                        ScalarNode("1:30", Mark("x.yaml", 4, 5), quoted=True),
                    ),
                    Mark("x.yaml", 3, 3),
                ),
            ),
        ),
        Mark("x.yaml", 1, 1),
    )


def test_columns_count_characters_not_bytes() -> None:
    assert told("a: {ü😀: 1, ü😀: 2}") == [(1, 12, "duplicate-key")]


def test_a_duplicate_key_names_both_lines() -> None:
    (problem,) = read("title: a\nb: c\ntitle: d\n")[1]
    assert (problem.mark.line, problem.mark.column) == (3, 1)
    assert "line 1" in problem.message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: &x 1", (1, 4, "anchor")),
        ("a: [b]\nc: *b", (2, 4, "alias")),
        ("a: !!python/object:os.system x", (1, 4, "tag")),
        ("a: !include /etc/passwd", (1, 4, "tag")),
        ("a:\n  <<: {b: c}", (2, 3, "merge")),
        ("a: 1\n---\nb: 2", (2, 1, "second-document")),
        ("? [a, b]\n: c", (1, 3, "bad-key")),
        ("%YAML 1.1\n---\na: 1", (1, 1, "directive")),
        ("", (1, 1, "empty")),
        ("# only a note\n", (1, 1, "empty")),
        ("a: b\x00c", (1, 5, "control-character")),
        ("a: \x1b[0m", (1, 4, "control-character")),
        ('a: "\\0"', (1, 4, "control-character")),
        ('a: "\\e"', (1, 4, "control-character")),
        ("a: b\u2028c", (1, 5, "control-character")),
        ("a: b\x85c", (1, 5, "control-character")),
        ("a: \ud800", (1, 4, "control-character")),
        ("a: \ufffe", (1, 4, "control-character")),
        (b"a: b\nc: caf\xe9", (2, 7, "encoding")),
        ("a: b".encode("utf-16"), (1, 1, "encoding")),
        (b"a: \xed\xa0\x80", (1, 4, "encoding")),
    ],
)
def test_yaml_that_scripts_do_not_need_is_refused_with_its_place(
    text: str | bytes, place: tuple[int, int, str]
) -> None:
    assert told(text) == [place]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    node, problems = read(b"\xef\xbb\xbfa: b")
    assert not problems
    assert isinstance(node, MappingNode)
    assert node.pairs[0][0].text == "a"


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("say: Remember: breathe", (1, 14), "quotes"),
        ("say: {side} first", (1, 6), "quotes"),
        ("say: [pause 2s] then", (1, 6), "quotes"),
        ("say: *Soften* the jaw", (1, 13), "quotes"),
        ("say: @home", (1, 6), "quotes"),
        ('say: "a', (1, 6), "quotes"),
        ('say: "He said "hi" now"', (1, 16), "other kind"),
        ("a:\n\t- b", (2, 1), "spaces"),
        ("a:\n  - b\n - c", (3, 2), "Indent"),
        ("a: {b: c", (1, 4), "quotes"),
        ("a: [{b: on the {side}.}]", (1, 16), "quotes"),
    ],
)
def test_common_mistakes_are_reported_in_plain_words(
    text: str, place: tuple[int, int], hint: str
) -> None:
    (problem,) = read(text)[1]
    assert (problem.mark.line, problem.mark.column) == place
    assert hint in problem.hint
    assert "flow" not in problem.message
    assert "token" not in problem.message
