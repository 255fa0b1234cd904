"""The contract of every engine, run over the real ones and the fake."""

import array
import contextlib
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from speech_example import line
from speech_server import serving
from tiny_voice import write_voice

from psoas_audio.cache.local import Cache
from psoas_audio.errors import SpeechError
from psoas_audio.pace import sentence_pause
from psoas_audio.speech.available_voices import list_voices
from psoas_audio.speech.engine import Engine, Request
from psoas_audio.speech.engines import load_engine, reference_of
from psoas_audio.speech.engines.command import SHIPPED as RECIPES
from psoas_audio.speech.engines.espeak import Espeak
from psoas_audio.speech.engines.kokoro import engine as kokoro
from psoas_audio.speech.normalization.normalize import normalize_text
from psoas_audio.speech.pool import Worker
from psoas_audio.speech.takes import Takes
from psoas_audio.units import SAMPLE_RATE

PASSAGE = (
    "Slide the ball under the right side of your belly, a little above the hip bone. "
    "Rest your weight on it slowly, as much as feels kind today. "
    "If you feel something sharp, lift away at once. "
    "Keep the jaw soft, and let the shoulders be heavy. "
    "Notice how the front of the hip answers when you breathe all the way out."
)
LINES = (
    ("Slide the ball under the belly, a little above the hip bone.", "Rest your weight on it."),
    ("Keep the jaw soft, and let the shoulders be heavy.", "Breathe out.", "If it hurts, stop."),
    ("The right leg gets longer.", "Feel how the front of the hip answers to your breath."),
)
LIVING = ("pyttsx3", "espeak")
ENGINES = ("fake", *LIVING, "command", "piper", "kokoro", "endpoint")
HOSTILE = (
    "<audio src='http://127.0.0.1/x'/>",
    "-vxx --help -w /tmp/x",
    "`id` $(id) ; id | id && id",
    "[[" + "s'oU@" * 100 + "]]",
    "<speak><break time='9s'/>&amp;&#x41;</speak>",
    "a" * 400,
    "%s%n {out} {text_file} \\n \\0",
    "12345678901234567890 3.14159 1e999 0x41",
    "été Ωμέγα ёж 你好 مرحبا 👋🏽 ﷽ Z̷a̷l̷g̷o̷",
)


@dataclass
class Voice:
    """A worker of an engine."""

    engine: str
    worker: Worker

    def speak(self, text: str, **wishes: object) -> tuple[bytes, dict]:
        asked = {"voice": None, "rate": 100.0, "pitch": 50, "language": "en-US"} | wishes
        limit = 20 + len(text) / 2  # a natural voice on a busy machine
        answer, pcm = self.worker.call({"do": "speak"} | asdict(Request(text, **asked)), limit)
        return pcm, answer

    def seconds(self, text: str, **wishes: object) -> float:
        pcm, answer = self.speak(text, **wishes)
        return len(pcm) / 2 / answer["sample_rate"]


@pytest.fixture(scope="module")
def setting(tmp_path_factory) -> Iterator[Path]:
    """Recipes, a voice folder (Piper's only where it is installed), and a speech server."""
    folder = tmp_path_factory.mktemp("voices")
    program = [sys.executable, str(Path(__file__).with_name("small_program.py"))]
    command = json.dumps([*program, "{text_file}", "{out}", "{rate}"])
    (folder / "commands.toml").write_text(f"[small]\ncommand = {command}\n")
    with contextlib.suppress(ImportError):
        write_voice(folder, "en_US-tiny-low")
    with pytest.MonkeyPatch.context() as patch, serving() as server:
        patch.setenv("PSOAS_AUDIO_COMMANDS", str(folder / "commands.toml"))
        patch.setenv("PSOAS_AUDIO_VOICES", str(folder))
        patch.setenv("PSOAS_AUDIO_ENDPOINT", server.url)
        patch.setenv("PSOAS_AUDIO_ENDPOINT_FILE", str(folder / "endpoint.toml"))
        yield folder


def skip_unless_installed(engine: str) -> None:
    if engine == "piper":
        pytest.importorskip("piper")
    if engine == "kokoro" and not kokoro.is_ready("en"):
        pytest.skip("Kokoro is not installed")


