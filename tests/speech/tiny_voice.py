"""A Piper voice of half a kilobyte: an ONNX graph that hums, the longer the more phonemes."""

import json
import struct
from pathlib import Path

FLOAT, INT64 = 1, 7
SAMPLES_PER_SYMBOL = 600.0


def write_voice(folder: Path, name: str) -> None:
    """Write ``name.onnx`` and ``name.onnx.json``; needs ``piper``."""
    from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

    (folder / f"{name}.onnx").write_bytes(graph())
    settings = {
        "audio": {"sample_rate": 16000},
        "espeak": {"voice": "en-us"},
        "language": {"code": "en_US"},
        "num_symbols": 256,
        "num_speakers": 1,
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
    }
    (folder / f"{name}.onnx.json").write_text(json.dumps(settings))


def graph() -> bytes:
    """The model: ``0.3 sin(0.05 t)`` for ``t`` below symbols x length scale x a constant."""
    constants = [
        tensor("one", INT64, [1], struct.pack("<q", 1)),
        tensor("two", INT64, [1], struct.pack("<q", 2)),
        tensor("nothing", INT64, [0], b""),
        tensor("shape", INT64, [4], struct.pack("<4q", 1, 1, 1, -1)),
        tensor("each", FLOAT, [1], struct.pack("<f", SAMPLES_PER_SYMBOL)),
        *(
            tensor(name, FLOAT, [], struct.pack("<f", value))
            for name, value in (("zero", 0.0), ("unit", 1.0), ("pitch", 0.05), ("level", 0.3))
        ),
    ]
    to_float = field(5, field(1, "to") + field(3, FLOAT) + field(20, 2))
    nodes = [
        node("Slice", ["scales", "one", "two"], "length_scale"),
        node("Cast", ["input_lengths"], "symbols", to_float),
        node("Mul", ["symbols", "length_scale"], "scaled"),
        node("Mul", ["scaled", "each"], "samples"),
        node("Reshape", ["samples", "nothing"], "end"),
        node("Range", ["zero", "end", "unit"], "time"),
        node("Mul", ["time", "pitch"], "phase"),
        node("Sin", ["phase"], "wave"),
        node("Mul", ["wave", "level"], "quiet"),
        node("Reshape", ["quiet", "shape"], "output"),
    ]
    whole = b"".join(
        [
            *(field(1, one) for one in nodes),
            field(2, "hum"),
            *(field(5, constant) for constant in constants),
            field(11, value("input", INT64, [1, "symbols"])),
            field(11, value("input_lengths", INT64, [1])),
            field(11, value("scales", FLOAT, [3])),
            field(12, value("output", FLOAT, [1, 1, 1, "time"])),
        ]
    )
    return field(1, 8) + field(7, whole) + field(8, field(2, 13))


def field(number: int, content: int | str | bytes) -> bytes:
    """One field of a protocol buffer message."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    data = content.encode() if isinstance(content, str) else content
    return varint(number << 3 | 2) + varint(len(data)) + data


def varint(value: int) -> bytes:
    groups = []
    while value > 127:
        groups.append(value & 127 | 128)
        value >>= 7
    return bytes([*groups, value])


def tensor(name: str, kind: int, shape: list[int], data: bytes) -> bytes:
    dimensions = b"".join(field(1, size) for size in shape)
    return dimensions + field(2, kind) + field(8, name) + field(9, data)


def node(kind: str, inputs: list[str], output: str, attributes: bytes = b"") -> bytes:
    taken = b"".join(field(1, name) for name in inputs)
    return taken + field(2, output) + field(4, kind) + attributes


def value(name: str, kind: int, shape: list[int | str]) -> bytes:
    sizes = b"".join(field(1, field(1 if isinstance(s, int) else 2, s)) for s in shape)
    return field(1, name) + field(2, field(1, field(1, kind) + field(2, sizes)))
