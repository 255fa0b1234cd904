"""Test 8 of the battery for timelines that somebody has changed."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from pathlib import Path

import pytest

from psoas_audio.api import plan
from psoas_audio.errors import PsoasError
from psoas_audio.provenance.compare import compare
from psoas_audio.provenance.read_provenance import read_provenance
from psoas_audio.timeline import to_json

PIECES = (
    b"\0", b"\x1b", b"\xff\xfe", b"\xed\xa0\x80", b"\xc2\x85", b"\t", b"\r", b"{", b"}", b"[", b"]",
    b"- ", b": ", b"? ", b"&a ", b"*a", b"!!python/object:os.system ", b"<<: *a", b"--- ", b"...\n",
    b"|\n", b">-\n", b"'", b'"', b"#", b"%YAML 1.1\n", b"@", b"`", b"1e999", b".nan", b"-1s",
    b"0x10", b"1:75", b"no", b"~", b"null", b"{side}", b"[pause 9h]", b"\xf0\x9f\x91\xbd",
    b"repeat: 9999\n",
)  # fmt: skip


def mutated(data: bytes, rng: random.Random) -> bytes:
    """*data* after a few edits: bytes changed, cut, doubled, or pieces put in."""
    content = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at, length = rng.randrange(len(content) + 1), rng.randrange(40)
        match rng.randrange(5):
            case 0 if content:
                content[at % len(content)] = rng.randrange(256)
            case 1:
                del content[at : at + length]
            case 2:
                content[at:at] = content[at : at + length]
            case 3:
                content[at:at] = rng.choice(PIECES)
            case _:
                other = rng.randrange(len(content) + 1)
                content[at:at] = content[other : other + length]
    return bytes(content)


def test_a_timeline_that_was_tampered_with_is_refused_or_read(tmp_path: Path) -> None:
    rng = random.Random(9)
    text = (
        "title: Short\nlanguage: en-US\nsafety: none\nvoice: {engine: espeak}\n"
        "chapters:\n  - title: One\n    steps:\n      - say: Rest.\n      - hold: 10s\n"
    )
    (tmp_path / "s.yaml").write_text(text)
    made = {"of": "s", "choices": {"length": 480_000, "breath": {"name": "box"}, "skip": ["One"]}}
    good = to_json(plan(tmp_path / "s.yaml").timeline, made=made).encode()
    path = tmp_path / "s.timeline.json"
    for _ in range(300):
        path.write_bytes(mutated(good, rng))
        with suppress(PsoasError):
            read_provenance(path)
        with suppress(PsoasError):
            compare(path, path)
    hostile = {
        "deep": "[" * 100_000,
        "long number": '{"made": {"of": "s", "choices": {"length": ' + "9" * 5_000 + "}}}",
        "infinite": '{"made": {"of": "s", "choices": {"length": Infinity}}}',
        "path": '{"made": {"of": "../../etc/passwd"}}',
        "list": "[]",
        "empty": "",
    }
    for content in hostile.values():
        path.write_text(content)
        for read in (read_provenance, compare):
            with pytest.raises(PsoasError):
                read(path, path) if read is compare else read(path)  # type: ignore[operator]
    assert json.loads(good)["made"]["of"] == "s"
