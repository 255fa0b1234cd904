"""The battery: ``python tests/reliability/battery.py [--long] [--write] [RESULTS.xml…]`` runs the
numbered tests of docs/reliability.md and prints each with its cases and its result; exit 1 if one
failed.

``--long`` adds the slow forms: every call failed, 100 kills, 600,000 mutations. They can be
run apart, too (``pytest -m slow -o junit_family=xunit1 --junitxml=RESULTS.xml tests/reliability``),
and are then taken from their results. ``--write`` puts the table into docs/reliability.md.
"""

from __future__ import annotations

import sys
import textwrap
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

TESTS = Path(__file__).resolve().parents[1]
BATTERY_TEXT = """
1 bombs and deep nesting
    script/test_hostile.py::test_known_yaml_bombs
    script/test_hostile.py::test_every_yaml_bomb
2 a duplicate key names both lines
    script/test_events.py::test_a_duplicate_key
3 times as people write them
    script/test_times.py::test_times_mean
    script/test_times.py::test_text_that_is_no_time
4 no tags, aliases, second documents
    script/test_events.py::test_yaml_that_scripts
    script/test_load.py::test_a_whole_header
5 NUL, ESC, encodings, surrogates
    script/test_events.py::test_yaml_that_scripts
    script/test_events.py::test_a_byte_order_mark
6 NaN, infinity, negative times
    script/test_times.py::test_text_that_is_no_time
    script/test_times.py::test_any_text
7 all mistakes at once, by place
    script/test_messages.py::
    cli/test_commands.py::test_check
8 any other bytes
    script/test_hostile.py::test_any
    script/test_hostile.py::test_a_s
    reliability/test_input.py::
    reliability/test_bounds.py::
    reliability/test_files.py::
    reliability/test_mutations.py::
    rendering/test_variants.py::test_a_hostile_file
    translation/test_translation.py::test_any_file
9 sounds stay in their folder
    sound/test_sound_files.py::test_nothing_outside
    sound/test_sound_files.py::test_anything_but
    reliability/test_isolation.py::test_sounds
    reliability/test_isolation.py::test_recordings
    test_library.py::
10 playlists and addresses as sounds
    sound/test_sound_files.py::test_a_file_that_only
    sound/test_sound_files.py::test_names
    reliability/test_isolation.py::test_sounds
11 absurd and damaged sounds
    sound/test_sound_files.py::test_an_absurd
    sound/test_sound_files.py::test_a_file_shorter
    sound/test_sound_files.py::test_samples
    sound/test_sound_files.py::test_rates
    sound/test_sound_files.py::test_damaged
12 text is spoken as text; no shell
    speech/test_engines.py::test_hostile
    speech/normalization/test_normalize.py::test_nothing_is_left
    reliability/test_isolation.py::test_no_shell
13 engines that go wrong
    speech/test_takes.py::test_a_failure
    speech/test_takes.py::test_a_hang
    speech/test_takes.py::test_a_worker
    speech/test_takes.py::test_the_other_takes
    speech/test_engines.py::test_a_program_that
14 kill -9 at any moment
    reliability/test_ends.py::test_killed
    speech/test_takes.py::test_a_killed
    cache/test_local.py::test_killed
    test_publication.py::test_old_leftovers
    cache/test_local.py::test_old_leftovers
15 every call fails once
    reliability/test_faults.py::
    reliability/test_injected.py::
    test_publication.py::test_a_failed
    cache/test_local.py::test_a_full_disk
16 SIGINT, SIGTERM, SIGHUP
    reliability/test_ends.py::test_interrupted
    reliability/test_ends.py::test_a_second
    faults/test_early_signals.py::
    speech/test_takes.py::test_an_interrupted
    cli/test_commands.py::test_an_inter
17 the cache's bytes flipped or cut
    reliability/test_same.py::test_a_s
    cache/test_local.py::test_every_flipped
    speech/test_takes.py::test_a_damaged
18 two renders, clocks, read-only cache
    reliability/test_same.py::test_two_renders
    reliability/test_faults.py::test_a_cache
    speech/test_takes.py::test_two_renders
    cache/test_local.py::test_entries_of_a_running
    cache/test_local.py::test_two_machines
    cache/test_local.py::test_a_folder_that
19 a cluster's workers and scheduler
    batch/
20 a stranger's words in every output
    reliability/test_every_output.py::test_words_of
    deliver/test_page.py::test_words
    deliver/test_tags.py::test_any_title
    deliver/test_captions.py::test_text_of
    deliver/test_pictures.py::test_
    deliver/test_daw.py::test_any_title
    deliver/test_review.py::test_nothing
    publishing/test_site.py::test_the_feed
+ other people's files are left alone
    cache/test_local.py::test_a_folder_chosen
    test_publication.py::test_old_leftovers
    test_temporary.py::
+ the preview is for this machine alone
    studio/test_preview.py::test_foreign
    studio/test_preview.py::test_other_sites
    studio/test_preview.py::test_nothing_but
    studio/test_preview.py::test_the_server_listens
    studio/test_preview.py::test_nothing_is_shown
    studio/test_preview.py::test_absurd
    studio/test_preview.py::test_anything_that_is_no
    studio/test_preview.py::test_connections
+ files that are named can't hang, unfold or lead out
    faults/test_files_of_strangers.py::
+ any stream, any name, any folder, any rights
    faults/test_streams_and_names.py::
    faults/test_without_rights.py::
+ equal names are refused before anything is written
    faults/test_names_that_collide.py::
+ files of wrong kinds, odd environments, low limits
    faults/test_wrong_kinds_of_files.py::
    faults/test_odd_environments.py::
    faults/test_names_of_outputs.py::
+ any length in range
    planning/test_fit_random.py::
+ any value of any option
    faults/test_command_line.py::
    faults/test_commands_answer.py::
+ no path or name leaks
    reliability/test_every_output.py::test_no_file
    reliability/test_isolation.py::test_a_chosen
    rendering/test_render.py::test_no_path
+ errors, --debug and doctor
    reliability/test_error_messages.py::
+ the same in, the same out
    reliability/test_same.py::test_two_fresh
    speech/test_engines.py::test_espeak_gives
"""
"""Number and promise; below it the beginnings of its tests' names, from ``tests/``."""


