"""Cuts out of an ONNX model what computes one of its tensors, without another library.

onnxruntime runs all nodes of a graph, whichever of its outputs is asked for. So what is needed
before the rest of a model is run must be a model of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from psoas_audio.speech.neural.onnx_outputs import GRAPH, OUTPUT, protobuf_field, with_output

_NODE, _INITIALIZER = 1, 5
"""Numbers of ``GraphProto.node`` and ``GraphProto.initializer`` (onnx.proto3)."""
_INPUTS, _OUTPUTS = 1, 2
"""Of ``NodeProto``: the names of its tensors."""
_TENSOR_NAME = 8
"""Of ``TensorProto``."""
_FIXED_LENGTHS = {1: 8, 5: 4}
"""Bytes of numbers by their wire type."""
_VARINT, _LENGTH_DELIMITED = 0, 2
"""The other wire types."""


class _Field(NamedTuple):
    number: int
    content: memoryview
    """Bytes of the message or text; nothing for a number."""
    whole: memoryview
    """The same with what stands before it."""


def part_for(model: bytes, tensor: str) -> bytes:
    """*model* with nothing but what *tensor*, then its only output, is computed from.

    Raises ``ValueError`` for bytes that aren't an ONNX model. Graphs inside nodes aren't looked
    into: onnxruntime can't load the part if *tensor* depends on what only they use.
    """
    return with_output(
        b"".join(
            _reduced(top.content, tensor) if top.number == GRAPH else top.whole
            for top in _fields(memoryview(model))
        ),
        tensor,
    )


def _reduced(graph: memoryview, tensor: str) -> bytes:
    """The field of *graph* without outputs, and without what *tensor* doesn't need."""
    parts = list(_fields(graph))
    makers = {
        output: (index, part.content)
        for index, part in enumerate(parts)
        if part.number == _NODE
        for output in _texts(part.content, _OUTPUTS)
    }
    nodes, tensors, needed = set(), set(), [tensor]
    while needed:
        name = needed.pop()
        if name not in tensors and name in makers:
            index, node = makers[name]
            nodes.add(index)
            needed += _texts(node, _INPUTS)
        tensors.add(name)

    def stays(index: int, part: _Field) -> bool:
        if part.number == _NODE:
            return index in nodes
        if part.number == _INITIALIZER:
            return not tensors.isdisjoint(_texts(part.content, _TENSOR_NAME))
        return part.number != OUTPUT

    kept = (part.whole for index, part in enumerate(parts) if stays(index, part))
    return protobuf_field(GRAPH, b"".join(kept))


def _texts(message: memoryview, number: int) -> list[str]:
    return [str(part.content, "utf-8") for part in _fields(message) if part.number == number]


def _fields(message: memoryview) -> Iterator[_Field]:
    """The fields of a Protocol Buffers message in their order."""
    at = 0
    while at < len(message):
        start = at
        key, at = _varint(message, at)
        wire_type, content = key & 7, message[:0]
        if wire_type == _LENGTH_DELIMITED:
            length, at = _varint(message, at)
            content = message[at : at + length]
            at += length
        elif wire_type == _VARINT:
            _, at = _varint(message, at)
        elif wire_type in _FIXED_LENGTHS:
            at += _FIXED_LENGTHS[wire_type]
        else:
            raise ValueError("not a Protocol Buffers message")
        if at > len(message):
            raise ValueError("a Protocol Buffers message that ends too early")
        yield _Field(key >> 3, content, message[start:at])


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """The number at *at*, seven bits a byte, and where it ends."""
    value = shift = 0
    while at < len(message):
        value |= (message[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if message[at - 1] < 0x80:
            return value, at
    raise ValueError("a Protocol Buffers message that ends too early")
