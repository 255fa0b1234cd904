"""Cuts out of an ONNX model what computes some of its tensors, without another library.

onnxruntime runs all nodes of a graph, whichever of its outputs is asked for. So what is needed
before the rest of a model is run must be a model of its own, and so must the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from psoas_audio.speech.neural.onnx_outputs import (
    GRAPH,
    OUTPUT,
    output_field,
    protobuf_field,
    protobuf_head,
    protobuf_number,
)

_NODE, _INITIALIZER, _INPUT = 1, 5, 11
"""Numbers of ``GraphProto.node``, ``.initializer`` and ``.input`` (onnx.proto3)."""
_VALUE_NAME, _VALUE_TYPE, _TENSOR_TYPE, _ELEMENT_TYPE = 1, 2, 1, 1
"""Of ``ValueInfoProto.name`` and ``.type``, ``TypeProto.tensor_type`` and ``.elem_type`` in it."""
_ELEMENT_TYPES = {"tensor(float)": 1, "tensor(int64)": 7, "tensor(float16)": 10}
"""Numbers of ``TensorProto.DataType`` by onnxruntime's names for tensors of them."""
_INPUTS, _OUTPUTS = 1, 2
"""Of ``NodeProto``: the names of its tensors."""
_TENSOR_NAME = 8
"""Of ``TensorProto``."""
_FIXED_LENGTHS = {1: 8, 5: 4}
"""Bytes of numbers by their wire type."""
_VARINT, _LENGTH_DELIMITED = 0, 2
"""The other wire types."""

_Bytes: TypeAlias = bytes | memoryview


class _Field(NamedTuple):
    number: int
    content: memoryview
    """Bytes of the message or text; nothing for a number."""
    whole: memoryview
    """The same with what stands before it."""


def part_for(
    model: bytes,
    outputs: Sequence[str] = (),
    inputs: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """*model* with nothing but what the tensors *outputs* are made from, then its only outputs.

    Without *outputs* they are the model's own. *inputs* are tensors that the part is given instead
    of computing them, with their type as onnxruntime names it. Of the model's own inputs those stay
    that the part needs.

    Raises ``ValueError`` for bytes that aren't an ONNX model. Graphs inside nodes aren't looked
    into: onnxruntime can't load the part if it depends on what only they use.
    """
    pieces: list[_Bytes] = []  # joined once, as they are large
    for top in _fields(memoryview(model)):
        if top.number == GRAPH:
            graph = _reduced(top.content, outputs, inputs)
            pieces += [protobuf_head(GRAPH, sum(map(len, graph))), *graph]
        else:
            pieces.append(top.whole)
    return b"".join([*pieces, *map(output_field, outputs)])


def _reduced(graph: memoryview, outputs: Sequence[str], inputs: Mapping[str, str]) -> list[_Bytes]:
    """The fields of *graph* without what *outputs*, or else its own, don't need."""
    parts = list(_fields(graph))
    own = [_name(part) for part in parts if part.number == OUTPUT]
    makers = {
        output: (index, part.content)
        for index, part in enumerate(parts)
        if part.number == _NODE
        for output in _texts(part.content, _OUTPUTS)
        if output not in inputs
    }
    nodes, tensors, needed = set(), set(), [*(outputs or own)]
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
        if part.number in (_INITIALIZER, _INPUT):
            return _name(part) in tensors
        return part.number != OUTPUT or not outputs

    kept: list[_Bytes] = [part.whole for index, part in enumerate(parts) if stays(index, part)]
    return kept + [_input(name, kind) for name, kind in inputs.items() if name in tensors]


def _name(part: _Field) -> str:
    """The name of an input, an output or a constant."""
    (name,) = _texts(part.content, _TENSOR_NAME if part.number == _INITIALIZER else _VALUE_NAME)
    return name


def _input(name: str, kind: str) -> bytes:
    """The field of an input of any shape."""
    tensor = protobuf_number(_ELEMENT_TYPE, _ELEMENT_TYPES[kind])
    value_type = protobuf_field(_VALUE_TYPE, protobuf_field(_TENSOR_TYPE, tensor))
    return protobuf_field(_INPUT, protobuf_field(_VALUE_NAME, name.encode()) + value_type)


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
