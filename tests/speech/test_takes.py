"""Takes: what is missing is made, once; what is wrong is reported and never kept."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from speech_example import line

from processes import children_of, wait_for_end
from psoas_audio.cache.local import Cache, key_of
from psoas_audio.errors import SpeechError
from psoas_audio.master.loudness import energies
from psoas_audio.speech.engine import Speech
from psoas_audio.speech.engines import ENGINES, reference_of
from psoas_audio.speech.pool import Limits
from psoas_audio.speech.take import (
    header_of_payload,
    pack_take,
    sounding_range,
    unpack_facts,
    unpack_samples,
)
from psoas_audio.speech.takes import Takes

FAULTS = {
    "crashes": r"crashed \(SIGSEGV\)",
    "exits": r"exited unexpectedly \(exit code 0\)",
    "raises": "RuntimeError: out of breath",
    "silent": "silent",
    "nothing": "silent",
    "torn": "ends before the text",
    "short": "can't be right",
    "long": "can't be right",
}


@pytest.fixture
def takes(fake_engine, cache) -> Takes:
    return Takes(cache, workers=2)


@pytest.fixture
def faulty(fake_engine, monkeypatch, tmp_path) -> Path:
    """The faulty engine; the path of the file that it may write."""
    monkeypatch.syspath_prepend(Path(__file__).parent)
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join((str(Path(__file__).parent), os.environ["PYTHONPATH"]))
    )
    monkeypatch.setitem(ENGINES, "faulty", "faulty_engines:Faulty")
    monkeypatch.setitem(ENGINES, "loading", "faulty_engines:Loading")
    monkeypatch.setenv("FAULTY_CHILD", str(tmp_path / "child"))
    return tmp_path / "child"


def wait_until(condition, seconds: float = 30.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_what_an_engine_finds_wrong_is_reported_every_time(faulty, cache):
    asked = line("This is mumbled", engine="faulty")
    fault = "“is” can't be heard, 0.5 s into the line"
    for _ in range(2):  # spoken, then from the cache
        takes = Takes(cache, workers=1)
        assert takes.make([asked])[asked.id].faults == (fault,)
        assert takes.warnings == [f"{asked.mark}: “This is mumbled”: {fault}"]


def test_a_take_is_made_once_and_then_known(takes, cache):
    lines = [line("Breathe in."), line("Breathe out."), line("Breathe in.", id="again")]
    told = []
    assert takes.known(lines[0]) is None
    facts = takes.make(lines, lambda line, spoken: told.append((line.id, spoken)))
    assert (takes.made, takes.reused) == (2, 0)
    assert sorted(told) == [("Breathe in.", True), ("Breathe out.", True), ("again", True)]
    assert facts["again"].length == facts["Breathe in."].length

    later = Takes(cache)
    assert later.known(lines[0]).length == facts["Breathe in."].length
    later.make(lines)
    assert (later.made, later.reused) == (0, 2)
    assert np.array_equal(later.read("again"), takes.read("Breathe in."))


@pytest.mark.parametrize(
    "change", [{"text": "Breathe on."}, {"voice": "high"}, {"rate": 100}, {"pitch": 40}]
)
def test_whatever_is_heard_is_in_the_key(takes, change):
    takes.make(
        [line("Breathe in.", id="one"), line(**({"text": "Breathe in."} | change), id="other")]
    )
    assert takes.made == 2


def test_the_place_in_the_script_is_not_in_the_key(takes):
    takes.make([line("Breathe in.", row=1)])
    takes.make([line("Breathe in.", row=2)])
    assert (takes.made, takes.reused) == (1, 1)


def test_a_take_is_trimmed_faded_and_measured(takes):
    facts = takes.make([line("Let the right knee soften.", rate=120)])["Let the right knee soften."]
    samples = takes.read("Let the right knee soften.")
    assert samples.dtype == np.float32
    assert samples.shape == (facts.length, 1)
    # Five words at half a second each, the last one's gap trimmed, 10 and 40 ms kept around.
    assert facts.length / 48_000 == pytest.approx(2.5 - 0.075 + 0.05, abs=0.005)
    assert np.abs(samples[:10]).max() < 1e-3
    assert np.abs(samples[-10:]).max() < 1e-3
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    assert loud[0] == pytest.approx(480, abs=24)
    assert facts.peak == pytest.approx(np.abs(samples).max(), abs=1e-4)
    assert facts.energies == pytest.approx(energies(samples), rel=2e-3, abs=1e-9)
    onsets = [word.start / 48_000 for word in facts.words]
    assert onsets == pytest.approx([0.01 + 0.5 * n for n in range(5)], abs=0.002)


@pytest.mark.parametrize(("murmur_ms", "before_ms"), [(0, 10), (4, 14), (40, 15)])
def test_a_take_is_heard_at_once_whatever_is_murmured_before(murmur_ms, before_ms):
    """As before “Both”; the soft beginning of a consonant stays."""
    rate = 24_000
    sizes = (200, murmur_ms, 500)  # ms of silence, of murmur at -45 dB, and of speech
    levels = np.repeat((0, 84, 15_000), [rate * ms // 1000 for ms in sizes])
    part = sounding_range(Speech(levels.astype("<i2").tobytes(), rate, True, "v"), "Both.", 115)
    heard = rate * (200 + murmur_ms) // 1000
    assert heard - part.start == rate * before_ms // 1000


def test_packing_keeps_peaks_above_full_scale(takes):
    facts = takes.make([line("Rest.")])["Rest."]
    loud = takes.read("Rest.") * np.float32(4 / facts.peak)
    again = unpack_samples(pack_take(loud, type(facts)(len(loud), facts.energies, 4.0, "x", ())))
    assert np.abs(again - loud).max() < 2e-4
    assert unpack_facts(pack_take(loud, facts)).length == facts.length


def test_samples_are_not_to_be_changed(takes):
    takes.make([line("Rest.")])
    with pytest.raises(ValueError, match="read-only"):
        takes.read("Rest.")[0] = 1


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failure_is_reported_with_its_place_and_nothing_is_cached(faulty, cache, fault):
    takes = Takes(cache, workers=1)
    with pytest.raises(SpeechError, match=FAULTS[fault]) as caught:
        takes.make([line(f"This line {fault}", engine="faulty", row=14)])
    assert caught.value.report().startswith("session.yaml:14:3: error: faulty could not speak")
    assert caught.value.hint
    with pytest.raises(SpeechError, match=FAULTS[fault]):  # it isn't taken from the cache
        Takes(cache, workers=1).make([line(f"This line {fault}", engine="faulty", row=14)])


def test_a_hanging_engine_is_killed_with_its_child_processes(faulty, cache):
    takes = Takes(cache, limits=Limits(3.0, 0.0))
    with pytest.raises(SpeechError, match="did not answer within 3 s"):
        takes.make([line("This line hangs", engine="faulty")])
    child = int(faulty.read_text())
    assert not wait_for_end([child])


def test_a_worker_that_is_lost_once_is_replaced(faulty, cache):
    lines = [line(text, engine="faulty") for text in ("One line is fine", "This line fails once")]
    takes = Takes(cache, workers=1)
    takes.make(lines)
    assert takes.made == 2


def test_the_other_takes_of_a_failed_run_are_cached(faulty, cache):
    good = [line(f"Line {n} is fine", engine="faulty") for n in range(4)]
    takes = Takes(cache, workers=1)
    with pytest.raises(SpeechError):
        takes.make([*good, line("This line crashes", engine="faulty")])
    assert all(Takes(cache).known(line) is not None for line in good)


def test_what_an_engine_prints_is_discarded(faulty, cache, capfd):
    takes = Takes(cache)
    takes.make([line("This line is noisy", engine="faulty"), line("fine", engine="faulty")])
    assert takes.read("This line is noisy").any()
    assert capfd.readouterr() == ("", "")


def test_modules_beside_a_script_are_not_run(fake_engine, cache, tmp_path, monkeypatch):
    for module in ("json", "wave", "pyttsx3", "psoas_audio"):
        (tmp_path / f"{module}.py").write_text("import os; os._exit(7)")
    monkeypatch.chdir(tmp_path)
    assert Takes(cache).make([line("Rest.")])


def test_an_unknown_engine_is_reported_with_its_place(cache, fake_engine):
    with pytest.raises(SpeechError, match="no engine called") as caught:
        Takes(cache).make([line("Rest.", engine="piper2", row=7)])
    assert "session.yaml:7:3" in caught.value.report()
    assert "pyttsx3" in caught.value.hint


def test_an_outside_engine_comes_in_by_its_entry_point(fake_engine, cache, tmp_path, monkeypatch):
    (tmp_path / "outside.py").write_text("from fake_engine import Fake as Outside\n")
    facts = tmp_path / "outside-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: outside\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text(
        "[psoas_audio.engines]\noutside = outside:Outside\npyttsx3 = outside:Nothing\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), os.environ["PYTHONPATH"])))
    assert Takes(cache).make([line("Rest.", engine="outside")])["Rest."].voice == "low"
    assert reference_of("pyttsx3").endswith("system:System")


def test_a_damaged_cache_entry_is_made_again(takes, cache):
    wanted = line("Let the jaw be soft.")
    before = takes.make([wanted])
    samples = takes.read(wanted.id)
    path = max(cache.folder.glob("??/*.entry"), key=lambda entry: entry.stat().st_size)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)

    again = Takes(cache)
    after = again.make([wanted])
    assert again.made == 1
    assert after[wanted.id].length == before[wanted.id].length
    assert np.array_equal(again.read(wanted.id), samples)


def test_the_facts_of_a_take_are_read_without_its_samples(takes, cache):
    wanted = line("Let the jaw be soft.")
    made = takes.make([wanted])[wanted.id]
    path = max(cache.folder.glob("??/*.entry"), key=lambda entry: entry.stat().st_size)
    path.write_bytes(path.read_bytes()[:-1])
    known = Takes(cache).known(wanted)
    assert known is not None
    assert known.length == made.length
    assert np.array_equal(known.energies, made.energies)
    path.unlink()
    assert Takes(cache).known(wanted) is None


@pytest.mark.parametrize("by", [-100, 100])
def test_a_take_that_is_spoken_again_is_as_long_as_before(takes, cache, by):
    """An engine needn't say it twice alike, but the timeline stands."""
    wanted = line("Let the jaw be soft.")
    length = takes.make([wanted])[wanted.id].length
    key = takes.identity(wanted.id)
    payload = cache.get(key)
    facts = replace(unpack_facts(payload), length=length + by)
    told = header_of_payload(pack_take(unpack_samples(payload), facts))
    cache.put(key_of({"kind": "facts", "of": key}), told)
    again = Takes(cache)
    assert again.known(wanted).length == length + by
    (cache.folder / key[:2] / f"{key}.entry").unlink()
    assert len(again.read(wanted.id)) == length + by
    again._memory.clear()  # the next reading is of the cache
    assert len(again.read(wanted.id)) == length + by


