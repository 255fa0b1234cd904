"""Speech servers: good ones, odd ones, and what must never leave this machine."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner
from speech_example import line
from speech_server import KEY, SAMPLE_RATE, Server, serving, sound, with_length

from psoas_audio.cache.local import Cache
from psoas_audio.cli.main import cli
from psoas_audio.errors import SpeechError
from psoas_audio.pace import line_rate
from psoas_audio.speech.available_voices import find_voice, list_voices
from psoas_audio.speech.engine import FinalError, Pronunciation, Request
from psoas_audio.speech.engines.endpoint import engine as endpoint_engine
from psoas_audio.speech.engines.endpoint import http as endpoint_http
from psoas_audio.speech.engines.endpoint.engine import Endpoint
from psoas_audio.speech.engines.endpoint.http import BrokenAnswerError, TimeLimits
from psoas_audio.speech.engines.endpoint.pace import ServerPace, pace_for, slow_down
from psoas_audio.speech.engines.endpoint.server_voices import read_voice_list
from psoas_audio.speech.engines.endpoint.settings import endpoint_settings
from psoas_audio.speech.engines.endpoint.sound import read_sound_body, sound_faults
from psoas_audio.speech.engines.endpoint.text import text_for_server
from psoas_audio.speech.takes import Takes

QUICK = TimeLimits(connect=0.5, first_byte=0.4, between=0.4, whole=1.0)
TEXT = "Let the right knee soften, and breathe out."
SENTENCES = (
    "Slide the ball under the right side of your belly, a little above the hip bone.",
    "Rest your weight on it slowly, as much as feels kind today.",
    "If you feel something sharp, lift away at once.",
    "Keep the jaw soft, and let the shoulders be heavy.",
    "Notice how the front of the hip answers when you breathe.",
    "Then stay.",
)


@pytest.fixture
def server(tmp_path, monkeypatch) -> Iterator[Server]:
    with serving() as server:
        monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT", server.url)
        monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT_FILE", str(tmp_path / "endpoint.toml"))
        for name in ("KEY", "ALLOW"):
            monkeypatch.delenv(f"PSOAS_AUDIO_ENDPOINT_{name}", raising=False)
        monkeypatch.setattr(endpoint_engine, "_RETRY_AFTER_S", (0.01, 0.01))
        yield server


def asked(text: str = TEXT, **wishes: object) -> Request:
    given = {"voice": None, "rate": 160.0, "pitch": 50, "language": "en-US"} | wishes
    return Request(text, **given)  # type: ignore[arg-type]


def speak(text: str = TEXT, limits: TimeLimits | None = None, **wishes: object) -> np.ndarray:
    speech = Endpoint(limits).speak(asked(text, **wishes))
    assert speech.complete
    return np.frombuffer(speech.pcm, "<i2")


def test_a_server_is_asked_for_wav_once_for_the_whole_line(server):
    speech = Endpoint().speak(asked())
    assert server.asked == [
        {
            "model": "tts-1",
            "input": TEXT,
            "voice": "af_heart",
            "response_format": "wav",
            "stream": False,
        }
    ]
    assert speech.pcm == sound(TEXT)[44:]
    assert (speech.sample_rate, speech.voice, speech.faults) == (SAMPLE_RATE, "af_heart", ())


@pytest.mark.parametrize(
    "habit", ["streamed", "streamed zero", "streamed max", "header each", "flac", "float"]
)
def test_sound_is_read_whatever_its_format_and_its_headers(server, habit):
    server.habits = [habit]
    assert np.abs(speak() - np.frombuffer(sound(TEXT)[44:], "<i2").astype(int)).max() <= 1


@pytest.mark.parametrize("habit", ["ogg", "mp3", "stereo"])
def test_lossy_and_stereo_sound_is_read_too(server, habit):
    server.habits = [habit]
    assert len(speak()) == pytest.approx(len(sound(TEXT)) / 2, rel=0.05)


@pytest.mark.parametrize(
    "habit",
    [
        *("busy", "bad gateway", "overloaded", "late"),
        *("empty", "torn", "torn chunk", "torn quietly", "not quite a sound"),
    ],
)
def test_a_temporary_failure_is_retried_twice(server, habit):
    server.habits = [habit, habit]
    assert len(speak())
    assert len(server.asked) == 3
    server.asked.clear()
    server.habits = [habit] * 3
    with pytest.raises(FinalError):
        speak()
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("habit", "told"),
    [
        ("json", "sent JSON instead of sound"),
        ("html", "sent a web page instead of sound"),
        ("huge", "sent more than"),
        ("server error", "status 500"),
        ("moved away", "redirects to “voices.example”"),
        ("page", "redirects to /login"),
        ("circle", "in a circle"),
    ],
)
def test_a_permanent_failure_is_reported_at_once(server, habit, told):
    server.habits = [habit]
    with pytest.raises(FinalError, match=told):
        speak()
    assert len(server.asked) == (4 if habit == "circle" else 1)


def test_the_same_server_may_redirect(server):
    server.habits = ["moved"]
    assert len(speak())


@pytest.mark.parametrize(
    ("habit", "told"),
    [
        ("silent", r"nothing was received for 0\.4 s"),
        ("dripping", "longer than 1 s"),
        ("dripping header", "longer than 1 s"),
    ],
)
def test_a_slow_server_times_out(server, habit, told):
    server.habits = [habit] * 3
    with pytest.raises(FinalError, match=told):
        speak(limits=QUICK)


def test_a_wait_that_a_server_asks_for_has_a_limit(server, monkeypatch):
    waited: list[float] = []
    monkeypatch.setattr(endpoint_engine, "time", SimpleNamespace(sleep=waited.append))
    server.habits = ["very busy", "busy"]
    speak()
    assert waited == [30, 0]


def test_a_truncated_sound_is_requested_again_and_then_reported(server):
    server.habits = ["no end"]
    assert Endpoint().speak(asked()).faults == ()
    assert len(server.asked) == 2
    server.habits = ["no end", "no end"]
    assert Endpoint().speak(asked()).faults == ("the server's sound breaks off at its end",)


@pytest.mark.parametrize(("habit", "told"), [("repeats", "longer"), ("stops early", "shorter")])
def test_a_sound_that_cannot_be_these_words_is_requested_again_and_then_reported(
    server, habit, told
):
    line = asked("Let your shoulders soften, and let the ground carry you.")
    server.habits = [habit]
    assert Endpoint().speak(line).faults == ()
    server.habits = [habit, habit]
    fault = f"the server's sound is far {told} than these words take"
    assert Endpoint().speak(line).faults == (fault,)


def test_fields_that_a_server_refuses_are_left_out_from_then_on(server):
    server.always = {"no stream", "no slow"}
    engine = Endpoint()
    engine.speak(asked(rate=80.0))
    engine.speak(asked(rate=80.0))
    engine.speak(asked(rate=200.0))
    fields = [(body.get("stream"), body.get("speed")) for body in server.asked]
    slow, fast = pace_for(80, TEXT).speed, pace_for(200, TEXT).speed
    assert fields == [(False, slow), (None, slow), (None, None), (None, None), (None, fast)]


def test_a_line_is_refused_once_where_asking_again_does_not_help(server, tmp_path):
    takes = Takes(Cache(tmp_path / "cache"))
    server.habits = ["server error"]
    with pytest.raises(SpeechError, match=r"endpoint could not speak this line.*status 500"):
        takes.make([line(TEXT, engine="endpoint", voice="af_heart")])
    sent = [(body["input"], body.get("speed")) for body in server.asked]
    assert len(sent) == len(set(sent))


def test_a_server_that_does_not_answer_is_reported(server, monkeypatch):
    port = free_port()
    monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT", f"http://127.0.0.1:{port}")
    with pytest.raises(FinalError) as told:
        speak(voice="af_heart")
    assert told.value.what == (
        f"no speech server answers at http://127.0.0.1:{port}, tried twice: connection refused"
    )
    assert "Start it" in told.value.hint


def test_a_server_that_is_still_starting_is_asked_again(server, monkeypatch):
    monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT", f"http://127.0.0.1:{(port := free_port())}")
    late: list[Server] = []

    def start(_: float) -> None:
        late.append(stack.enter_context(serving(port)))

    with contextlib.ExitStack() as stack:
        monkeypatch.setattr(endpoint_http, "time", SimpleNamespace(sleep=start))
        speak(voice="af_heart")
        assert len(late) == 1
        assert len(late[0].asked) == 1


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


# What may be asked, and what it may learn.


@pytest.mark.parametrize(
    ("host", "allow", "told"),
    [
        ("http://192.168.1.20:8880", "loopback", "not on this machine"),
        ("http://10.0.0.1", "loopback", "not on this machine"),
        ("http://[fd00::1]", "loopback", "not on this machine"),
        ("http://[::ffff:10.0.0.1]", "loopback", "not on this machine"),
        ("http://0.0.0.0:8880", "any", "not on this machine"),
        ("https://198.51.100.7.example", "loopback", "can't be found"),
        ("https://8.8.8.8", "loopback", "on the internet"),
        ("https://8.8.8.8", "private", "on the internet"),
        ("http://8.8.8.8", "any", "isn't https"),
        ("http://169.254.169.254", "any", "can't belong to a speech server"),
    ],
)
def test_only_allowed_addresses_are_used(server, monkeypatch, host, allow, told):
    monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT", host)
    monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT_ALLOW", allow)
    monkeypatch.setattr(socket, "create_connection", pytest.fail)
    with pytest.raises(FinalError, match=told):
        speak(voice="af_heart")


def test_an_allowed_private_address_is_used(server, monkeypatch):
    found = socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM)
    private = [(*entry[:4], ("192.168.1.20", 80)) for entry in found]
    connected: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(address)
        sock = socket.socket()
        sock.settimeout(timeout)
        sock.connect(("127.0.0.1", server.server_port))
        return sock

    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: private)
    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT", "http://studio:8880/v1/")
    monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT_ALLOW", "private")
    assert len(speak(voice="af_heart"))
    assert set(connected) == {("192.168.1.20", 8880)}


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://127.0.0.1", "begins with http"),
        ("127.0.0.1:8880", "begins with http"),
        ("http://me:secret@127.0.0.1", "has a password in it"),
        ("http://127.0.0.1?key=secret", "only a server and a path"),
        ("http://127.0.0.1:port", "not a valid URL"),
    ],
)
def test_an_unusable_address_is_reported_without_its_secrets(monkeypatch, url, told):
    monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT", url)
    with pytest.raises(SpeechError, match=told) as caught:
        endpoint_settings()
    assert "secret" not in caught.value.report()


def test_without_settings_no_server_is_used(monkeypatch, tmp_path):
    monkeypatch.delenv("PSOAS_AUDIO_ENDPOINT", raising=False)
    monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT_FILE", str(tmp_path / "none.toml"))
    with pytest.raises(SpeechError, match="no speech server is set"):
        Endpoint().fingerprint(asked())
    assert "endpoint" not in {voice.engine for voice in list_voices(language="en")}


def test_the_key_is_sent_and_is_nowhere_else(server, monkeypatch, tmp_path):
    monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT_KEY", f" {KEY}\n")
    server.always = {"key"}
    engine, cache = Endpoint(), tmp_path / "cache"
    speech = engine.speak(asked())
    assert server.headers[-1]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in engine.fingerprint(asked()) + repr(endpoint_settings()) + repr(speech)
    Takes(Cache(cache)).make([line(TEXT, engine="endpoint", voice="af_heart")])
    stored = b"".join(path.read_bytes() for path in cache.rglob("*") if path.is_file())
    assert KEY.encode() not in stored
    server.habits = ["server error"]
    with pytest.raises(FinalError) as caught:
        engine.speak(asked())
    assert "Traceback" in caught.value.what
    assert KEY not in caught.value.report()


def test_a_missing_key_is_reported(server):
    server.always = {"key"}
    with pytest.raises(FinalError, match="status 401") as caught:
        speak()
    assert "PSOAS_AUDIO_ENDPOINT_KEY" in caught.value.hint


def test_an_invalid_key_is_reported_without_showing_it(server, monkeypatch):
    monkeypatch.setenv("PSOAS_AUDIO_ENDPOINT_KEY", "secret\r\nHost: elsewhere")
    with pytest.raises(SpeechError, match="characters") as caught:
        speak()
    assert "secret" not in caught.value.report()
    assert not server.asked


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('key = "x"', "keys aren't read from this file"),
        ("parallel = 0", "parallel must be 1 to 64"),
        ("parallel = true", "must be a whole number"),
        ('sell = "maybe"', "sell must be yes, no or unclear"),
        ('allow = "all"', "allow must be loopback, private, any"),
        ("speed = 1", "there is no setting “speed”"),
        ("[voices]\nalloy = 1", "the language of the voice “alloy”"),
        ("characters = 5", "characters must be"),
        ("price = -1", "price must be"),
        ("price = inf", "price must be"),
        ('price = "15"', "“price” must be a number"),
        ("price = true", "“price” must be a number"),
        ("model = 1", "“model” must be a text"),
        ("=", "can't be read"),
    ],
)
def test_an_invalid_settings_file_is_reported(server, tmp_path, text, told):
    (tmp_path / "endpoint.toml").write_text(text)
    with pytest.raises(SpeechError, match=told):
        endpoint_settings()


def test_settings_come_from_the_users_file(server, tmp_path, monkeypatch):
    monkeypatch.delenv("PSOAS_AUDIO_ENDPOINT")
    server.always = {"no list", "any voice"}
    (tmp_path / "endpoint.toml").write_text(
        f'url = "{server.url}/v1"\nmodel = "kokoro"\nvoice = "alloy"\nlanguage = "en"\n'
        'revision = "2"\n[voices]\nonyx = "en-GB"\nanna = "de"\n'
    )
    assert Endpoint().speak(asked()).voice == "alloy"
    assert Endpoint().speak(asked(language="de-DE")).voice == "anna"
    assert Endpoint().speak(asked(language="en-GB")).voice == "alloy"
    assert server.asked[0]["model"] == "kokoro"
    found = {voice.name: voice.language for voice in list_voices("endpoint")}
    assert found == {"alloy": "en", "onyx": "en-GB", "anna": "de"}
    fingerprint = Endpoint().fingerprint(asked())
    assert f'"{server.url}", "kokoro", "alloy", "2"' in fingerprint


# Voices.


def test_a_servers_voices_are_listed_with_titles_and_terms(server):
    found = find_voice("Emma")
    assert (found.engine, found.name, found.language) == ("endpoint", "bf_emma", "en-GB")
    assert (found.natural, found.sell) == (True, "unclear")
    assert "provider" in found.licence
    Path(os.environ["PSOAS_AUDIO_ENDPOINT_FILE"]).write_text('licence = "Apache-2.0"\nsell = "yes"')
    found = find_voice("endpoint:Emma")
    assert (found.licence, found.sell) == ("Apache-2.0", "yes")
    assert "your settings" in found.source


@pytest.mark.parametrize(
    ("answer", "names", "whole"),
    [
        ({"voices": ["af_sky", "am_adam"]}, ["af_sky", "am_adam"], True),
        ([{"id": "x", "locale": "de_DE"}], ["x"], True),
        ({"data": [{"voice_id": "y"}], "total": 40}, ["y"], False),
        ({"voices": [{"id": "\x1b[2J"}, 7, None, "z"]}, ["z"], False),
        ({"voices": {}}, [], False),
        ({"models": []}, [], False),
        ("no", [], False),
    ],
)
def test_lists_of_voices_are_read_in_all_their_shapes(answer, names, whole):
    found = read_voice_list(json.dumps(answer).encode())
    assert [voice.name for voice in found.voices] == names
    assert found.whole == whole
    assert not found.kokoro


def test_mixes_of_a_servers_voices_are_voices(server):
    server.always = {"any voice"}
    for name in ("af_heart(2)+bf_emma(1)", "af_heart+bf_emma"):
        assert Endpoint().speak(asked(voice=name)).voice == name
    for name in ("af_heart+nobody", "nobody", ""):
        with pytest.raises(FinalError, match="no voice"):
            Endpoint().speak(asked(voice=name))


def test_without_a_voice_list_the_server_reports_an_unknown_voice(server):
    server.always = {"no list"}
    with pytest.raises(FinalError, match="Voice 'nobody' not found"):
        speak(voice="nobody")


# Text.

PSOAS = Pronunciation(4, 5, "sˈoʊæs", "sowus")


def test_signs_that_are_commands_are_left_out_and_hard_words_respelled():
    request = asked("The psoas [pause:2s] <b>softens</b>.", pronunciations=(PSOAS,))
    plain = text_for_server(request, ipa=False)
    assert plain == "The sowus pause:2s b softens /b ."
    assert text_for_server(request, ipa=True) == "The [psoas](/sˈoʊæs/) pause:2s b softens /b ."


def test_ipa_goes_to_servers_that_read_it_as_kokoro_fastapi_does(server):
    request = asked("The psoas softens.", pronunciations=(PSOAS,))
    engine = Endpoint()
    engine.speak(request)
    engine.speak(request)
    trial = ["Let your belly soften.", "Let your [belly](/bˈɛli/) soften."]
    spoken = ["The [psoas](/sˈoʊæs/) softens."] * 2
    assert [body["input"] for body in server.asked] == trial + spoken


def test_servers_that_speak_the_signs_of_ipa_get_a_respelling(server):
    request = asked("The psoas softens.", pronunciations=(PSOAS,))
    server.always.add("speaks signs")
    Endpoint().speak(request)
    assert server.asked[-1]["input"] == "The sowus softens."
    server.voices = {"voices": ["af_heart"]}  # fastkokoro, which speaks them, lists bare names
    server.asked.clear()
    Endpoint().speak(request)
    assert [body["input"] for body in server.asked] == ["The sowus softens."]


def test_long_text_is_sent_in_parts(server, tmp_path):
    (tmp_path / "endpoint.toml").write_text("characters = 100")
    long = " ".join(f"This is sentence number {n}." for n in range(20))
    assert len(speak(long)) / SAMPLE_RATE > 30
    assert max(len(body["input"]) for body in server.asked) <= 100
    assert " ".join(body["input"] for body in server.asked) == long


def test_text_without_words_is_not_sent(server):
    with pytest.raises(FinalError, match="nothing to speak"):
        speak("[…] <>")
    assert not server.asked


# Pace.


def test_a_lower_rate_is_never_faster_and_no_speed_slurs():
    for text in ("Rest.", "Let one hand rest on your belly.", "Rest here. " * 20):
        paces = [pace_for(rate, text) for rate in range(10, 260, 2)]
        speeds, seconds = [pace.speed for pace in paces], [pace.seconds for pace in paces]
        assert speeds == sorted(speeds)
        assert seconds == sorted(seconds, reverse=True)
        assert min(speeds) >= 0.7


def test_a_short_sentence_is_asked_for_faster_but_not_hurried():
    short, usual, long = (pace_for(140, "rest " * words).speed for words in (2, 8, 30))
    assert long == usual < short == 1.1


def test_silence_is_added_where_the_voice_paused_in_proportion_to_the_words():
    text = "Rest here with both knees bent, and then, let go."
    pcm = sound(text)[44:]
    loud = np.flatnonzero(np.frombuffer(pcm, "<i2"))
    heard = (loud[-1] - loud[0]) / SAMPLE_RATE
    slow, after = slow_down(pcm, SAMPLE_RATE, text, ServerPace(1.0, heard + 1.0))
    added = (len(slow) - len(pcm)) / 2 + after
    assert added == pytest.approx(SAMPLE_RATE, abs=0.02 * SAMPLE_RATE)
    assert silences(slow) == pytest.approx([0.2 + 0.6, 0.2 + 0.2], abs=0.06)
    assert after == pytest.approx(SAMPLE_RATE * 0.2, rel=0.05)
    kept, sounding = np.frombuffer(slow, "<i2"), np.frombuffer(pcm, "<i2")
    assert (kept[kept != 0] == sounding[sounding != 0]).all()
    without_marks = "Rest here and then let go."
    same, after = slow_down(pcm, SAMPLE_RATE, without_marks, ServerPace(1.0, heard + 1.0))
    assert same == pcm
    assert after == pytest.approx(SAMPLE_RATE, rel=0.05)
    assert slow_down(pcm, SAMPLE_RATE, text, ServerPace(1.0, heard - 0.1)) == (pcm, 0)


def silences(pcm: bytes) -> list[float]:
    """Seconds of each silence of 0.15 s and more within the sound."""
    loud = np.flatnonzero(np.frombuffer(pcm, "<i2"))
    gaps = np.diff(loud) / SAMPLE_RATE
    return [float(gap) for gap in gaps if gap >= 0.15]


@pytest.mark.parametrize(
    ("always", "wanted"),
    [(set(), (95, 115, 140)), ({"one rate"}, (115, 140)), ({"no slow"}, (115,))],
)
def test_rates_are_effective_words_per_minute_on_any_server(server, tmp_path, always, wanted):
    server.always = always
    takes = Takes(Cache(tmp_path / "cache"))
    got = words_per_minute(takes, wanted)
    assert got == {wpm: pytest.approx(wpm, rel=0.05) for wpm in wanted}
    assert not takes.warnings


def test_a_rate_that_a_server_does_not_reach_is_a_warning(server, tmp_path):
    server.always = {"one rate"}
    takes = Takes(Cache(tmp_path / "cache"))
    words_per_minute(takes, (30,))
    assert [w for w in takes.warnings if "endpoint speaks" in w and "not 30" in w]


def words_per_minute(takes: Takes, wanted: tuple[int, ...]) -> dict[int, float]:
    """As heard in a session whose lines have three sentences each."""
    words = [len(text.split()) for text in SENTENCES]
    lines = [words[start : start + 3] for start in range(0, len(words), 3)]
    got = {}
    for wpm in wanted:
        told = [line(text, engine="endpoint", voice="af_heart", rate=wpm) for text in SENTENCES]
        facts = takes.make(told)
        seconds = sum(facts[text].length for text in SENTENCES) / 48_000
        got[wpm] = line_rate(lines, seconds)
    return got


# Sessions.

SCRIPT = """title: Served
safety: none
voice: {engine: endpoint, name: af_heart, rate: 130}
chapters:
  - title: One
    steps: ["Let the right knee soften.", "Breathe all the way out.", "Let the right knee soften."]
