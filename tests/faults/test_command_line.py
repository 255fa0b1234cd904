"""No command and option, given any value, ends in an error that we didn't foresee.

Commands, options and choices are taken from click itself, and the variables of the environment from
the source, so that a new one is tried by itself. Each command begins with words that do nothing
slow; hostile values take the place of up to three of its options and arguments.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from bench import DEFECT, NOT_LOADED, run_here

import psoas_audio
from psoas_audio.cli import main

SECONDS = 2.0
"""Of processor time that a run may take."""
HANGS = 60.0
"""Seconds that no run takes unless it waits for something."""

HOSTILE = (
    "", " ", "\t\n", "-", "--", "--help", "0", "-1", "-5s", "1e400", "nan", "inf", "-inf",
    "9" * 30, "9" * 5000, "0x10", "1_000", "²", "٣", "1:30", "8h", "99999h", "a\0b", "\0", "\udcff",
    "\ud800x", "x" * 300, "x" * 70_000, "y/" * 3000 + "z", "/dev/null/x", "/dev/zero",
    "dir", "dir/", "missing", "missing.yaml", "missing.mp3", "empty.yaml", "noise.mp3",
    "noise.timeline.json", "pipe", "loop", "s.yaml", "坐禅", "é", "é", "ﷺ", "‮abc", "a:b", "piper:",
    ":", "recorded:", "recorded:dir", "command:x", "espeak:xx", "en-us+nothing", "de", "xx",
    "de-Latn-DE-1996", "zz-" * 40, "../..", "~nouser/x", "~", "s3://", "http://[/", "file:///etc/passwd",
    "://", "tcp://h:99999", "tls://h:1", "%s%n{0}{x}", "{", "$(id)", "`id`", ";", "'", '"', "\\",
    "*.yaml", "box", "4,7,8", ",,,", "9,9,9,9,9,9,9,9", "surf", "none", "mp3", "page", "9999-12-31",
    "0000-00-00", "25:99", "C:\\x", "con", "..", "q.ogg", ".mp3", "#1", "[bold]", "\x1b[2J",
    "good.mp3", "good.timeline.json", "good.yaml", "site", "kokoro", "kokoro:af_heart", "base",
    "words",
    "http://127.0.0.1:9", "http://user:pass@h/", "https://h:port/", "private", "bom.yaml",
    "utf16.yaml",
    "p.yaml", "linked.mp3", "out/../s.yaml", "./s.yaml/", "plank", "-x", "--x=", "=", "en_US.UTF-8",
    "C",
)  # fmt: skip

BASES: dict[str, tuple[str, ...]] = {
    "batch": ("nowhere -o out --scheduler nonsense", "s.yaml -o out --dry-run"),  # no processes
    "cache clear": ("",),
    "cache path": ("",),
    "cache size": ("",),
    "cache verify": ("",),
    "check": ("s.yaml",),
    "completion": ("bash",),
    "diff": ("s.timeline.json s.yaml", "good.mp3 good.yaml"),
    "export": ("s.yaml --to text", "s.yaml --to csv -o -", "good.yaml --to docx -o out"),
    "figures": ("--side left",),
    "import": ("page.md", "page.md -o fresh.yaml", "page.html page.md -o out"),
    "list": ("",),
    "living": ("nowhere", "s.yaml --engine nonsense", "s.yaml --lengths x --engine nonsense"),
    "new": ("fresh --force",),
    "plan": ("s.yaml",),
    "play": ("nowhere",),
    "plot": ("s.yaml --no-sound", "good.mp3 --no-sound", "good.mp3"),
    "programme list": ("",),
    "programme render": ("nowhere", "p.yaml --engine nonsense"),
    "programme show": ("p.yaml",),
    "publish": ("dir --base-url https://example.org/", "site --base-url https://example.org/"),
    "qc": ("noise.mp3", "good.mp3", "good.mp3 --words --model nowhere"),
    "render": ("s.yaml --dry-run", "s.yaml --engine nonsense", "--like good.mp3 --dry-run",
               "s.yaml --engine nonsense --listen --model nowhere"),
    "say": ("Hello. --engine nonsense", "Hello. --explain", "Hello. --explain --json"),
    "schema": ("",),
    "sounds list": ("",),
    "sounds play": ("nowhere",),
    "takes import": ("s.yaml dir", "good.yaml dir"),
    "takes sheet": ("s.yaml",),
    "translate check": ("s.yaml de",),
    "translate extract": ("s.yaml de",),
    "translate update": ("s.yaml de",),
    "voices": ("--engine nonsense", "--engine endpoint"),
    "voices check": ("nonsense:x",),
    "voices install": ("piper:en_US-nobody-low", "kokoro --from dir", "kokoro"),
    "voices try": ("nonsense:x",),
    "watch": ("nowhere --no-open",),
}  # fmt: skip
"""Words that a command begins with: each is used as often as any other."""
LEFT_OUT = ("doctor",)
"""It asks every engine, which takes a second, and has no options of its own."""

LASTING = ("play", "sounds play", "watch")
"""They go on until they are interrupted, and so get no file that they could use."""

OUR_VARIABLES = sorted(
    {
        name
        for path in Path(psoas_audio.__file__).parent.rglob("*.py")
        for name in re.findall(r"PSOAS_AUDIO_[A-Z_]+[A-Z]", path.read_text("utf-8"))
    }
)
"""Environment variables that we read."""
OTHER_VARIABLES = (
    "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM", "LANG", "LC_ALL", "LANGUAGE", "HOME",
    "USERPROFILE", "TMPDIR", "TEMP", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "PATH",
    "SHELL", "EDITOR", "BROWSER", "PAGER", "http_proxy", "ALL_PROXY", "TZ", "ESPEAK_DATA_PATH",
    "SOURCE_DATE_EPOCH", "_PSOAS_AUDIO_COMPLETE", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS",
    "HF_HOME", "SSL_CERT_FILE", "DASK_CONFIG", "FSSPEC_CONFIG_DIR",
)  # fmt: skip
"""Those that Python, its libraries or a terminal read."""

SCRIPT = (
    "title: T\nsafety: none\nsteps:\n  - say: Écoute.\n  - hold: 20-60s\n    label: Stay\n"
    "  - breathe: {pattern: box, breaths: 2-4}\n  - bell: bowl\n"
)


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command by its words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def parts(command: click.Command) -> list[str]:
    """What can be given to *command*: its options' names, and ``""`` for each argument."""
    found = []
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            found.append(max(parameter.opts, key=len))
        else:
            found.append("")
    return found


