"""What ``import psoas_audio`` offers, and how it behaves as a library."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import soundfile

import psoas_audio
from psoas_audio import Progress, PsoasError, ScriptError
from psoas_audio.units import SAMPLE_RATE

ROOT = Path(__file__).parents[1]
FRONT = Path(psoas_audio.__file__)
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")

SHORT = {
    "title": "Short",
    "safety": "none",
    "voice": {"engine": "espeak"},
    "length": {"min": 17, "max": 32},
    "steps": ["Rest here for a while.", {"rest": "2-20s"}, {"bell": "bowl"}],
}


def test_every_name_can_be_imported_and_none_is_left_out() -> None:
    under_type_checking = {
        alias.name
        for node in ast.walk(ast.parse(FRONT.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("psoas_audio.")
        for alias in node.names
    }
    assert under_type_checking == set(psoas_audio.__all__)
    for name in psoas_audio.__all__:
        assert getattr(psoas_audio, name) is not None
    assert dir(psoas_audio) == sorted(psoas_audio.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'rendr'"):
        psoas_audio.rendr  # noqa: B018


def test_the_page_describes_exactly_the_names_there_are() -> None:
    named = {
        name
        for line in PAGE.splitlines()
        if line.startswith(("#### `", "| `"))
        for name in re.findall(r"`(\w+)", line.split("|")[1] if line[0] == "|" else line)
    }
    assert set(psoas_audio.__all__) - named == set()
    assert set(re.findall(r"psoas_audio\.(\w+)", PAGE)) <= set(psoas_audio.__all__)


def test_importing_it_loads_nothing_else() -> None:
    code = "import sys, psoas_audio; print(*sorted(m for m in sys.modules if 'psoas' in m))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["psoas_audio", "psoas_audio._version"]


def test_no_signature_holds_any() -> None:
    for name in psoas_audio.__all__:
        thing = getattr(psoas_audio, name)
        methods = (
            [m for n, m in vars(thing).items() if n[0] != "_"] if inspect.isclass(thing) else []
        )
        for each in (thing, *methods):
            if inspect.isfunction(each):
                assert "Any" not in str(inspect.signature(each)), f"{name}: {each}"
        if inspect.isclass(thing):
            assert not re.search(r"\bAny\b", str(inspect.get_annotations(thing))), name


def test_a_number_is_a_length_in_seconds() -> None:
    script = psoas_audio.parse_script(SHORT)
    for length in (20, 20.0, "20s"):
        assert psoas_audio.plan(script, length=length).timeline.length == 20 * SAMPLE_RATE


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"length": "1:75"}, "length: "),
        ({"length": -3}, "length: "),
        ({"length": 0}, ""),
        ({"rate": 900}, "rate: 900 words per minute"),
        ({"target": 0.0}, "target: 0 LUFS"),
        ({"guidance": "few"}, "guidance: "),
        ({"voice": 3}, "voice: 3 isn't a text"),
        ({"bed": 3}, "bed: 3 isn't a text"),
        ({"engine": Path("espeak")}, "isn't a text"),
        ({"rate": "fast"}, "rate: 'fast' isn't a number"),
        ({"target": True}, "target: True isn't a number"),
        ({"start_side": "left"}, "Leave out start_side"),
        ({"voice": "recorded:nowhere"}, "voice='recorded:FOLDER'"),
    ],
)
def test_errors_speak_of_arguments(options: dict[str, object], named: str) -> None:
    with pytest.raises(PsoasError) as caught:
        psoas_audio.plan(psoas_audio.parse_script(SHORT), **options)  # type: ignore[arg-type]
    assert named in caught.value.report()
    assert "--" not in caught.value.report()


def test_a_timeline_is_read_from_a_path_of_either_type_and_one_output_may_be_a_name(
    tmp_path: Path,
) -> None:
    script = psoas_audio.parse_script(SHORT)
    done = psoas_audio.render(script, tmp_path / "s.mp3", outputs="timeline")
    timeline = tmp_path / "s.timeline.json"
    assert timeline in done.files
    assert psoas_audio.read_timeline(str(timeline)) == psoas_audio.read_timeline(timeline)
    timeline.write_text("no timeline", "utf-8")
    with pytest.raises(PsoasError, match="isn't a timeline file of psoas-audio"):
        psoas_audio.read_timeline(str(timeline))


def test_a_file_that_is_there_is_named_with_the_argument_that_replaces_it(tmp_path: Path) -> None:
    (tmp_path / "there.mp3").write_text("")
    script = psoas_audio.parse_script(SHORT)
    with pytest.raises(psoas_audio.OutputError, match="overwrite=True"):
        psoas_audio.render(script, tmp_path / "there.mp3")
    with pytest.raises(PsoasError, match="Leave out format"):
        psoas_audio.render(script, tmp_path / "there.mp3", format="wav")


def test_a_source_is_checked_like_a_file(tmp_path: Path) -> None:
    assert [p.severity for p in psoas_audio.check_source(SHORT)] == []
    faulty = "title: T\nlength: {min: 9m}\nsafety: none\nsteps: [Hello.]\n"
    (tmp_path / "script.yaml").write_text(faulty)
    rules = [p.rule for p in psoas_audio.check_source(faulty)]
    assert rules == [p.rule for p in psoas_audio.check(tmp_path / "script.yaml")]
    assert "length-out-of-reach" in rules
    with pytest.raises(ScriptError):
        psoas_audio.parse_script("title: T\nsteps: [{hold: soon}]\n")


def test_a_mixdown_is_the_sound_of_the_render(tmp_path: Path) -> None:
    script = psoas_audio.parse_script(SHORT)
    mixdown = psoas_audio.mixdown(script, length=20)
    samples = mixdown.samples()
    assert samples.dtype == np.float32
    assert samples.shape == (20 * SAMPLE_RATE, 1)
    assert np.array_equal(mixdown.read(100_000, 200_000), samples[100_000:200_000])
    rendered = psoas_audio.render(script, tmp_path / "s.wav", length=20)
    decoded, _ = soundfile.read(rendered.output, dtype="float32", always_2d=True)
    assert np.abs(decoded - samples).max() < 2**-22  # the file has 24 bits
    segment = mixdown.audio_segment()
    assert (segment.frame_rate, segment.channels, len(segment)) == (SAMPLE_RATE, 1, 20_000)
    ours, files = segment.get_array_of_samples(), rendered.audio_segment().get_array_of_samples()
    assert np.abs(np.subtract(ours, files, dtype=np.int32)).max() <= 1


def test_progress_comes_from_the_thread_that_asked(tmp_path: Path) -> None:
    seen: list[tuple[int, Progress]] = []
    psoas_audio.render(
        psoas_audio.parse_script({**SHORT, "title": "Told"}),
        tmp_path,
        outputs=["vtt"],
        on_progress=lambda progress: seen.append((threading.get_ident(), progress)),
    )
    assert {thread for thread, _ in seen} == {threading.get_ident()}
    assert {"plan", "encode", "check", "publish"} <= {progress.phase for _, progress in seen}
    assert all(0 <= progress.done <= progress.total for _, progress in seen)


def test_two_threads_may_render_at_once(tmp_path: Path) -> None:
    scripts = [
        psoas_audio.parse_script(
            {**SHORT, "steps": [f"Session {n}.", {"rest": "5-30s"}]}, name=f"s{n}"
        )
        for n in range(2)
    ]

    def made(script: psoas_audio.Script, folder: str) -> bytes:
        return psoas_audio.render(script, tmp_path / folder).output.read_bytes()

    with ThreadPoolExecutor(4) as threads:
        jobs = [threads.submit(made, script, folder) for script in scripts for folder in ("a", "b")]
        together = [job.result() for job in jobs]
    alone = [made(script, "alone") for script in scripts]
    assert together == [alone[0], alone[0], alone[1], alone[1]]


def test_what_report_raises_ends_the_render_with_nothing_published(tmp_path: Path) -> None:
    def cancel(progress: Progress) -> None:
        if progress.phase == "publish":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        psoas_audio.render(psoas_audio.parse_script(SHORT), tmp_path, on_progress=cancel)
    assert list(tmp_path.iterdir()) == []


def test_old_names_of_arguments_still_work_with_a_warning(tmp_path: Path) -> None:
    seen: list[Progress] = []
    script = psoas_audio.parse_script(SHORT)
    with pytest.warns(DeprecationWarning, match="is now called") as warned:
        made = psoas_audio.render(  # type: ignore[call-arg]
            script, tmp_path, extras=["vtt"], form="wav", report=seen.append
        )
    assert [path.suffix for path in made.files] == [".wav", ".vtt"]
    assert seen
    assert {w.filename for w in warned} == {__file__}
    assert "'extras' is now called 'outputs'" in str(warned[0].message)