@pytest.fixture(scope="module", params=ENGINES)
def voice(request, setting) -> Iterator[Voice]:
    skip_unless_installed(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
        worker = Worker(
            "fake_engine:Fake" if request.param == "fake" else reference_of(request.param)
        )
        yield Voice(request.param, worker)
        worker.kill()


def test_an_engine_is_cheap_to_create_and_has_its_name(voice, setting):
    reference = "fake_engine:Fake" if voice.engine == "fake" else reference_of(voice.engine)
    engine = load_engine(reference)
    assert isinstance(engine, Engine)
    assert engine.name == voice.engine
    request = Request("Rest.", None, 100, 50, "en-US")
    assert engine.fingerprint(request) == load_engine(reference).fingerprint(request)


def test_an_engine_says_all_of_a_text(voice):
    pcm, answer = voice.speak("Let the right knee soften, and breathe out slowly.")
    assert answer["complete"]
    assert len(pcm) % 2 == 0
    assert max(map(abs, array.array("h", pcm))) > 2000
    assert 1 < len(pcm) / 2 / answer["sample_rate"] < 12
    assert voice.seconds(PASSAGE) > 5 * voice.seconds("Let the right knee soften.")


def test_every_call_stands_alone(voice):
    before = voice.seconds("Let the right knee soften.")
    voice.speak("Something else.", rate=150.0, pitch=90)
    assert voice.seconds("Let the right knee soften.") == pytest.approx(before, abs=0.02)


def test_a_slower_rate_takes_longer(voice):
    assert voice.seconds(PASSAGE, rate=80.0) > 1.1 * voice.seconds(PASSAGE, rate=100.0)


@pytest.mark.parametrize("name", ["nobody", "en-us+nobody", "../en_US-tiny-low", ""])
def test_an_unknown_voice_is_refused(voice, name):
    with pytest.raises(SpeechError):
        voice.speak("Rest.", voice=name)
    assert voice.speak("Rest.")[0]


def test_a_language_without_a_voice_is_refused(voice):
    if voice.engine == "fake":
        pytest.skip("speaks anything")
    with pytest.raises(SpeechError, match="tlh"):
        voice.speak("Rest.", language="tlh")


def test_hostile_text_is_read_as_text(voice, capfd):
    """Spoken, and nothing else: no crash, no shell, no file, nothing on our stdout."""
    for text in HOSTILE:
        # A natural voice takes a minute for both, and is given the normalized one by the program.
        natural = voice.engine == "kokoro"
        for ready in (normalize_text(text, "en-US"), *([] if natural else [text])):
            pcm, answer = voice.speak(ready, rate=200.0)
            assert answer["complete"], text
            assert pcm, text
    assert voice.worker.usable
    assert capfd.readouterr() == ("", "")
    assert not Path("/tmp/x").exists()


def test_a_very_long_text_is_said_whole(voice):
    count = 15 if voice.engine == "kokoro" else 40  # more than its model takes at once
    long = " ".join(f"This is sentence number {n} of a long talk." for n in range(count))
    pcm, answer = voice.speak(long, rate=200.0)
    assert answer["complete"]
    assert len(pcm) / 2 / answer["sample_rate"] > 30


def test_the_voices_of_an_engine_have_a_language_and_a_name(voice):
    answer, _ = voice.worker.call({"do": "voices"}, 20.0)
    assert answer["voices"]
    for info in answer["voices"]:
        assert info["name"]
        assert info["language"]
        assert info["engine"] == voice.engine
    if voice.engine != "command":  # its programs may be anywhere
        assert voice.speak("Rest.", voice=answer["voices"][0]["name"])[0]


@pytest.fixture(scope="module")
def measured(tmp_path_factory) -> Cache:
    """A cache shared, so that each voice is measured once."""
    return Cache(tmp_path_factory.mktemp("measured"))


@pytest.mark.parametrize("engine", [*LIVING, "command", "piper", "kokoro", "endpoint"])
def test_the_rate_is_effective_words_per_minute(engine, setting, measured):
    skip_unless_installed(engine)
    name = "small" if engine == "command" else None
    for wpm in (80, 95, 115, 140, 150):
        assert heard_rate(engine, name, wpm, measured) == pytest.approx(wpm, rel=0.05)


def heard_rate(engine: str, voice: str | None, wpm: int, cache: Cache) -> float:
    """Words a minute of lines as in a session, with the pauses between their sentences."""
    sentences = [text for spoken in LINES for text in spoken]
    lines = [line(text, engine=engine, voice=voice, rate=wpm) for text in sentences]
    facts = Takes(cache).make(lines)
    words = [[len(text.split()) for text in said] for said in LINES]
    pauses = sum(sentence_pause(wpm, count) for row in words for count in row[:-1])
    return (
        sum(map(sum, words))
        * 60
        * SAMPLE_RATE
        / (pauses + sum(facts[text].length for text in sentences))
    )


def test_espeak_gives_the_same_bytes_again(cache):
    texts = ("Let the right knee soften.", "Breathe out.", "Rest here a while.")
    found = []
    for order in (texts, texts[::-1]):
        worker = Worker(reference_of("espeak"))
        speak = Voice("espeak", worker).speak
        found.append({text: speak(text)[0] for text in order})
        worker.kill()
    assert found[0] == found[1]


@pytest.mark.skipif(sys.platform != "linux", reason="the library of the wheel for Linux")
def test_espeak_speaks_from_a_deep_folder(tmp_path, monkeypatch):
    import espeakng_loader

    deep = tmp_path / ("deep" * 20) / ("er" * 40)
    deep.mkdir(parents=True)
    (deep / "espeak-ng-data").symlink_to(espeakng_loader.get_data_path())
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(deep / "espeak-ng-data"))
    for _ in range(2):
        assert Espeak().speak(Request("Rest here.", None, 100, 50, "en-US")).complete


