"""Every voice that can be used now, and how words would sound."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from difflib import get_close_matches

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import VoiceInfo
from psoas_audio.speech.engines import known_engines, reference_of
from psoas_audio.speech.pool import Pool

_LIMIT = 20.0
"""Seconds an engine may take to answer."""


def voices(engine: str | None = None, language: str | None = None) -> list[VoiceInfo]:
    """Voices by engine, language and name; of one engine, or of ``en`` or ``en-GB`` only.

    Engines are asked in workers. One that isn't installed has no voices, unless it was named:
    then ``SpeechError`` says what is missing.
    """
    names = [engine] if engine else sorted(known_engines())
    pool = Pool()
    try:
        with ThreadPoolExecutor(max(1, len(names))) as threads:
            found = list(threads.map(lambda name: _ask(name, pool, quiet=engine is None), names))
    finally:
        pool.close()
    wanted = [voice for group in found for voice in group if _speaks(voice, language)]
    return sorted(wanted, key=lambda voice: (voice.engine, voice.language, voice.name))


def find(name: str) -> VoiceInfo:
    """The voice called *name*, or ``ENGINE:NAME``; a variant (``en-us+f3``) goes with its voice.

    Raises ``SpeechError`` where there is none.
    """
    engine, colon, rest = name.partition(":")
    if colon and engine in known_engines():
        asked, wanted = engine, rest
    else:
        asked, wanted = None, name
    found = voices(asked)
    for called in (wanted, wanted.partition("+")[0]):
        for voice in found:
            if voice.name == called:
                return replace(voice, name=wanted)
    alike = get_close_matches(wanted, [voice.name for voice in found], 3)
    raise SpeechError(
        f"there is no voice “{name}”",
        hint=f"Do you mean {' or '.join(alike)}?" if alike else "List them: psoas-audio voices",
    )


def phonemes(text: str, language: str, voice: str | None = None) -> str:
    """How eSpeak NG would say *text* (already prepared), in the International Phonetic Alphabet.

    Raises ``SpeechError`` where it isn't installed or has no such voice.
    """
    pool = Pool()
    try:
        with pool.worker(reference_of("espeak")) as worker:
            call = {"do": "phonemes", "text": text, "voice": voice, "language": language}
            return str(worker.call(call, _LIMIT)[0]["phonemes"])
    finally:
        pool.close()


def _ask(name: str, pool: Pool, *, quiet: bool) -> list[VoiceInfo]:
    try:
        with pool.worker(reference_of(name)) as worker:
            answer, _ = worker.call({"do": "voices"}, _LIMIT)
    except SpeechError:
        if quiet:
            return []
        raise
    return [VoiceInfo(**voice) for voice in answer["voices"]]


def _speaks(voice: VoiceInfo, language: str | None) -> bool:
    if language is None:
        return True
    tag, wanted = voice.language.replace("_", "-").casefold(), language.casefold()
    return tag == wanted or tag.startswith(wanted + "-")
