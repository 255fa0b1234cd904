"""Files that a script or an option names: links, devices and bombs are refused at once."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from bench import Bench

from psoas_audio.speech.engines.recorded import recording_id

GIGABYTE = 1 << 30


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (4 * GIGABYTE, 4 * GIGABYTE))


def plant(path: Path, kind: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    match kind:
        case "device":
            path.symlink_to("/dev/zero")
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "dangling":
            path.symlink_to(path.parent / "nowhere")


COMMANDS = {
    "a.timeline.json": [("diff", "a.timeline.json", "plank"),
                        ("render", "--like", "a.timeline.json")],
    "a.mp3": [("qc", "a.mp3"), ("render", "--like", "a.mp3", "-f"), ("plot", "a.mp3"),
              ("diff", "a.mp3", "plank")],
    "s.yaml": [("check", "s.yaml"), ("render", "s.yaml"), ("plan", "s.yaml"),
               ("translate", "extract", "s.yaml", "de"), ("programme", "show", "./s.yaml")],
    "own.wav": [("check", "own.yaml"), ("render", "own.yaml", "--engine", "espeak")],
    "words.pls": [("check", "pls.yaml")],
    "locale/de/po.po": [("check", "po.yaml", "--language", "de")],
    "d/batch.jsonl": [("batch", "own2.yaml", "-o", "d", "--engine", "espeak")],
    "take/rest.wav": [("render", "rec.yaml", "--voice", "recorded:take")],
}  # fmt: skip
SCRIPTS = {
    "own.yaml": "steps:\n  - say: Rest.\n  - bell: own.wav\n",
    "own2.yaml": "steps:\n  - say: Rest.\n  - bell: bowl\n",
    "pls.yaml": "lexicon: words.pls\nsteps:\n  - say: Rest.\n  - bell: bowl\n",
    "po.yaml": "steps:\n  - say: Rest.\n  - bell: bowl\n",
    "rec.yaml": "steps:\n  - say: Rest.\n  - bell: bowl\n",
}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, kind) for name in COMMANDS for kind in ("device", "pipe")),
        *((name, kind) for name in ("a.mp3", "own.wav") for kind in ("folder", "dangling")),
    ],
)
def test_no_file_that_is_named_can_hang_or_swallow_memory(
    bench: Bench, name: str, kind: str
) -> None:
    for script, text in SCRIPTS.items():
        bench.script(text, script)
    plant(bench.folder / name, kind)
    for command in COMMANDS[name]:
        done = bench.run(*command, before=limited, seconds=20)
        if not name.startswith(("d/", "take/", "locale/")):
            assert done.status in (1, 2, 3), (command, done.text)


def test_a_recording_that_links_out_of_its_folder_is_refused(bench: Bench) -> None:
    import numpy as np
    import soundfile

    name = bench.script(
        "voice: {engine: recorded, name: take}\nsteps:\n  - say: Rest.\n  - bell: bowl\n",
        "mine/s.yaml",
    )
    private = bench.folder / "private.wav"
    soundfile.write(private, 0.1 * np.random.default_rng(1).standard_normal(48_000), 48_000)
    take = recording_id("Rest.")
    folder = bench.folder / "mine" / "take"
    folder.mkdir()
    (folder / f"{take}.wav").symlink_to(private)
    done = bench.run("render", name, "-o", "s.mp3")
    assert done.status == 1
    assert "the recording is outside the folder" in done.err
    assert not (bench.folder / "s.mp3").exists()
    (folder / f"{take}.wav").unlink()
    shutil.copy(private, folder / f"{take}.wav")
    assert bench.run("render", name, "-o", "t.mp3").status == 0


def frame(name: bytes, head: bytes, length: int) -> bytes:
    """An ID3v2.4 frame, compressed, as a stranger may write it."""
    packer = zlib.compressobj(9)
    packed = packer.compress(head)
    for _ in range(length // 1_000_000):  # in pieces: what this process takes counts for its child
        packed += packer.compress(b"x" * 1_000_000)
    packed += packer.flush()
    flags = b"\x00\x09"  # compressed, with a data length indicator
    return name + synchsafe(len(packed) + 4) + flags + synchsafe(length) + packed


def synchsafe(number: int) -> bytes:
    return bytes((number >> shift) & 0x7F for shift in (21, 14, 7, 0))


MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "psoas_audio", *sys.argv[1:]], capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, used.ru_utime, used.ru_maxrss)
"""
"""Runs a command in a process of its own: what this process has taken counts for its children."""