def battery() -> list[tuple[str, str, tuple[str, ...]]]:
    """The table: number, promise, names."""
    table: list[tuple[str, str, tuple[str, ...]]] = []
    for line in BATTERY_TEXT.strip().splitlines():
        if line.startswith(" "):
            number, promise, names = table.pop()
            table.append((number, promise, (*names, line.strip())))
        else:
            number, promise = line.split(" ", 1)
            table.append((number, promise, ()))
    return table


BATTERY = battery()


@dataclass
class Tally:
    """What was seen of some tests."""

    tests: int = 0
    cases: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def add(self, other: Tally) -> None:
        """Count *other* too."""
        self.tests += other.tests
        self.cases += other.cases
        self.failed += other.failed
        self.skipped += other.skipped
        self.seconds += other.seconds

    @property
    def result(self) -> str:
        """In a word or two."""
        told = f"{self.failed} FAILED" if self.failed else "holds" if self.tests else "–"
        return told + (f", {self.skipped} skipped" if self.skipped else "")


@dataclass(eq=False)
class Counter:
    """A pytest plugin: runs the battery's tests alone, and counts them."""

    short: dict[str, Tally] = field(default_factory=dict)
    long: dict[str, Tally] = field(default_factory=dict)
    """By test; those marked as slow."""
    slow: set[str] = field(default_factory=set)

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        wanted = tuple(name for _, _, names in BATTERY for name in names)
        items[:] = [item for item in items if name_of(item.nodeid).startswith(wanted)]
        self.slow = {name_of(i.nodeid) for i in items if i.get_closest_marker("slow")}

    def pytest_runtest_logreport(self, report: Any) -> None:
        name = name_of(report.nodeid)
        tally = (self.long if name in self.slow else self.short).setdefault(name, Tally(1))
        tally.seconds += report.duration
        if report.skipped:
            tally.skipped += 1
        elif report.failed:
            tally.failed += 1
        if report.when == "call" and not report.skipped:
            tally.cases += dict(report.user_properties).get("cases", 1)

    def read(self, results: Path) -> None:
        """Count the slow tests whose *results* pytest wrote as JUnit's XML."""
        for case in ElementTree.parse(results).iter("testcase"):
            name = str(case.get("classname")).removeprefix("tests.").replace(".", "/")
            told = case.find("properties/property[@name='cases']")
            self.long[f"{name}.py::{case.get('name')}"] = Tally(
                tests=1,
                cases=1 if told is None else int(str(told.get("value"))),
                failed=sum(case.find(kind) is not None for kind in ("failure", "error")),
                skipped=int(case.find("skipped") is not None),
                seconds=float(str(case.get("time"))),
            )