def test_a_take_that_left_the_cache_is_made_again_when_read(takes, cache):
    wanted = line("Let the jaw be soft.")
    takes.make([wanted])
    cache.clear()
    assert len(takes.read(wanted.id))


def test_without_a_usable_cache_the_takes_are_still_made(fake_engine, tmp_path):
    (tmp_path / "file").write_text("in the way")
    takes = Takes(Cache(tmp_path / "file" / "cache"))
    facts = takes.make([line("One."), line("Two.")])
    assert len(takes.read("One.")) == facts["One."].length
    assert len(takes.warnings) == 1
    assert "kept for this run only" in takes.warnings[0]


RENDER = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:4]
from psoas_audio.speech.engines import ENGINES, reference_of
from psoas_audio.speech.takes import Takes
from psoas_audio.cache.local import Cache, key_of
from speech_example import line
ENGINES["fake"] = "fake_engine:Fake"
ENGINES["faulty"] = "faulty_engines:Faulty"
takes = Takes(Cache(Path(sys.argv[1])), workers=2)
takes.make([line(text, engine=sys.argv[4]) for text in sys.argv[5:]])
print(takes.made)
"""


def render(folder: Path, engine: str, *texts: str) -> subprocess.Popen:
    here = Path(__file__).parent
    return subprocess.Popen(
        [sys.executable, "-c", RENDER, str(folder), str(here), str(here.parent), engine, *texts],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_renders_with_one_cache_make_each_take_once(fake_engine, tmp_path):
    texts = [f"Line number {n}." for n in range(12)]
    both = [render(tmp_path, "fake", *texts) for _ in range(2)]
    assert sum(int(one.communicate()[0]) for one in both) == len(texts)
    # Each with its facts apart, and its prepared text.
    assert Cache(tmp_path).verify().entries == 3 * len(texts)


def test_the_engine_that_loads_meanwhile_is_the_one_that_speaks(faulty, cache):
    asked = line("Breathe in", engine="loading")
    takes = Takes(cache, workers=2)
    with takes.loading([asked]):
        assert wait_until(lambda: faulty.exists() and faulty.read_text())
        (fault,) = takes.make([asked])[asked.id].faults
    assert fault == f"spoken by {faulty.read_text()}"


def test_what_fails_while_an_engine_loads_stops_nothing(faulty, cache):
    asked = line("Breathe in", engine="loading", voice="high")
    takes = Takes(cache, workers=2)
    with takes.loading([asked]):
        assert takes.make([asked])[asked.id].length > 0


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc")
@pytest.mark.parametrize("count", [1, 5])
def test_engines_that_loaded_in_vain_are_ended(faulty, cache, count):
    before = children_of(os.getpid())
    with Takes(cache, workers=2).loading(
        [line(f"Breath {n}", engine="loading") for n in range(count)]
    ):
        assert wait_until(lambda: len(children_of(os.getpid()) - before) == min(count, 2))
    assert wait_until(lambda: children_of(os.getpid()) <= before)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc")
def test_a_killed_render_leaves_no_process_behind(faulty, tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    run = render(tmp_path / "cache", "faulty", "This line hangs", "This line is fine")
    assert wait_until(lambda: faulty.exists() and faulty.read_text() != "")
    assert wait_until(lambda: Cache(tmp_path / "cache").stats()[0] >= 1)
    workers = children_of(run.pid)
    assert workers
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    assert not wait_for_end([*workers, int(faulty.read_text())])
    # A worker that has just been ended may leave an empty folder, which a later render removes.
    assert wait_until(lambda: not any(path.is_file() for path in (tmp_path / "tmp").rglob("*")))


def test_an_interrupted_make_ends_its_workers(faulty, cache, monkeypatch):
    def interrupted(line, spoken):
        raise KeyboardInterrupt

    lines = [line(text, engine="faulty") for text in ("This line is fine", "This line hangs")]
    before, started = children_of(os.getpid()), time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        Takes(cache, workers=2).make(lines, interrupted)
    assert time.monotonic() - started < Limits().start  # it doesn't wait for the second line
    assert children_of(os.getpid()) <= before
