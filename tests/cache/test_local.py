"""The cache: an entry is whole and right, or it isn't there."""

import multiprocessing
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_audio.cache.local import Cache, CacheUnwritableError, default_folder, key_of


def entry_of(cache: Cache) -> Path:
    (path,) = cache.folder.glob("??/*.entry")
    return path


def test_an_entry_is_read_back_as_it_was_written(tmp_path):
    cache = Cache(tmp_path)
    key = key_of({"a": 1})
    assert cache.get(key) is None
    assert not cache.has(key)
    cache.put(key, b"payload")
    assert cache.has(key)
    assert Cache(tmp_path).get(key) == b"payload"
    cache.put(key, b"")
    assert cache.get(key) == b""


def test_every_flipped_bit_and_every_cut_is_a_miss_and_is_put_aside(tmp_path):
    cache = Cache(tmp_path)
    key = key_of({"a": 1})
    cache.put(key, bytes(range(40)))
    good = entry_of(cache).read_bytes()
    for position in range(len(good)):
        for bad in (
            good[:position],
            good[:position] + bytes([good[position] ^ 1 << position % 8]) + good[position + 1 :],
        ):
            cache._path(key).write_bytes(bad)
            assert cache.get(key) is None
            assert not cache.has(key)
            assert (tmp_path / "quarantine" / f"{key}.entry").read_bytes() == bad
    assert cache.stats() == (0, 0)
    cache.put(key, b"again")
    assert cache.get(key) == b"again"


def test_an_entry_under_another_name_is_a_miss(tmp_path):
    cache = Cache(tmp_path)
    one, other = key_of({"a": 1}), key_of({"a": 2})
    cache.put(one, b"one")
    cache._path(other).parent.mkdir(exist_ok=True)
    cache._path(one).rename(cache._path(other))
    assert cache.get(other) is None


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none()))
def test_a_key_depends_on_the_parts_and_not_on_their_order(parts):
    backwards = dict(reversed(parts.items()))
    assert key_of(parts) == key_of(backwards)
    assert key_of(parts) != key_of(parts | {"\0one more": 1})
    assert len(key_of(parts)) == 64


def test_verify_counts_good_entries_and_drops_bad_ones(tmp_path):
    cache = Cache(tmp_path)
    keys = [key_of({"a": n}) for n in range(3)]
    for key in keys:
        cache.put(key, b"x" * 100)
    cache._path(keys[1]).write_bytes(b"rubbish")
    report = cache.verify()
    assert (report.entries, report.quarantined) == (2, (keys[1],))
    assert cache.stats() == (2, report.size)
    cache.clear()
    assert cache.stats() == (0, 0)


def test_the_least_recently_used_go_first(tmp_path):
    cache = Cache(tmp_path, limit_bytes=5000)
    keys = [key_of({"a": n}) for n in range(5)]
    for age, key in enumerate(keys[:4]):
        cache.put(key, b"x" * 1000)
        os.utime(cache._path(key), (1000 + age, 1000 + age))
    cache = Cache(tmp_path, limit_bytes=5000)
    assert cache.get(keys[0]) is not None  # used by this one too
    cache.put(keys[4], b"x" * 1000)
    assert [cache.has(key) for key in keys] == [True, False, True, True, True]
    assert cache.stats()[1] <= 5000


def test_a_small_entry_does_not_wait_until_all_others_are_counted(tmp_path, monkeypatch):
    Cache(tmp_path).put(key_of({"a": "old"}), b"x" * 5000)
    cache, counted = Cache(tmp_path, limit_bytes=6400), []
    monkeypatch.setattr(cache, "stats", lambda: counted.append(True) or Cache(tmp_path).stats())
    cache.put(key_of({"a": 1}), b"x" * 20)
    assert not counted
    cache.put(key_of({"a": 2}), b"x" * 200)
    assert counted


def test_once_an_hour_a_cache_is_brought_under_its_limit(tmp_path):
    for n in range(9):
        Cache(tmp_path).put(key_of({"a": n}), b"x" * 1000)
        os.utime(Cache(tmp_path)._path(key_of({"a": n})), (1000 + n, 1000 + n))
    Cache(tmp_path, limit_bytes=5000).sweep_hourly()
    entries, size = Cache(tmp_path).stats()
    assert 0 < entries < 5
    assert size <= 5000


def test_entries_of_a_running_render_stay_however_small_the_limit(tmp_path):
    year = 365 * 86400
    used_elsewhere, forgotten, ours, taken = (key_of({"a": name}) for name in "efot")
    for key in (used_elsewhere, forgotten, ours):
        Cache(tmp_path).put(key, b"x" * 100)
    cache = Cache(tmp_path, limit_bytes=10)
    cache.get(ours)
    for key in (ours, forgotten):  # a clock may be a year off
        os.utime(cache._path(key), (time.time() - year,) * 2)
    for _ in range(30):
        cache.put(taken, b"x" * 100)
    assert [cache.has(key) for key in (used_elsewhere, forgotten, ours, taken)] == [
        True, False, True, True
    ]  # fmt: skip


