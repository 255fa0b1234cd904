"""Bytes stand in the page as text, and the page reads the same bytes."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from node_scripts import needs_node, run_in_node

from psoas_audio.living.document import packed
from psoas_audio.living.text import page_bytes, page_text


@given(st.binary(max_size=300))
def test_text_stands_for_the_same_bytes(data: bytes) -> None:
    text = page_text(data)
    assert page_bytes(text, len(data)) == data
    assert not set(text) & set("<>&\n\r ")


def test_the_text_is_shorter_than_base64() -> None:
    data = random.Random(1).randbytes(100_000)
    assert len(page_text(data)) < 1.24 * len(data)


@needs_node
def test_the_page_reads_the_bytes_again(tmp_path: Path) -> None:
    parts = [random.Random(size).randbytes(size) for size in (0, 1, 7, 8, 13, 14, 1000, 100_003)]
    found = run_in_node(
        ("document.js",),
        "const hex = ({ text, count }) => Buffer.from(fromText(text, count)).toString('hex');\n"
        "return parts.map(hex);",
        tmp_path,
        parts=[{"text": page_text(part), "count": len(part)} for part in parts],
    )
    assert [bytes.fromhex(part) for part in found] == parts


@needs_node
def test_the_page_reads_the_document(tmp_path: Path) -> None:
    value = {"a": [1, -2, "“ü”"], "b": {"c": ["</script>", "\u2028"]}}
    code = "return unpack(text);"
    assert run_in_node(("document.js",), code, tmp_path, text=packed(value)) == value
