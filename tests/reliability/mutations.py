"""Reads mutated files of one kind and tells what came of them: ``python mutations.py KIND COUNT
SEED`` prints a JSON object.

Files are changed at random places: bytes, words, whole values, their order. All are read in one
process, by the functions that the commands call. ``faults`` holds what ended in anything but a
result or an error of ours, ``slow`` what took more than two seconds of processor time, ``MB`` the
peak of memory.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from bounded import peak
from mutagen.flac import FLAC
from mutagen.oggvorbis import OggVorbis
from test_files import PLS, PROGRAMME, SCRIPT, VALUES, places
from test_input import PIECES, mutated

from psoas_audio.api import plan
from psoas_audio.batch.manifest import MANIFEST_NAME, is_finished, may_replace, read_manifest
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.tags.id3 import id3
from psoas_audio.deliver.tags.read_tags import read_tags
from psoas_audio.errors import PsoasError
from psoas_audio.programme.load import load_programme
from psoas_audio.provenance.read_provenance import read_provenance, read_target_lufs
from psoas_audio.qc.examine import examine
from psoas_audio.recording.sheet import import_recordings, sheet_lines
from psoas_audio.script.load import load_script, read_source
from psoas_audio.script.pls import read_pls
from psoas_audio.script.times import InvalidValueError
from psoas_audio.sound.read_sound import read_sound
from psoas_audio.speech.engines._files import read_speech
from psoas_audio.timeline import from_json, to_json
from psoas_audio.timeline.diff import diff
from psoas_audio.timeline.entries import compact_text
from psoas_audio.translation.po_files import catalogue_path
from psoas_audio.translation.translate import translate_script

SECONDS = 2.0
FULL_SCRIPT = (
    "title: Long\nlanguage: en-GB\nsummary: 'With a {prop}.'\nkind: self-massage\nsafety: none\n"
    "voice: {engine: espeak, rate: 110, pitch: -2}\nbed: {sound: soft-rain, level: -30}\n"
    "values: {prop: ball}\nlexicon: {psoas: SO-az}\nlength: {default: 3m, min: 2m, max: 5m}\n"
    "breath: {in: 4, hold: 2, out: 6}\nchapters:\n  - title: '{side} side'\n    sides: both\n"
    "    priority: 2\n    steps:\n      - say: [Lie down., 'Rest [pause 2s] now, 3x.']\n"
    "      - hold: 20-40s\n        label: '{side} {prop}'\n        countdown: 3\n"
    "        halfway: true\n        during:\n          - {at: half, say: Half of it.}\n"
    "          - {at: 5s, bell: bowl}\n      - repeat: 2-4\n        steps:\n"
    "          - say: Round {round}.\n          - rest: 10s\n      - include: rise-slowly\n"
    "  - title: End\n    steps:\n      - breathe: {pattern: 4-7-8, breaths: 2, cues: counted}\n"
    "      - move: Sit up.\n      - pause: 2s\n      - bell: gong\n"
)
"""It has most of what a script can have."""


TRANSLATED = "title: Short\nsafety: none\nsteps:\n  - say: Rest.\n  - bell: bowl\n"
CATALOGUE = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    '#: t.yaml:1\nmsgid "Short"\nmsgstr "Kurz"\n\n'
    '#. A note\n#: t.yaml:4\nmsgid "Rest."\nmsgstr "Ruh "\n"dich aus."\n\n'
    '#~ msgid "Old"\n#~ msgstr "Alt"\n'
)


def reordered(data: bytes, rng: random.Random, words: Sequence[bytes]) -> bytes:
    """*data* with one to three of its words or lines replaced, doubled, or exchanged."""
    cut = b"\n" if rng.random() < 0.5 else b" "
    parts = data.split(cut)
    for _ in range(rng.randint(1, 3)):
        at, other = rng.randrange(len(parts)), rng.randrange(len(parts))
        match rng.randrange(4):
            case 0:
                parts[at] = rng.choice(words)
            case 1:
                parts.insert(at, parts[other])
            case 2 if len(parts) > 1:
                del parts[at]
            case _:
                parts[at], parts[other] = parts[other], parts[at]
    return cut.join(parts)


def text_changer(*texts: str) -> Callable[[random.Random], bytes]:
    """Mutations of *texts*: half of them of whole words and lines, half of bytes."""
    wholes = [text.encode() for text in texts]
    words = [*{word for whole in wholes for word in whole.split()}, *PIECES]

    def changed(rng: random.Random) -> bytes:
        whole = rng.choice(wholes)
        return reordered(whole, rng, words) if rng.random() < 0.5 else mutated(whole, rng)

    return changed


def json_changer(*texts: str) -> Callable[[random.Random], bytes]:
    """Mutations of *texts*, JSON: most of values, some of bytes."""
    plains = [json.loads(text) for text in texts]
    spots = [(plain, *place) for plain in plains for place in places(plain)]

    def changed(rng: random.Random) -> bytes:
        if rng.random() < 0.2:
            return mutated(rng.choice(texts).encode(), rng)
        plain, container, key = rng.choice(spots)
        kept = container[key]
        _, container_of, key_of = rng.choice(spots)
        container[key] = rng.choice(VALUES) if rng.random() < 0.6 else container_of[key_of]
        try:
            return json.dumps(plain).encode()
        except ValueError:  # it holds itself
            return b"[" * 900
        finally:
            container[key] = kept

    return changed


def bytes_changer(*files: bytes) -> Callable[[random.Random], bytes]:
    """Mutations of *files*: a few bytes, most of them near the beginning, or a tear."""

    def changed(rng: random.Random) -> bytes:
        data = bytearray(rng.choice(files))
        if rng.random() < 0.3:
            return mutated(bytes(data), rng)
        for _ in range(rng.randint(1, 4)):
            at = min(int(rng.expovariate(1 / 60)), len(data) - 1)
            data[at] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
        return bytes(data[: rng.randrange(len(data))] if rng.random() < 0.1 else data)

    return changed


class Kinds:
    """For each kind, how files are made and how they are read, in *folder*."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "words.pls").write_text(PLS)
        (folder / "s.yaml").write_text(SCRIPT)
        (folder / "t.yaml").write_text(TRANSLATED)
        self.translated = load_script(folder / "t.yaml")
        self.timeline = plan(folder / "s.yaml").timeline
        self.lines = sheet_lines(plan(folder / "s.yaml").fitted.plan)
        self.catalogue = catalogue_path(str(folder / "t.yaml"), "de")
        self.catalogue.parent.mkdir(parents=True)

    def sound(self, form: str, **options: str) -> bytes:
        """A tenth of a second of a tone."""
        path = self.folder / "tone"
        soundfile.write(path, 0.3 * np.sin(np.arange(4800) / 20), 48_000, format=form, **options)
        return path.read_bytes()

    def write(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    @property
    def made(self) -> dict[str, Any]:
        """How a session may have been made."""
        choices = {"length": 480_000, "breath": {"in": 4}, "skip": ["One"], "bed": "surf"}
        about = {"kind": "x", "equipment": ["a"], "muscles": ["b"]}
        return {"of": "s", "choices": choices, "about": about, "target": -16}

    def tagged(self) -> bytes:
        """An MP3 with a tag."""
        details = Details(title="T", language="en", made=json.dumps(self.made))
        return id3(self.timeline, details) + self.sound("MP3")

    def with_chapters(self, kind: type[FLAC] | type[OggVorbis]) -> bytes:
        """A file whose Vorbis comments have a title and a chapter."""
        path = self.write("tags", self.sound("FLAC" if kind is FLAC else "OGG"))
        file = kind(path)
        file["title"], file["chapter000"], file["chapter000name"] = "T", "00:00:00.010", "One"
        file.save()
        return path.read_bytes()

    def read_script(self, data: bytes) -> None:
        script, problems = read_source(data, folder=self.folder)
        assert script is not None or problems
        if script is not None:
            plan(script)

    def read_catalogue(self, data: bytes) -> None:
        self.catalogue.write_bytes(data)
        translate_script(self.translated, "de")

    def read_manifest(self, data: bytes) -> None:
        self.write(MANIFEST_NAME, data)
        for record in read_manifest(self.folder).values():
            is_finished(self.folder, record, ["s.yaml", "t.mp3"], "x")
            may_replace(self.folder, record, ["s.yaml", "t.mp3"])

    def read_timeline(self, data: bytes) -> None:
        path = self.write("s.timeline.json", data)
        with contextlib.suppress(PsoasError):
            read_provenance(path)
        read_target_lufs(path)
        timeline = from_json(data.decode("utf-8", "replace"))
        compact_text(timeline)
        diff(self.timeline, timeline)

    def read_tag(self, data: bytes) -> None:
        path = self.write("s.mp3", data)
        read_tags(path, 4800)
        read_target_lufs(path)
        with contextlib.suppress(PsoasError):
            read_provenance(path)

    def read_finished(self, data: bytes) -> None:
        examine(self.write("s.mp3", data), self.timeline, deep=True)

    def read_recording(self, data: bytes) -> None:
        path = self.write("all.wav", data)
        import_recordings(self.lines, path, self.folder / "out", overwrite=True)

    def pair(self, kind: str) -> tuple[Callable[[random.Random], bytes], Callable[[bytes], Any]]:
        """What makes files of *kind*, and what reads them."""
        match kind:
            case "script":
                return text_changer(SCRIPT, FULL_SCRIPT), self.read_script
            case "programme":
                return text_changer(PROGRAMME), lambda d: load_programme(
                    str(self.write("p.yaml", d))
                )
            case "catalogue":
                return text_changer(CATALOGUE), self.read_catalogue
            case "manifest":
                files = {"s.yaml": "0" * 64, "t.mp3": "1" * 64}
                line = {"session": "s.mp3", "inputs": "x", "files": files, "samples": 48_000}
                return json_changer(json.dumps(line)), self.read_manifest
            case "timeline":
                return json_changer(to_json(self.timeline, made=self.made)), self.read_timeline
            case "lexicon":
                return text_changer(PLS), lambda d: read_pls(d, 100)
            case "tag":
                others = map(self.with_chapters, (FLAC, OggVorbis))
                return bytes_changer(self.tagged(), *others), self.read_tag
            case "finished":
                return bytes_changer(self.tagged()), self.read_finished
            case "take":
                takes = self.sound("WAV", subtype="PCM_16"), self.sound("FLAC")
                return bytes_changer(*takes), lambda d: read_speech(self.write("t.wav", d))
            case "recording":
                return bytes_changer(self.sound("WAV"), self.sound("FLAC")), self.read_recording
        form = kind.upper()
        files = [self.sound(form)] + [self.sound("WAV", subtype="FLOAT")] * (form == "WAV")
        return bytes_changer(*files), lambda d: read_sound(self.write(f"t.{kind}", d), channels=2)


COUNTS = {
    "script": 150_000, "programme": 60_000, "catalogue": 60_000, "timeline": 80_000,
    "manifest": 50_000, "lexicon": 60_000, "tag": 30_000, "finished": 2_000, "take": 30_000,
    "recording": 8_000, "wav": 20_000, "flac": 20_000, "ogg": 20_000, "mp3": 10_000,
}  # fmt: skip
"""By kind, how many mutations a long run tries: 600,000 in all."""


def try_all(kind: str, count: int, seed: int, folder: Path) -> dict[str, Any]:
    """Read *count* mutations of *kind*; what came of them."""
    change, read = Kinds(folder).pair(kind)
    rng = random.Random(f"{kind} {seed}")
    told: dict[str, Any] = {
        "kind": kind,
        "tried": count,
        "read": 0,
        "refused": 0,
        "faults": [],
        "slow": [],
    }
    for number in range(count):
        data = change(rng)
        started = time.process_time()
        try:
            read(data)
            told["read"] += 1
        except (PsoasError, InvalidValueError):
            told["refused"] += 1
        except Exception as error:
            shown = base64.b64encode(data).decode() if len(data) < 9_000 else ""
            told["faults"].append([number, f"{type(error).__name__}: {error}"[:300], shown])
        seconds = time.process_time() - started
        if seconds > SECONDS:
            told["slow"].append([number, seconds, base64.b64encode(data).decode()[:9_000]])
    return told | {"MB": peak()}


def main(kind: str, count: str, seed: str) -> None:
    """The command."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        told = try_all(kind, int(count), int(seed), Path(folder))
        os.chdir("/")
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
