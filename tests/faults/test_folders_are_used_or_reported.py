"""Whatever lies in a folder that a command is given is used, or the command says that it isn't."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile
from bench import Bench, Done
from PIL import Image

VOICE = "voice: {engine: espeak}\n"
STEPS = f"{VOICE}steps:\n  - say: Rest.\n  - bell: bowl\n"
URL = ("--base-url", "https://example.org/")
WEEK = "title: A week\nweeks:\n  - days:\n      - {{day: 1, session: {}}}\n"


def publish(bench: Bench, *words: str) -> Done:
    done = bench.run("publish", "site", *URL, *words)
    assert done.status == 0, done.text
    return done


def put(bench: Bench, name: str, text: str) -> Path:
    path = bench.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def catalogue(folder: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = json.loads((folder / "catalogue.json").read_bytes())
    return found


def told(done: Done) -> list[str]:
    return [line for line in done.err.splitlines() if "not used" in line]


@pytest.mark.parametrize("ending", ["yaml", "yml", "YAML"])
def test_a_programme_in_the_folder_programmes_is_published(bench: Bench, ending: str) -> None:
    bench.script(STEPS, "site/one.yaml")
    put(bench, f"site/programmes/week.{ending}", WEEK.format("one"))
    done = publish(bench)
    assert [p["name"] for p in catalogue(bench.folder / "site")["programmes"]] == ["week"]
    assert (bench.folder / "site" / "week.html").is_file()
    assert not told(done)


def test_translations_are_used_where_a_session_has_their_language(bench: Bench) -> None:
    bench.script(STEPS, "site/one.yaml")
    catalogue = put(bench, "site/locale/de/one.po", "")
    assert bench.run("translate", "update", "site/one.yaml", "de").status == 0
    [line] = told(publish(bench))
    assert line.startswith("site: not used: locale.")
    assert "render SCRIPT --language TAG --with timeline -o site" in line
    words = catalogue.read_text("utf-8")
    for text in ("Rest.", "S", "T"):
        words = words.replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{text}"')
    catalogue.write_text(words, "utf-8")
    render = ("--language", "de", "--with", "timeline", "-o", "site")
    done = bench.run("render", "site/one.yaml", *render)
    assert done.status == 0, done.text
    assert not told(publish(bench))
    put(bench, "site/locale/fr/one.po", "")
    [line] = told(publish(bench))
    assert line.startswith("site: not used: locale/fr.")


def test_every_script_gets_a_living_page_whatever_its_bed(bench: Bench) -> None:
    rest = "steps:\n  - say: Rest.\n  - rest: 5-20s\n  - bell: bowl\n"
    bench.script(f"{VOICE}bed: rain.wav\n{rest}", "site/own.yaml")
    bench.script(f"{VOICE}bed: soft-rain\n{rest}", "site/shipped.yaml")
    noise = np.random.default_rng(1).standard_normal(44_100 * 7 + 1) * 0.05
    soundfile.write(bench.folder / "site" / "rain.wav", noise, 44_100)
    publish(bench, "--living")
    for name in ("own", "shipped"):
        assert (bench.folder / "site" / f"{name}.living.html").is_file()
        assert (bench.folder / "site" / f"{name}.living.bin").stat().st_size > 50_000


def test_two_programmes_of_one_name_are_refused(bench: Bench) -> None:
    bench.script(STEPS, "site/one.yaml")
    for name in ("site/week.yaml", "site/programmes/week.yaml"):
        put(bench, name, WEEK.format("one"))
    done = bench.run("publish", "site", *URL)
    assert done.status == 1
    assert "site/week.yaml and site/programmes/week.yaml would both" in done.err


def test_a_block_beside_the_scripts_is_not_a_session(bench: Bench) -> None:
    bench.script(f"{STEPS}  - include: closing\n", "site/one.yaml")
    put(bench, "site/closing.yaml", "title: C\ncovers: [way-out]\nsteps:\n  - say: Thank you.\n")
    done = publish(bench)
    assert [s["name"] for s in catalogue(bench.folder / "site")["sessions"]] == ["one"]
    assert "not sessions of their own, since other scripts include them: closing.yaml" in done.err


def test_what_a_site_does_not_use_is_listed_in_one_line(bench: Bench) -> None:
    bench.script(STEPS, "site/one.yaml")
    bench.script(STEPS, "site/sub/two.yaml")
    put(bench, "site/programmes/week.yaml", WEEK.format("one"))
    for name in ("notes.md", "three.yaml.txt", "locale/de/one.po", "programmes/old.txt", ".hidden"):
        put(bench, f"site/{name}", "x")
    done = publish(bench)
    (line,) = told(done)
    shown = "locale, notes.md, programmes/old.txt, sub, three.yaml.txt. A site is made of"
    assert f"site: not used: {shown}" in line
    again = json.loads(publish(bench, "--json").out)
    assert again["rendered"] == []
    assert [Path(name).name for name in again["unused"]] == [
        *("locale", "notes.md", "old.txt", "sub", "three.yaml.txt")
    ]


def test_what_a_site_uses_is_not_listed(bench: Bench) -> None:
    """Sounds, blocks, a lexicon, a cover, and everything that an earlier run has made."""
    site = bench.folder / "site"
    top = "cover: cover.png\nlexicon: words.pls\nbed: beds/rain.wav\n"
    steps = f"{top}{STEPS}  - bell: my bell.wav\n  - include: parts/end\n"
    bench.script(steps, "site/one.yaml")
    put(bench, "site/parts/end.yaml", "steps:\n  - say: Thank you.\n")
    lexeme = "<lexeme><grapheme>supta</grapheme><alias>soop ta</alias></lexeme>"
    space = 'xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" version="1.0" xml:lang="en"'
    put(bench, "site/words.pls", f'<lexicon {space} alphabet="ipa">{lexeme}</lexicon>')
    Image.new("RGB", (1400, 1400)).save(site / "cover.png")
    (site / "beds").mkdir()
    shipped = Path(__file__).parents[2] / "sounds"
    for source, name in (("bells/small-bell", "my bell.wav"), ("beds/soft-rain", "beds/rain.wav")):
        found = next(shipped.glob(f"{source}.*"))
        samples, rate = soundfile.read(found)
        soundfile.write(site / name, samples, rate)
    for _ in range(2):
        done = publish(bench)
        assert not done.err, done.err


def test_finished_sessions_are_on_a_site_in_another_folder(bench: Bench) -> None:
    bench.script(STEPS)
    assert bench.run("render", "s.yaml", "-o", "site", "--with", "timeline").status == 0
    done = publish(bench, "-o", "out")
    assert [s["name"] for s in catalogue(bench.folder / "out")["sessions"]] == ["s"]
    assert not told(done)
    assert json.loads(publish(bench, "-o", "out", "--json").out)["written"] == []


def test_a_replaced_sound_and_a_timeline_without_a_sound_are_listed(
    bench: Bench,
) -> None:
    bench.script(STEPS)
    for form in ("mp3", "flac"):
        words = ("render", "s.yaml", "-o", f"site/s.{form}", "--with", "timeline", "-f")
        assert bench.run(*words).status == 0
    shutil.copy(bench.folder / "site/s.timeline.json", bench.folder / "site/gone.timeline.json")
    done = publish(bench)
    (line,) = told(done)
    assert "not used: gone.timeline.json, s.flac." in line
    assert "no timeline beside it" not in done.err


def test_a_site_of_nothing_but_up_to_date_sessions_renders_none(bench: Bench) -> None:
    """With a voice that tells when each word is heard, too."""
    bench.script(STEPS, "site/one.yaml")
    first, second = (json.loads(publish(bench, "--living", "--json").out) for _ in range(2))
    assert len(first["rendered"]) == 1
    assert (second["rendered"], second["written"], second["unused"]) == ([], [], [])


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_links_and_pipes_in_a_folder_are_listed_or_refused(bench: Bench) -> None:
    bench.script(STEPS, "site/one.yaml")
    (bench.folder / "site" / "self").symlink_to(".")
    (bench.folder / "site" / "nowhere.txt").symlink_to("nowhere.txt")
    assert "not used: nowhere.txt, self." in publish(bench).err
    os.mkfifo(bench.folder / "site" / "pipe.yaml")
    done = bench.run("publish", "site", *URL)
    assert done.status == 1
    assert "pipe.yaml" in done.err


def test_recordings_that_no_take_is_made_of_are_listed(bench: Bench) -> None:
    bench.script("voice: {engine: recorded, name: mine}\nsteps:\n  - Rest.\n  - Breathe out.\n")
    sheet = bench.run("takes", "sheet", "s.yaml", "--csv")
    assert sheet.status == 0, "the sheet is there before the recordings"
    names = [line.split(",")[1] for line in sheet.out.splitlines()[1:]]
    spoken = bench.folder / "in"
    spoken.mkdir()
    for name, words in zip(names, ("Rest.", "Breathe out."), strict=True):
        path = f"in/{name}.wav"
        assert bench.run("say", words, "--engine", "espeak", "-o", path).status == 0
    shutil.copy(spoken / f"{names[0]}.wav", spoken / "take 3.wav")
    shutil.copy(spoken / f"{names[0]}.wav", spoken / f"{names[0]}.m4a")
    done = bench.run("takes", "import", "s.yaml", "in", "-o", "mine")
    assert done.status == 0, done.text
    (line,) = told(done)
    assert f"in: not used: {names[0]}.m4a, take 3.wav." in line
    assert bench.run("check", "s.yaml").status == 0