def test_a_folder_that_cannot_be_written_is_reported_and_can_be_read(tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.write_text("not a folder")
    cache = Cache(file / "cache")
    with pytest.raises(CacheUnwritableError, match="can't be written"):
        cache.put(key_of({"a": 1}), b"x")
    assert cache.get(key_of({"a": 1})) is None
    with cache.lock(key_of({"a": 1})):
        pass
    assert cache.stats() == (0, 0)
    assert cache.sweep() == 0
    cache.clear()


def test_a_full_disk_leaves_nothing_behind(tmp_path):
    """Run with a limit on file size: the nearest to a full disk that needs no rights."""
    program = """
import resource, signal, sys
from pathlib import Path
from psoas_audio.cache.local import Cache, CacheUnwritableError, key_of
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
cache = Cache(Path(sys.argv[1]))
cache.put(key_of({"a": 1}), b"small")
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    cache.put(key_of({"a": 2}), b"x" * 9000)
except CacheUnwritableError:
    print("told")
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "told\n"
    cache = Cache(tmp_path)
    assert cache.get(key_of({"a": 1})) == b"small"
    assert not cache.has(key_of({"a": 2}))
    assert list(tmp_path.glob("*/*.tmp")) == []


def test_old_leftovers_are_swept_and_young_ones_stay(tmp_path):
    cache = Cache(tmp_path)
    cache.put(key_of({"a": 1}), b"x")
    folder = entry_of(cache).parent
    digits = "0123456789abcdef"
    old, young, ahead = (folder / f"{digits}-{n}{digits[1:]}.tmp" for n in range(3))
    aside = tmp_path / "quarantine"
    aside.mkdir()
    bad, worse = (aside / f"{key_of({'b': n})}.entry" for n in range(2))
    for path, age in (
        (old, 7200), (young, 0), (ahead, -365 * 86400), (bad, 7200), (worse, 8 * 86400)
    ):  # fmt: skip
        path.touch()
        os.utime(path, (time.time() - age,) * 2)
    assert cache.sweep() == 3
    assert young.exists()
    assert bad.exists()
    assert cache.get(key_of({"a": 1})) == b"x"


def test_leftovers_are_swept_once_an_hour(tmp_path):
    cache = Cache(tmp_path)
    cache.put(key_of({"a": 1}), b"x")
    left = entry_of(cache).with_name("0123456789abcdef-0123456789abcdef.tmp")

    def swept():
        left.touch()
        os.utime(left, (time.time() - 7200,) * 2)
        cache.sweep_hourly()
        return not left.exists()

    assert [swept(), swept()] == [True, False]
    for stamp in tmp_path.glob("locks/*"):
        os.utime(stamp, (time.time() - 7200,) * 2)
    assert [swept(), swept()] == [True, False]


def test_a_folder_chosen_by_mistake_keeps_what_it_has(tmp_path):
    """The cache's folder may be someone's home, where other things have names like ours."""
    owned = (
        "ab/notes.entry", "go/src/main.go", "db/data.tmp", "ab/work.tmp", "locks/mine.lock",
        "quarantine/letter.entry", "notes.txt",
    )  # fmt: skip
    for name in owned:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("precious")
        os.utime(tmp_path / name, (1, 1))
    cache = Cache(tmp_path, limit_bytes=10)
    for number in range(20):
        cache.put(key_of({"n": number}), b"x" * 100)
        for entry in tmp_path.glob("??/????????????????????????*.entry"):
            os.utime(entry, (1, 1))
    with cache.lock(key_of({"n": 1})):
        pass
    cache.sweep()
    cache.verify()
    cache.clear()
    assert sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    ) == sorted(owned)


def write_the_same(folder: str) -> None:
    cache, key = Cache(Path(folder)), key_of({"n": 1})
    for number in range(150):
        cache.put(key, bytes([number]) * 20_000)


def test_two_machines_that_write_one_key_leave_a_whole_entry(tmp_path):
    """They may have equal process and thread numbers: containers mostly do."""
    cache, key = Cache(tmp_path), key_of({"n": 1})
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_the_same, args=(str(tmp_path),)) for _ in range(2)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        payload = cache.get(key)
        assert payload is None or (len(payload) == 20_000 and len(set(payload)) == 1)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert not list(tmp_path.glob("*/*.tmp"))
    assert not (tmp_path / "quarantine").exists()


def test_a_swept_temporary_file_is_written_again(tmp_path, monkeypatch):
    cache = Cache(tmp_path)
    replace, stolen = Path.replace, []

    def thief(self: Path, target: Path) -> Path:
        if not stolen:
            stolen.append(self)
            self.unlink()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", thief)
    cache.put(key_of({"a": 1}), b"x")
    assert cache.get(key_of({"a": 1})) == b"x"


def write_for_ever(folder: str) -> None:
    cache = Cache(Path(folder), limit_bytes=400_000)
    while True:
        number = random.randrange(20)
        cache.put(key_of({"n": number}), bytes([number]) * random.randrange(1, 50_000))


def test_killed_writers_leave_nothing_torn(tmp_path):
    cache = Cache(tmp_path)
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_for_ever, args=(str(tmp_path),)) for _ in range(2)]
    for writer in writers:
        writer.start()
    deadline = time.monotonic() + 20
    while cache.stats()[0] < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    for writer in writers:
        time.sleep(0.1)
        writer.kill()
        writer.join()
    assert cache.verify().quarantined == ()
    for number in range(20):
        payload = cache.get(key_of({"n": number}))
        assert payload is None or set(payload) == {number}


def test_a_lock_is_held_by_one_at_a_time(tmp_path):
    cache = Cache(tmp_path)
    with cache.lock("k"):
        started = time.monotonic()
        with Cache(tmp_path).lock("k", timeout=0.2):
            assert time.monotonic() - started >= 0.2


def test_the_folder_can_be_chosen(tmp_path, monkeypatch):
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("PSOAS_AUDIO_CACHE")
    assert default_folder().name == "psoas-audio"