def own_values(parameter: click.Parameter) -> tuple[str, ...]:
    """Values that *parameter* takes, and those just beside them."""
    match parameter.type:
        case click.Choice() as choice:
            return tuple(map(str, choice.choices))
        case click.IntRange() | click.FloatRange() as bounds:
            ends = [end for end in (bounds.min, bounds.max) if end is not None]
            return tuple(str(end + step) for end in ends for step in (-1, 0, 1))
    return ()


def cases(count: int, seed: int) -> Iterator[tuple[str, ...]]:
    """That many command lines, each command and each of its options among them."""
    choose = random.Random(seed)
    known = {name: parts(command) for name, command in commands(main.cli) if name not in LEFT_OUT}
    parameters = {
        (name, part): parameter
        for name, command in commands(main.cli)
        for part, parameter in zip(parts(command), command.params, strict=True)
    }
    places = [(name, part) for name, found in known.items() for part in found or [""]]
    turns: Counter[str] = Counter()
    for number in range(count):
        name, part = places[number % len(places)]
        words = BASES[name][turns[name] % len(BASES[name])].split()
        turns[name] += 1
        more = choose.sample(known[name], min(choose.choice((0, 0, 0, 1, 1, 2)), len(known[name])))
        for each in (part, *more):
            parameter = parameters.get((name, each))
            good = () if parameter is None else own_values(parameter)
            value = choose.choice(good if good and choose.random() < 0.3 else HOSTILE)
            if isinstance(parameter, click.Option) and parameter.is_flag:
                words.append(each)
            elif each:
                words += [each, value] if choose.random() < 0.8 else [f"{each}={value}"]
            elif words and not words[0].startswith("-"):
                words[choose.choice((0, min(1, len(words) - 1)))] = value
            else:
                words.append(value)
        if name == "new" and any(word.startswith("/") for word in words):
            continue  # it writes where it is told to
        if name in LASTING and "nowhere" not in words:
            continue
        yield (*name.split(), *words)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file of each kind, where the command line works; ``../..`` is the test's."""
    here = tmp_path / "in" / "here"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(here))
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(here / "cache"))
    monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(here / "voices"))
    monkeypatch.setenv("PSOAS_AUDIO_VOICES_FROM", "http://127.0.0.1:9/")
    Path("dir").mkdir()
    Path("s.yaml").write_text(SCRIPT, "utf-8")
    Path("p.yaml").write_text(
        "title: P\nweeks:\n  - days:\n      - {day: 1, session: s}\n", "utf-8"
    )
    Path("empty.yaml").touch()
    noise = random.Random(1).randbytes(5000)
    Path("noise.mp3").write_bytes(b"ID3\x04\x00\x00\x00\x00\x10\x00" + noise)
    Path("noise.timeline.json").write_bytes(noise)
    Path("s.timeline.json").write_text('{"version": 1}', "utf-8")
    Path("bom.yaml").write_bytes(b"\xef\xbb\xbf" + SCRIPT.encode())
    Path("utf16.yaml").write_bytes(SCRIPT.encode("utf-16"))
    Path("good.yaml").write_text("title: G\nsafety: none\nsteps: [{bell: tick}]\n", "utf-8")
    Path("page.md").write_text("# A page\n\nLie down. Hold for 30 seconds.\n", "utf-8")
    Path("page.html").write_text("<h1>A page</h1><p>Lie down.</p>", "utf-8")
    Path("site").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PSOAS_AUDIO_CACHE")
        psoas_audio.render("good.yaml", "good.mp3", outputs=["timeline"])
    for kind in ("mp3", "timeline.json"):
        shutil.copy(f"good.{kind}", "site")
    Path("linked.mp3").symlink_to("good.mp3")
    if hasattr(os, "mkfifo"):
        os.mkfifo("pipe")
    Path("loop").symlink_to("loop")
    return here