@pytest.mark.parametrize(("name", "head"), [(b"TIT2", b"\x03"), (b"TXXX", b"\x03made\x00")])
def test_tags_that_decompress_to_much_more_are_refused_quickly(
    bench: Bench, name: bytes, head: bytes
) -> None:
    frames = frame(name, head, 200_000_000) * 8
    tag = b"ID3\x04\x00\x00" + synchsafe(len(frames)) + frames
    (bench.folder / "a.mp3").write_bytes(tag + b"\xff\xfb\x94\xc4" + bytes(380))
    for command in (("qc", "a.mp3"), ("render", "--like", "a.mp3"), ("plot", "a.mp3")):
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, *command],
            cwd=bench.folder, capture_output=True, text=True, timeout=30, check=True,
        )  # fmt: skip
        status, seconds, kilobytes = map(float, done.stdout.split())
        assert status in (1, 2), command
        assert seconds < 5
        assert kilobytes < 200_000


@pytest.mark.parametrize("cut", [11, 20, 40])
def test_a_take_with_a_broken_chunk_says_what_is_wrong(bench: Bench, cut: int) -> None:
    wav = (
        b"RIFF\x00\x10\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x80\xbb\x00\x00"
        b"\x00\x77\x01\x00\x02\x00\x10\x00LIST\xff\xff\xff\x7fINFO" + bytes(cut)
    )
    name = bench.script("steps:\n  - say: Rest.\n  - bell: bowl\n")
    take = recording_id("Rest.")
    (bench.folder / "take").mkdir()
    (bench.folder / "take" / f"{take}.wav").write_bytes(wav)
    done = bench.run("render", name, "--voice", "recorded:take", "-o", "s.mp3")
    assert done.status == 1
    assert "this sound file can't be read: error in wav file" in done.err


@pytest.mark.parametrize("item", ["{}", "[]", "{a: b}", "[[a]]", "{say: x}"])
@pytest.mark.parametrize("key", ["say", "ready", "halfway", "title", "label"])
def test_a_list_of_anything_is_reported_at_its_place(bench: Bench, key: str, item: str) -> None:
    text = {
        "say": f"steps:\n  - say: [{item}]\n",
        "title": f"chapters:\n  - title: [{item}]\n    steps: [{{say: A.}}]\n",
    }.get(key, f"steps:\n  - hold: 60s\n    {key}: [{item}]\n")
    name = bench.script(text + ("" if key == "title" else "  - bell: bowl\n"))
    done = bench.run("check", name)
    assert done.status == 3
    assert "s.yaml:" in done.text


USES = {
    "bed: {}.wav\n": "sound",
    "lexicon: {}.pls\n": "file",
    "cover: {}.jpg\n": "cover",
    "steps: [{{include: {}}}]\n": "block",
    "steps: [{{bell: {}.wav}}]\n": "sound",
}
REASONS = {
    "outside": "it is a link that leads out of the script's folder",
    "nowhere": "it is a link that leads out of the script's folder, or nowhere",
    "folder": "it is a folder",
    "pipe": "it isn't a regular file",
    "../up": "only files in the script's folder can be used",
    "/etc/passwd": "only files in the script's folder can be used",
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", REASONS)
@pytest.mark.parametrize("use", USES)
def test_check_says_why_a_file_that_is_there_cannot_be_used(
    bench: Bench, use: str, name: str
) -> None:
    private = bench.folder / "private"
    private.touch()
    here = bench.folder / "here"
    here.mkdir()
    ending = "yaml" if "include" in use else use.split(".")[1].split("\n")[0].rstrip("}]")
    (here / f"outside.{ending}").symlink_to(private)
    (here / f"nowhere.{ending}").symlink_to("missing")
    (here / f"folder.{ending}").mkdir()
    os.mkfifo(here / f"pipe.{ending}")
    steps = "" if "steps" in use else "steps: [{say: Rest.}]\n"
    bench.script(use.format(name) + steps, "here/s.yaml")
    done = bench.run("check", "here/s.yaml", seconds=30)
    assert done.status == 3
    [told] = [line for line in done.out.splitlines() if "error:" in line]
    assert f"{USES[use]} " in told
    assert REASONS[name] in told


def test_a_recording_that_is_no_sound_is_reported_without_internal_names(bench: Bench) -> None:
    name = bench.script("steps:\n  - say: Rest.\n  - bell: bowl\n")
    (bench.folder / "take.wav").write_bytes(b"RIFF no sound at all" * 50)
    done = bench.run("takes", "import", name, "take.wav")
    assert done.status == 1
    assert "take.wav: error: the recording can't be read: " in done.err
    assert "Reader" not in done.err