def test_espeak_knows_where_its_words_are(measured):
    text = "Let the knee soften."
    takes = Takes(measured)
    facts = takes.make([line(text, engine="espeak")])[text]
    said = [text[w.text_position : w.text_position + w.text_length] for w in facts.words]
    assert said == ["Let", "the", "knee", "soften"]
    starts = [word.start for word in facts.words]
    assert starts == sorted(starts)
    assert starts[0] < 4800
    assert starts[-1] < facts.length - 12_000


@pytest.mark.parametrize("engine", LIVING)
def test_a_pitch_is_heard(engine, measured):
    facts = {
        pitch: Takes(measured).make([line("Rest here now.", engine=engine, pitch=pitch)])
        for pitch in (20, 80)
    }
    low, high = (facts[pitch]["Rest here now."] for pitch in (20, 80))
    assert abs(low.length - high.length) < 9600
    assert not (low.energies[:5] == high.energies[:5]).all()


@pytest.mark.parametrize("engine", LIVING)
def test_variants_and_other_languages_speak(engine):
    worker = Worker(reference_of(engine))
    asked = [
        ({"voice": "en-us+f3"}, "gmw/en-us+f3"),
        ({"voice": "english-us"}, "gmw/en-us"),
        ({"language": "de-DE"}, "gmw/de+m7"),
        ({"language": "fr-CA"}, "roa/fr+m7"),
        ({"language": "zh"}, "sit/cmn+m7"),
    ]
    for wishes, spoke in asked:
        answer = Voice(engine, worker).speak("Rest here.", **wishes)[1]
        assert answer["voice"].casefold() == spoke
        assert answer["complete"]
    worker.kill()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fail!", "small ended with exit code 1: no breath left"),
        ("nothing!", "wrote no sound file"),
        ("torn!", "ends too early"),
    ],
)
def test_a_program_that_fails_is_reported(setting, measured, text, message):
    asked = line(text, engine="command", voice="small")
    with pytest.raises(SpeechError, match=message):
        Takes(measured).make([asked])
    assert Takes(measured).known(asked) is None


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_a_known_program_speaks_where_it_is_installed(name, measured, monkeypatch, capfd):
    """Its real binary: all rates met, hostile text only spoken, nothing on our stdout."""
    recipe = RECIPES[name]
    if shutil.which(recipe.arguments[0]) is None:
        pytest.skip(f"{recipe.arguments[0]} is not installed")
    monkeypatch.setenv("PSOAS_AUDIO_COMMANDS", str(Path(__file__).with_name("no such file")))
    wanted = [100, 115, 140] if recipe.has_rate else [115]
    got = {wpm: heard_rate("command", name, wpm, measured) for wpm in wanted}
    if recipe.has_rate:
        assert got == {wpm: pytest.approx(wpm, rel=0.05) for wpm in wanted}
    hostile = [line(text, engine="command", voice=name) for text in HOSTILE[:5]]
    assert len(Takes(measured).make(hostile)) == len(hostile)
    assert capfd.readouterr() == ("", "")
    assert not Path("/tmp/x").exists()


def test_a_piper_voice_without_its_settings_is_reported(tmp_path, cache, monkeypatch):
    pytest.importorskip("piper")
    (tmp_path / "half.onnx").write_bytes(b"x")
    monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(tmp_path))
    with pytest.raises(SpeechError, match=r"half\.onnx\.json") as caught:
        Takes(cache).make([line("Rest.", engine="piper", voice="half")])
    assert caught.value.where is not None


def test_an_invalid_commands_file_is_reported(tmp_path, cache, monkeypatch):
    (tmp_path / "commands.toml").write_text('[small]\ncommand = "rm -rf"\n')
    monkeypatch.setenv("PSOAS_AUDIO_COMMANDS", str(tmp_path / "commands.toml"))
    with pytest.raises(SpeechError, match="a command must be a list"):
        Takes(cache).make([line("Rest.", engine="command", voice="small")])


def test_all_voices_are_listed_by_engine_and_language(setting):
    found = list_voices(language="en")
    engines = {info.engine for info in found}
    assert {"pyttsx3", "espeak", "command"} <= engines
    assert all(info.language.casefold().split("-")[0] == "en" for info in found)
    assert [info.name for info in list_voices("espeak", "en-us")] == ["en-us", "en-us-nyc"]
    with pytest.raises(SpeechError, match="no engine"):
        list_voices("nobody")
