"""``espeak``: calls the eSpeak NG library directly, for word times, phonemes, and stable output."""

from __future__ import annotations

import _ctypes
import ctypes
import os
from collections.abc import Callable, Sequence
from typing import Any

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import Pronunciation, Request, Speech, VoiceInfo, Word
from psoas_audio.speech.engines import _library, _voices
from psoas_audio.speech.engines._mnemonics import EspeakText, espeak_text

_SYNCHRONOUS, _DONT_EXIT = 2, 0x8000
_UTF8, _CHARACTERS, _PHONEMES = 1, 1, 0x100
_RATE, _PITCH = 1, 3
_EVENT_WORD, _EVENT_END = 1, 5
_IPA = 2
_MAX_ECHO_SAMPLES = 5500
"""Longest sound after the end of the text: the echo of some variants, such as ``f3``."""
_GENDERS = ("", "male", "female")


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char_p),
    )


class _Voice(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class Espeak:
    """eSpeak NG, with the same output for the same request.

    The library keeps state between utterances, which shifts the next one by a few samples, so it
    is reloaded for each utterance (about 4 ms).
    """

    name = "espeak"

    def __init__(self) -> None:
        self._library: ctypes.CDLL | None = None
        self._home = ""
        self._sample_rate = 0
        self._voices: list[_voices.EspeakVoice] = []
        self._pcm = bytearray()
        self._events: list[tuple[int, int, int, int]] = []
        self._callback = _Callback(self._on_audio)

    def fingerprint(self, request: Request) -> str:
        library = f"{_library.fingerprint()}; {_voices.default_mark(request)}"
        return f"{library}; {espeak_text(request).text}" if request.pronunciations else library

    def rates(self, voice: str | None) -> Sequence[float]:  # noqa: ARG002
        return _voices.ESPEAK_RATES

    def voices(self) -> Sequence[VoiceInfo]:
        self._load()
        return [voice.info(self.name) for voice in self._voices]

    def speak(self, request: Request) -> Speech:
        library = self._load()
        spoke = self._set_voice(library, request)
        rate, gap = _voices.rate_and_gap(request.rate)
        for parameter, value in ((_RATE, rate), (_PITCH, request.pitch), (_voices.WORD_GAP, gap)):
            library.espeak_SetParameter(parameter, value, 0)
        asked = espeak_text(request)
        self._synthesize(library, asked)
        samples = len(self._pcm) // 2
        last = self._events[-1] if self._events else (0, 0, 0, 0)
        words = asked.original(
            Word(position - 1, length, sample)
            for kind, position, length, sample in self._events
            if kind == _EVENT_WORD
        )
        complete = last[0] == _EVENT_END and 0 <= samples - last[3] <= _MAX_ECHO_SAMPLES
        return Speech(bytes(self._pcm), self._sample_rate, complete, spoke, words)

    def phonemes(
        self,
        text: str,
        voice: str | None,
        language: str,
        pronunciations: tuple[Pronunciation, ...] = (),
    ) -> str:
        """The pronunciation of *text* in the International Phonetic Alphabet."""
        request = Request(text, voice, 0, 50, language, pronunciations=pronunciations)
        # On a busy machine the library was seen to give nothing, and the phonemes the next time.
        return self._phonemes(request) or self._phonemes(request)

    def _phonemes(self, request: Request) -> str:
        library = self._load()
        self._set_voice(library, request)
        asked = espeak_text(request)
        if asked.has_phonemes:
            # The next function has no such flag of its own; it keeps that of the last synthesis.
            self._synthesize(library, EspeakText("", (), has_phonemes=True))
        buffer = ctypes.create_string_buffer(asked.text.encode())
        position = ctypes.c_void_p(ctypes.addressof(buffer))
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        clauses = []
        while position.value:
            clause = library.espeak_TextToPhonemes(ctypes.byref(position), _UTF8, _IPA)
            clauses.append((clause or b"").decode())
        return " ".join(clauses)

    def _synthesize(self, library: ctypes.CDLL, asked: EspeakText) -> None:
        """Have *asked* spoken; raises ``SpeechError`` if the library refuses it.

        The flags never enable SSML, and phonemes only for a text that has some of ours: what a
        script says is always plain text.
        """
        text = asked.text.encode() + b"\0"
        flags = _UTF8 | (_PHONEMES if asked.has_phonemes else 0)
        status = library.espeak_Synth(
            text, ctypes.c_size_t(len(text)), 0, _CHARACTERS, 0, flags, None, None
        )
        library.espeak_Synchronize()
        if status != 0:
            raise SpeechError(f"eSpeak NG refused the text (status {status})")

    def _load(self) -> ctypes.CDLL:
        """The library, freshly loaded."""
        if self._library is not None:
            self._library.espeak_Terminate()
            _unload(self._library._handle)
        self._home = self._home or _library.data_home()
        self._library = library = _library.open_library()
        self._sample_rate = library.espeak_Initialize(
            _SYNCHRONOUS, 0, os.fsencode(self._home), _DONT_EXIT
        )
        if self._sample_rate <= 0:
            raise SpeechError("eSpeak NG could not start: its data is missing or broken")
        library.espeak_SetSynthCallback(self._callback)
        self._pcm.clear()
        self._events.clear()
        self._voices = self._voices or _list_voices(library)
        return library

    def _set_voice(self, library: ctypes.CDLL, request: Request) -> str:
        """Set the voice and return its identifier as the library reports it."""
        wanted = _voices.identifier_for(request.voice, request.language, self._voices, self._home)
        status = library.espeak_SetVoiceByName(wanted.encode())
        library.espeak_GetCurrentVoice.restype = ctypes.POINTER(_Voice)
        spoke: str = library.espeak_GetCurrentVoice().contents.identifier.decode()
        if status != 0 or spoke.casefold() != wanted.casefold():
            raise SpeechError(
                f"eSpeak NG could not use the voice “{wanted}”; it used “{spoke}” instead"
            )
        return spoke

    def _on_audio(self, samples: Any, count: int, events: Any) -> int:
        if count > 0:
            self._pcm += ctypes.string_at(samples, count * 2)
        index = 0
        while events[index].type:
            event = events[index]
            self._events.append((event.type, event.text_position, event.length, event.sample))
            index += 1
        return 0


_unload: Callable[[int], None] = vars(_ctypes).get("dlclose") or vars(_ctypes)["FreeLibrary"]


def _list_voices(library: ctypes.CDLL) -> list[_voices.EspeakVoice]:
    """All voices that need no further software."""
    library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
    found = library.espeak_ListVoices(None)
    voices = []
    index = 0
    while found[index]:
        voice = found[index].contents
        identifier = voice.identifier.decode()
        if not identifier.startswith("mb/"):  # MBROLA voices are separate downloads
            # languages: a priority byte and a tag for each; the first is the preferred one.
            tag = voice.languages[1:].decode()
            gender = _GENDERS[voice.gender] if voice.gender < len(_GENDERS) else ""
            voices.append(_voices.EspeakVoice(identifier, voice.name.decode(), tag, gender))
        index += 1
    return voices
