"""Makes a hidden tensor of an ONNX model an output of it, without another library.

A model is a Protocol Buffers message, and such messages merge when they are joined: a graph that
has nothing but one more output, written after the model, adds that output to it.
"""

from __future__ import annotations

GRAPH, OUTPUT, _NAME = 7, 12, 1
"""Numbers of ``ModelProto.graph``, ``GraphProto.output`` and ``ValueInfoProto.name``
(onnx.proto3)."""
_NUMBER, _LENGTH_DELIMITED = 0, 2
"""The wire types of whole numbers, and of messages and texts."""


def with_output(model: bytes, tensor: str) -> bytes:
    """*model* with *tensor* as its last output.

    Loading it fails in onnxruntime if the model has no tensor of that name; see :func:`has_tensor`.
    """
    return model + output_field(tensor)


def output_field(tensor: str) -> bytes:
    """What to write after a model so that *tensor* is its last output."""
    return protobuf_field(GRAPH, protobuf_field(OUTPUT, protobuf_field(_NAME, tensor.encode())))


def has_tensor(model: bytes, tensor: str) -> bool:
    """Whether *model* names *tensor*: a node's input or output, or a value of the graph."""
    name = tensor.encode()
    return _varint(len(name)) + name in model


def protobuf_field(number: int, content: bytes) -> bytes:
    """The field *number* of a Protocol Buffers message: a message itself, or a text."""
    return protobuf_head(number, len(content)) + content


def protobuf_head(number: int, length: int) -> bytes:
    """What comes before a content of *length* bytes in the field *number*."""
    return _varint(number << 3 | _LENGTH_DELIMITED) + _varint(length)


def protobuf_number(number: int, value: int) -> bytes:
    """The field *number* of a Protocol Buffers message: a whole number from 0 on."""
    return _varint(number << 3 | _NUMBER) + _varint(value)


def _varint(value: int) -> bytes:
    groups = []
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value])
