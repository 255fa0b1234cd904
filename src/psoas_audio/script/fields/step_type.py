"""How a script writes a step: a mapping with one verb, or a text alone, which is spoken."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from psoas_audio.script.fields.keys import FieldValues, read_table
from psoas_audio.script.fields.reading import (
    INVALID,
    NodeReader,
    ValueType,
    list_of,
    report_wrong_type,
    shorten,
)
from psoas_audio.script.fields.unknown_keys import suggest_verb
from psoas_audio.script.source.events import MappingNode, Node, ScalarNode


def _read_step(node: Node, reader: NodeReader) -> Any:
    if isinstance(node, ScalarNode):
        if not node.quoted and (verb := _verb_alone(tuple(reader.verbs)).match(node.text)):
            return reader.error(
                node.mark,
                "missing-colon",
                f"'{verb[1]}' without a colon would be spoken.",
                f"Write '{verb[1]}: …', or begin the sentence with a capital letter.",
            )
        node = MappingNode(((ScalarNode("say", node.mark), node),), node.mark)
    if not isinstance(node, MappingNode):
        return report_wrong_type("a step, such as 'say: …'", node, reader)
    verbs = _verbs_of(node, reader)
    if len(verbs) != 1:
        return _not_one_verb(node, verbs, reader)
    if verbs[0] in reader.speakers:
        node, verbs = _with_speaker_as_option(node, reader), ["say"]
    kind = reader.verbs[verbs[0]]
    fields = read_table(kind.table, node, reader)
    return kind.build(fields) if isinstance(fields, FieldValues) else INVALID


def _with_speaker_as_option(node: MappingNode, reader: NodeReader) -> MappingNode:
    """*node* with ``say: words, speaker: friend`` in place of ``friend: words``."""
    pairs: list[tuple[ScalarNode, Node]] = []
    for key, value in node.pairs:
        if key.text in reader.speakers:
            pairs.append((ScalarNode("say", key.mark), value))
            pairs.append((ScalarNode("speaker", key.mark), ScalarNode(key.text, key.mark)))
        else:
            pairs.append((key, value))
    return MappingNode(tuple(pairs), node.mark)


@lru_cache(maxsize=8)
def _verb_alone(verbs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(verbs)})(?::|\s|$)")


def _verbs_of(node: MappingNode, reader: NodeReader) -> list[str]:
    """The verbs and speakers among the keys of *node*, without those that are options of another
    (``say``)."""
    verbs = [key.text for key, _ in node.pairs if key.text in {*reader.verbs, *reader.speakers}]
    options = {
        key
        for verb in verbs
        for key in reader.verbs["say" if verb in reader.speakers else verb].table.key_names()
        if key != verb
    }
    return [verb for verb in verbs if verb not in options]


def _not_one_verb(node: MappingNode, verbs: list[str], reader: NodeReader) -> Any:
    if len(verbs) > 1:
        second = next(key for key, _ in node.pairs if key.text == verbs[1])
        return reader.error(
            second.mark,
            "two-verbs",
            f"a step does one thing; this has '{verbs[0]}' and '{verbs[1]}'.",
            f"Begin a new step: '- {verbs[1]}: …'.",
        )
    if not node.pairs:
        return reader.error(node.mark, "unknown-step", "this step is empty.", "Write 'say: …'.")
    first = node.pairs[0][0]
    hints = (suggest_verb(key.text, [*reader.verbs, *reader.speakers]) for key, _ in node.pairs)
    return reader.error(
        first.mark,
        "unknown-step",
        f"'{shorten(first.text)}' isn't a step.",
        next(filter(None, hints), "") or f"A step is one of {', '.join(reader.verbs)}.",
    )


STEP_TYPE = ValueType("a step", _read_step, {"$ref": "#/$defs/step"})
STEPS_TYPE = list_of(STEP_TYPE, "a list of steps", min_items=1)