def environment(choose: random.Random, words: tuple[str, ...]) -> dict[str, str]:
    """One or two environment variables with hostile values; none in half of the cases.

    Where a speech server is asked, its settings are among them.
    """
    names = choose.sample((*OUR_VARIABLES, *OTHER_VARIABLES), choose.choice((0, 0, 1, 2)))
    if "endpoint" in words:
        names.append(choose.choice([name for name in OUR_VARIABLES if "_ENDPOINT" in name]))
    usable = [value for value in HOSTILE if value and not {"\0", "\ud800"} & set(value)]
    return {name: choose.choice(usable)[:40_000] for name in names}


def try_all(count: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = []
    choose = random.Random(seed)
    for words in cases(count, seed):
        variables = environment(choose, words)
        begun, used = time.monotonic(), time.process_time()
        with monkeypatch.context() as patch:
            patch.setattr("tempfile.tempdir", None)
            for name, value in variables.items():
                patch.setenv(name, value)
            done = run_here(words, patch)
        status, printed = done.status, done.out
        shown = f"{[word[:60] for word in words]} {variables}: {status}: {printed[-300:]}"
        unforeseen = any(word in printed for word in (DEFECT, NOT_LOADED, "Traceback"))
        if unforeseen or status not in (0, 1, 2, 3):
            faults.append(shown[:900])
        used, waited = time.process_time() - used, time.monotonic() - begun
        if used > SECONDS:  # modules are loaded by now
            used = time.process_time()
            run_here(words, monkeypatch)
            used = time.process_time() - used
        if used > SECONDS or waited > HANGS:
            faults.append(f"{used:.1f} s, waited {waited:.1f} s: {shown[:900]}")
    assert not faults, f"{len(faults)}\n" + "\n".join(faults[:40])


def test_every_command_has_a_summary() -> None:
    names = {name for name, _ in commands(main.cli)}
    assert names == {*BASES, *LEFT_OUT}


def test_every_option_of_every_command_is_tried() -> None:
    tried = {word.partition("=")[0] for words in cases(2_000, 1) for word in words}
    options = {
        part for name, command in commands(main.cli) for part in parts(command)
        if name not in (*LEFT_OUT, *LASTING)
    }  # fmt: skip
    assert options - {""} <= tried


def test_no_value_of_an_option_ends_in_a_traceback(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    record_property("cases", 2_000)
    try_all(2_000, 1, monkeypatch)


@pytest.mark.slow
def test_no_value_of_an_option_ends_in_a_traceback_in_a_long_run(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    record_property("cases", 20_000)
    try_all(20_000, 2, monkeypatch)