"""


@pytest.mark.parametrize("parallel", [1, 3])
def test_no_more_requests_at_once_than_the_settings_say(server, tmp_path, parallel):
    (tmp_path / "endpoint.toml").write_text(f"parallel = {parallel}")
    lines = [
        line(f"This is line number {n}.", engine="endpoint", voice="af_heart") for n in range(12)
    ]
    Takes(Cache(tmp_path / "cache"), workers=4).make(lines)
    assert 1 <= server.most_busy <= parallel


def test_a_dry_run_counts_what_would_be_sent_and_sends_nothing(server, tmp_path, monkeypatch):
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path / "cache"))
    script = tmp_path / "served.yaml"
    script.write_text(SCRIPT)
    args = ["render", str(script), "-o", str(tmp_path / "out.mp3"), "--dry-run", "--json"]
    told = json.loads(CliRunner().invoke(cli, args).stdout)["to_send"]
    spoken = len("Let the right knee soften.") + len("Breathe all the way out.")
    assert told["characters"] > spoken
    assert not server.asked
    assert CliRunner().invoke(cli, args[:-2]).exit_code == 0
    sent = sum(len(body["input"]) for body in server.asked)
    assert told["characters"] <= sent  # a rate may need more measuring than is known before
    script.write_text(SCRIPT.replace("Breathe all", "Then breathe all"))
    told = json.loads(CliRunner().invoke(cli, [*args, "-f"]).stdout)["to_send"]
    assert told == {"requests": 1, "characters": len("Then breathe all the way out.")}
    script.write_text(SCRIPT)
    told = json.loads(CliRunner().invoke(cli, [*args, "-f"]).stdout)["to_send"]
    assert told == {"requests": 0, "characters": 0}


def test_a_dry_run_of_a_batch_counts_what_sessions_share_once(server, tmp_path, monkeypatch):
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path / "cache"))
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text(SCRIPT)
    other.write_text(SCRIPT.replace("Breathe all", "Then breathe all"))
    batch = ["batch", str(one), str(other), "-o", str(tmp_path / "out"), "--dry-run"]
    each = json.loads(CliRunner().invoke(cli, [*batch, "--json"]).stdout)
    told = CliRunner().invoke(cli, batch).stdout
    sums = [session["to_send"]["characters"] for session in each]
    together = sums[0] + len("Then breathe all the way out.")
    assert f"\n{together:,} characters would be sent to the speech server.\n" in told
    assert not server.asked
    assert not (tmp_path / "out").exists()


def test_a_dry_run_of_a_site_counts_what_would_be_sent(server, tmp_path, monkeypatch):
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path / "cache"))
    (site := tmp_path / "site").mkdir()
    (site / "one.yaml").write_text(SCRIPT)
    publish = ["publish", str(site), "--base-url", "https://example.org/"]
    plan = json.loads(CliRunner().invoke(cli, [*publish, "--dry-run", "--json"]).stdout)
    assert [Path(each["file"]).name for each in plan["renders"]] == ["one.mp3"]
    assert plan["to_send"]["characters"] > 100
    assert not server.asked
    assert [path.name for path in site.iterdir()] == ["one.yaml"]
    assert CliRunner().invoke(cli, publish).exit_code == 0
    sent = len(server.asked)
    told = CliRunner().invoke(cli, [*publish, "--dry-run"]).stdout
    assert told == "0 sessions would be rendered, 1 kept\n"
    assert len(server.asked) == sent


def test_a_dry_run_gives_the_price_if_the_user_has_set_one(server, tmp_path, monkeypatch):
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path / "cache"))
    (script := tmp_path / "one.yaml").write_text(SCRIPT)
    dry = ["render", str(script), "-o", str(tmp_path / "one.mp3"), "--dry-run"]
    assert "cost" not in json.loads(CliRunner().invoke(cli, [*dry, "--json"]).stdout)["to_send"]
    (tmp_path / "endpoint.toml").write_text('price = 15000\ncurrency = "USD"')
    told = json.loads(CliRunner().invoke(cli, [*dry, "--json"]).stdout)["to_send"]
    assert told["cost"] == pytest.approx(0.015 * told["characters"])
    assert told["currency"] == "USD"
    line = CliRunner().invoke(cli, dry).stdout.splitlines()[-1]
    assert line.endswith(f"to the speech server, for about {told['cost']:,.2f} USD.")


def test_a_session_names_the_servers_voice_and_not_the_server(server, tmp_path, monkeypatch):
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path / "cache"))
    (tmp_path / "served.yaml").write_text(SCRIPT)
    args = ["render", str(tmp_path / "served.yaml"), "-o", str(tmp_path / "out.mp3"), "--json"]
    done = CliRunner().invoke(cli, [*args, "--with", "timeline", "--with", "page"])
    told = json.loads(done.stdout)
    assert told["voices"] == ["endpoint:af_heart"]
    assert any("ask the provider" in warning for warning in told["warnings"])
    for path in map(Path, told["files"]):
        content = path.read_bytes()
        assert str(server.server_port).encode() not in content.replace(b"0" * 5, b"")
        assert KEY.encode() not in content


# The sound itself.


def test_a_body_is_judged_by_its_bytes():
    data = sound(TEXT)
    assert read_sound_body(with_length(data, 0xFFFFFFFF), 60)[0] == data[44:]
    for body, kind in (
        (b"", BrokenAnswerError),
        (data[:1000], BrokenAnswerError),
        (b"RIFF", BrokenAnswerError),
        (data[:44], BrokenAnswerError),
        (b"OggS" + bytes(50), BrokenAnswerError),
        (b"\xff\xfb" + bytes(50), BrokenAnswerError),
        (b"hello", FinalError),
    ):
        with pytest.raises(kind):
            read_sound_body(body, 60)
    with pytest.raises(FinalError, match="of sound for this line"):
        read_sound_body(data, 1)
    with pytest.raises(FinalError, match="sample rate of 96,000 Hz"):
        read_sound_body(data[:24] + (96_000).to_bytes(4, "little") + data[28:], 60)


def test_truncated_speech_is_distinguished_from_complete_speech():
    pcm = sound(TEXT)[44:]
    assert not sound_faults(pcm, SAMPLE_RATE, TEXT, 1)
    (fault,) = sound_faults(pcm[: int(len(pcm) * 0.53) // 2 * 2], SAMPLE_RATE, TEXT, 1)
    assert "breaks off" in fault
