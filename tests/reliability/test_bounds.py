"""Test 8 of the battery: whatever class of YAML, sound or timeline is given, the outcome is a
session or our own error with a place, soon, and in less than 200 MB."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from yaml_classes import BAD, GOOD

from psoas_audio.errors import ScriptError
from psoas_audio.script.load import parse_script, read_source

MOST_MB = 200
MOST_SECONDS = 10.0

HEAD = "title: x\nlanguage: en-US\nsafety: none\nvoice: {engine: espeak}\n"
LONG = "word " * 3_900
BLOCK = "values: {a: x}\nsteps: [{include: NEXT, values: {a: '" + "{a}" * 6_000 + "'}}]\n"
SCRIPTS = {
    "good": HEAD + "steps:\n  - say: Rest a while.\n  - hold: 5s\n",
    "values in a text": HEAD + f"values: {{a: '{LONG}'}}\nsteps:\n"
    + ("  - say: '" + "{a} " * 4_900 + "'\n") * 4,
    "values in many texts": HEAD + f"values: {{a: '{LONG}'}}\nsteps:\n"
    + "  - say: '{a}'\n" * 1_500,
    "values in values": HEAD + BLOCK.replace("NEXT", "b0").removeprefix("values: {a: x}\n"),
    "a long alias": HEAD + f"lexicon: {{w: '{LONG}'}}\nsteps:\n"
    + ("  - say: '" + "w " * 9_900 + "'\n") * 4,
    "an alias in many words": HEAD + "lexicon: {w: '" + "e " * 49 + "'}\nsteps:\n"
    + ("  - say: '" + "w " * 9_900 + "'\n") * 4,
    "rounds of words": HEAD + "steps:\n  - repeat: 2000\n    steps:\n"
    + f"      - say: '{LONG}'\n" * 4,
    "rounds of breaths": HEAD + "steps:\n" + "  - breathe: box for 2000 breaths\n" * 500,
    "rounds in rounds": HEAD + "steps: " + "[{repeat: 2000, steps: " * 9 + "[Hi]" + "}]" * 9,
    "chapters": HEAD + "chapters:\n" + "  - title: x\n    steps: [{hold: 5s}]\n" * 2_000,
    "bells": HEAD + "steps:\n" + "  - bell: bowl\n" * 5_000,
}  # fmt: skip
"""Small files that unfold."""

RIFF = b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\1\0\2\0\x80\xbb\0\0\0\xee\2\0\4\0\x10\0data"


def deep(brackets: str) -> str:
    return '{"version": 1, "sample_rate": 48000, "made": ' + brackets * 200_000


def sounds(folder: Path) -> dict[str, bytes]:
    """Sound files that lie, break off or unfold."""
    path = folder / "tone"
    tone = 0.3 * np.sin(np.arange(48_000) / 20)
    found: dict[str, bytes] = {}
    for kind in ("WAV", "FLAC", "OGG", "MP3"):
        soundfile.write(path, tone, 48_000, format=kind)
        good = path.read_bytes()
        found |= {
            f"torn {kind}": good[: len(good) // 2],
            f"header alone {kind}": good[:60],
            f"with a hole {kind}": good[:200] + bytes(400) + good[600:],
        }
        if kind == "FLAC":  # says that it has as many frames as just pass for ten minutes
            found["lying FLAC"] = good[:22] + struct.pack(">I", 600 * 48_000) + good[26:]
            found["absurd FLAC"] = good[:21] + b"\xff" * 5 + good[26:]
    # Two hours of silence, and four minutes of it at a high rate, in a few kilobytes.
    for name, rate, seconds in (("hours of FLAC", 48_000, 7_200), ("fast FLAC", 192_000, 240)):
        with soundfile.SoundFile(path, "w", rate, 2, format="FLAC", subtype="PCM_16") as file:
            for _ in range(seconds // 10):
                file.write(np.zeros((rate * 10, 2), np.int16))
        found[name] = path.read_bytes()
    path.unlink()
    return found | {
        "lying WAV": RIFF + b"\xff\xff\xff\x7f" + bytes(4_000),
        "NaN WAV": RIFF.replace(b"\1\0\2\0", b"\3\0\1\0").replace(b"\4\0\x10\0", b"\4\0\x20\0")
        + struct.pack("<I4f", 16, *[float("nan")] * 4),
        "playlist": b"#EXTM3U\nhttp://127.0.0.1/x\n",
        "empty": b"",
    }


TIMELINES = {
    "deep lists": deep("["),
    "deep objects": deep('{"a":'),
    "a huge number": '{"version": 1, "sample_rate": 48000, "length": ' + "9" * 100_000 + "}",
    "many numbers": '{"made": [' + "1," * 2_000_000 + "1]}",
    "not JSON": "x" * 1_000_000,
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[float, str]]:
    """What came of each file, read in one process; its peak of memory is under ``MB``."""
    folder = tmp_path_factory.mktemp("hostile")
    files: dict[str, bytes] = {f"{name}.script": text.encode() for name, text in SCRIPTS.items()}
    for name, content in sounds(folder).items():
        files |= {f"{name}.{kind}": content for kind in ("sound", "recording", "take")}
    files |= {f"{name}.json": text.encode() for name, text in TIMELINES.items()}
    files |= {"bomb.mp3": b"ID3\x03\0\0\x7f\x7f\x7f\x7f" + b"TXXX\x7f\xff\xff\xff\0\0\3" * 1_000}
    files |= {"deep.programme": b"title: x\nweeks: " + b"[" * 60_000}
    for number in range(5):  # blocks lie beside their script
        files[f"b{number}.yaml"] = BLOCK.replace("NEXT", f"b{number + 1}").encode()
    files["b5.yaml"] = b"values: {a: x}\nsteps: ['{a}']\n"
    for name, data in files.items():
        (folder / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("bounded.py")), str(folder)],
        cwd=folder, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    *lines, peak = map(json.loads, done.stdout.splitlines())
    told = {name: (seconds, outcome) for name, seconds, outcome in lines}
    assert told.keys() == {name for name in files if not name.endswith(".yaml")}
    return told | {"MB": (float(peak), "")}


def test_hostile_files_are_answered_soon_and_in_bounds(
    outcomes: dict[str, tuple[float, str]], record_property: Callable[[str, object], None]
) -> None:
    slow = {
        name: told for name, told in outcomes.items() if name != "MB" and told[0] > MOST_SECONDS
    }
    assert slow == {}
    assert outcomes["MB"][0] < MOST_MB
    record_property("cases", len(outcomes) - 1)


def test_hostile_files_are_refused_in_our_own_words(
    outcomes: dict[str, tuple[float, str]], record_property: Callable[[str, object], None]
) -> None:
    read = sorted(name for name, (_, outcome) in outcomes.items() if outcome == "read")
    assert [name for name in read if not name.endswith((".sound", ".recording", ".take"))] == [
        "an alias in many words.script", "bells.script", "chapters.script", "good.script"
    ]  # fmt: skip
    # A WAV file that claims more than it has is as long as what it has, for every reader.
    assert not [n for n in read if n.startswith(("lying FLAC", "absurd", "empty", "NaN", "play"))]
    for name, (_, outcome) in outcomes.items():
        if name != "MB" and outcome != "read":
            assert "error" in outcome, name
            assert "Traceback" not in outcome, name
    record_property("cases", len(outcomes) - 1)


@pytest.mark.parametrize("name", GOOD)
def test_every_spelling_of_a_script_is_read(name: str) -> None:
    script = parse_script(GOOD[name])
    (chapter,) = script.chapters
    assert script.title == "Rest"
    assert len(chapter.steps) == 2


@pytest.mark.parametrize("name", BAD)
def test_every_other_yaml_is_refused_with_its_place(name: str) -> None:
    text = BAD[name]
    script, problems = read_source(text)
    errors = [problem for problem in problems if problem.severity == "error"]
    assert script is None
    assert errors
    lines = text.count(b"\n" if isinstance(text, bytes) else "\n") + 1  # type: ignore[arg-type]
    for problem in errors:
        assert 1 <= problem.mark.line <= lines + 1
        assert problem.mark.column >= 1
        assert problem.message
    with pytest.raises(ScriptError):
        parse_script(text)
