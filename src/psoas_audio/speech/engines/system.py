"""``pyttsx3``: the operating system's voices (SAPI5, NSSpeech; eSpeak NG on Linux)."""

from __future__ import annotations

import os
import platform
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from psoas_audio.cache.installed_versions import installed_versions
from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import Request, Speech, VoiceInfo, voice_for
from psoas_audio.speech.engines import _library, _voices
from psoas_audio.speech.engines._files import join, read_speech
from psoas_audio.speech.engines._mnemonics import espeak_text
from psoas_audio.speech.normalization.split import split_text
from psoas_audio.speech.pronunciation.respelling import respelled
from psoas_audio.temporary import temporary_folder

_ESPEAK = sys.platform not in ("win32", "darwin")
_PIECE_TIMEOUT_S = 30.0
"""Timeout for one piece of text. The caller has its own limit; this one gives a clearer error."""


class System:
    """pyttsx3 through its public API, one utterance at a time.

    On Linux ``runAndWait`` returns before the speech is finished, so eSpeak is synchronized
    before and after it, and the event for the end of the utterance is awaited.
    """

    name = "pyttsx3"

    def __init__(self) -> None:
        self._engine: Any = None

    def fingerprint(self, request: Request) -> str:
        library = _library.fingerprint() if _ESPEAK else platform.platform()
        return f"pyttsx3 {_version()}; {library}; {_voices.default_mark(request)}"

    def rates(self, voice: str | None) -> Sequence[float]:  # noqa: ARG002
        return _voices.ESPEAK_RATES if _ESPEAK else (80, 100, 125, 160, 200, 260)

    def has_fixed_pitch(self, voice: str | None) -> bool:  # noqa: ARG002
        return not _ESPEAK

    def voices(self) -> Sequence[VoiceInfo]:
        self._start()
        if _ESPEAK:
            return [voice.info(self.name) for voice in self._espeak_voices()]
        return [
            VoiceInfo(self.name, v.id, _language(v), str(v.gender or "").lower(), v.name)
            for v in self._engine.getProperty("voices")
        ]

    def speak(self, request: Request) -> Speech:
        self._start()
        voice = self._choose(request)
        text = espeak_text(request).text if _ESPEAK else respelled(request)
        pieces = [self._speak_piece(piece, voice, request) for piece in split_text(text)]
        if not pieces:
            raise SpeechError("the text has nothing to speak")
        return join(pieces)

    def _start(self) -> None:
        if self._engine is not None:
            return
        if _ESPEAK:
            # The library exits without its data. Once loaded by its path, pyttsx3 finds it by
            # its plain name.
            os.environ["ESPEAK_DATA_PATH"] = _library.data_home()
            self._library = _library.open_library()
        import pyttsx3

        self._engine = pyttsx3.init()
        if _ESPEAK:
            _wrap_synthesis()

    def _choose(self, request: Request) -> str:
        """The id of the voice to use; raises ``SpeechError`` if there is none."""
        if _ESPEAK:
            home = os.environ["ESPEAK_DATA_PATH"]
            voices = self._espeak_voices()
            return _voices.identifier_for(request.voice, request.language, voices, home)
        if request.voice is None:
            found = voice_for(request.language, self.voices())
            if found is None:
                raise SpeechError(f"there is no voice for the language “{request.language}”")
            return found.name
        for voice in self.voices():
            if request.voice in (voice.name, voice.description):
                return voice.name
        raise SpeechError(
            f"there is no voice “{request.voice}”", hint="List them with: psoas-audio voices"
        )

    def _espeak_voices(self) -> list[_voices.EspeakVoice]:
        return [
            _voices.EspeakVoice(v.id, v.name, v.languages[0], str(v.gender or "").lower())
            for v in self._engine.getProperty("voices")
            if not v.id.startswith("mb/")  # MBROLA voices are separate downloads
        ]

    def _speak_piece(self, text: str, voice: str, request: Request) -> Speech:
        engine = self._engine
        errors: list[str] = []
        ended = threading.Event()
        finished: list[bool] = []

        def on_end(completed: bool, **_: Any) -> None:
            finished.append(completed)
            ended.set()

        def on_error(exception: Exception, **_: Any) -> None:
            errors.append(str(exception))

        tokens = [engine.connect("finished-utterance", on_end), engine.connect("error", on_error)]
        # NSSpeech always writes AIFF, whatever the suffix.
        suffix = ".aiff" if sys.platform == "darwin" else ".wav"
        try:
            engine.setProperty("voice", voice)
            if _ESPEAK:
                self._set_espeak(request)
            else:
                engine.setProperty("rate", round(request.rate))
            with temporary_folder() as folder:
                path = Path(folder, "speech" + suffix)
                self._synchronize()
                engine.save_to_file(text, str(path))
                engine.runAndWait()
                self._synchronize()
                # SAPI5 finishes the file before it returns, and sends no event.
                if sys.platform != "win32" and not ended.wait(_PIECE_TIMEOUT_S):
                    raise SpeechError("pyttsx3 did not report that it had finished")
                spoke = str(engine.getProperty("voice"))
                if errors or spoke.casefold() != voice.casefold():
                    reason = errors[0] if errors else f"it used “{spoke}” instead"
                    raise SpeechError(f"pyttsx3 could not use the voice “{voice}”: {reason}")
                pcm, sample_rate = read_speech(path)
        finally:
            for token in tokens:
                engine.disconnect(token)
        return Speech(pcm, sample_rate, all(finished), spoke)

    def _set_espeak(self, request: Request) -> None:
        """Set rate, gap and pitch, and wait until the library's thread has applied them.

        ``runAndWait`` cancels commands that are still queued there, so on a busy machine a line
        could be spoken at the previous rate (measured: 1 of 150 first lines).
        """
        driver = _espeak_driver()
        rate, gap = _voices.rate_and_gap(request.rate)
        wanted = {driver.RATE: rate, _voices.WORD_GAP: gap, driver.PITCH: request.pitch}
        for parameter, value in wanted.items():
            driver.SetParameter(parameter, value, 0)
        # pyttsx3 omits the second argument; 1 asks for the current value, 0 for the default.
        current = self._library.espeak_GetParameter
        end = time.monotonic() + _PIECE_TIMEOUT_S
        while any(current(parameter, 1) != value for parameter, value in wanted.items()):
            if time.monotonic() > end:
                raise SpeechError("pyttsx3 did not accept the rate and pitch")
            time.sleep(0.001)

    def _synchronize(self) -> None:
        if _ESPEAK:
            _espeak_driver().Synchronize()


def _wrap_synthesis() -> None:
    """Make pyttsx3 pass the actual size of a text to the library, and let it read phonemes.

    Version 2.99 passes ten times the size, so the library reads beyond the text, which crashes the
    process if that memory isn't mapped. Square brackets are only in texts of ``espeak_text``.
    """
    driver = _espeak_driver()
    synthesize = driver.cSynth

    def synthesize_limited(
        text: bytes, size: int, start: int, kind: int, end: int, flags: int, *rest: Any
    ) -> int:
        if b"[[" in text:
            flags |= driver.PHONEMES
        status: int = synthesize(text, min(size, len(text) + 1), start, kind, end, flags, *rest)
        return status

    driver.cSynth = synthesize_limited


def _espeak_driver() -> Any:
    from pyttsx3.drivers import _espeak

    return _espeak


def _version() -> str:
    if (found := installed_versions().get("pyttsx3")) is None:
        raise SpeechError("pyttsx3 is not installed", hint="Install it with: pip install pyttsx3")
    return found


def _language(voice: Any) -> str:
    """BCP 47 tag of a pyttsx3 voice, which has ``en_US`` on macOS and ``en-US`` on Windows."""
    first = voice.languages[0] if voice.languages else ""
    return str(first).replace("_", "-")