def name_of(nodeid: str) -> str:
    """*nodeid* from ``tests/`` on."""
    return nodeid.removeprefix("tests/")


def summed(tallies: dict[str, Tally], names: tuple[str, ...] = ("",)) -> Tally:
    """Those of *tallies* whose names begin with one of *names*, together."""
    whole = Tally()
    for name, tally in tallies.items():
        if name.startswith(names):
            whole.add(tally)
    return whole


def files() -> list[str]:
    """Every file the battery needs that is there."""
    names = {name.split("::")[0] for _, _, names in BATTERY for name in names}
    return [str(TESTS / name) for name in sorted(names) if (TESTS / name).exists()]


def table(counter: Counter) -> list[tuple[str, ...]]:
    """The report's rows, the sum of all last."""
    rows = []
    for number, promise, names in [*BATTERY, ("", "together", ("",))]:
        short, long = summed(counter.short, names), summed(counter.long, names)
        figures = (f"{short.tests}", f"{short.cases:,}", f"{short.seconds:.0f}", short.result)
        slow = (f"{long.cases:,}", f"{long.seconds:.0f}", long.result) if long.tests else ("",) * 3
        rows.append((number, promise, *figures, *slow))
    return rows


HEAD = ("", "promise", "tests", "cases", "s", "result", "long: cases", "s", "result")


def printed(rows: list[tuple[str, ...]]) -> str:
    """*rows* for a terminal."""
    widths = (3, 40, 6, 7, 5, 14, 12, 6, 12)
    left = (1, 5, 8)
    return "\n".join(
        " ".join(
            cell.ljust(width) if column in left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (HEAD, *rows)
    )


def written(rows: list[tuple[str, ...]]) -> str:
    """*rows* and the tests of each as Markdown."""
    lines = [f"| {' | '.join(HEAD)} |", "|--:|---|--:|--:|--:|---|--:|--:|---|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    lines += ["", "Their tests, by the beginnings of their names (from `tests/`):", ""]
    for number, promise, names in BATTERY:
        title = promise if number == "+" else f"{number} {promise}"
        line = f"- {title}: {', '.join(f'`{name}`' for name in names)}"
        lines += textwrap.wrap(
            line, 120, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )
    return "\n".join(lines)


def put_in(text: str) -> None:
    """*text* between the marks in docs/reliability.md."""
    before, rest = DOCUMENT.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


DOCUMENT = TESTS.parent / "docs" / "reliability.md"
BEGIN, END = "<!-- battery -->", "<!-- end of the battery -->"


def main(*words: str) -> int:
    """Run it and print the report."""
    counter, started = Counter(), time.monotonic()
    only = ["-m", "" if "--long" in words else "not slow"]
    options = ["-q", "-p", "no:cacheprovider", "--rootdir", str(TESTS.parent), *only]
    status = pytest.main([*options, *files()], plugins=[counter])
    for word in words:
        if word.endswith(".xml"):
            counter.read(Path(word))
    rows = table(counter)
    sys.stdout.write(f"\n{printed(rows)}\n\n{time.monotonic() - started:.0f} s\n")
    if "--write" in words:
        put_in(written(rows))
    return int(status)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
