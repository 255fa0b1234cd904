"""Finds the voices that can be used now, and the phonemes of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from difflib import get_close_matches
from time import perf_counter

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import Request, VoiceInfo
from psoas_audio.speech.engines import known_engines, reference_of
from psoas_audio.speech.pool import Pool
from psoas_audio.speech.pronunciation.prepared_text import PreparedText
from psoas_audio.speech.voice_facts import described

_TIMEOUT_S = 20.0
"""For an answer of an engine."""
_SPEAKING_TIMEOUT_S = 120.0
"""For a line of speech."""


def list_voices(engine: str | None = None, language: str | None = None) -> list[VoiceInfo]:
    """Voices sorted by engine, language and name: all, or those of one *engine* or *language*.

    *language* is a BCP 47 tag, such as ``en`` or ``en-GB``. An engine that isn't installed has no
    voices; if it was asked for, :class:`SpeechError` says what is missing.
    """
    names = [engine] if engine else sorted(known_engines())
    pool = Pool()
    try:
        with ThreadPoolExecutor(max(1, len(names))) as threads:
            found = list(
                threads.map(lambda name: _voices_of(name, pool, quiet=engine is None), names)
            )
    finally:
        pool.close()
    wanted = [voice for group in found for voice in group if _has_language(voice, language)]
    return sorted(wanted, key=lambda voice: (voice.engine, voice.language, voice.name))


def measure_speed(engine: str, language: str) -> float:
    """Seconds of sound that *engine* makes in a second, once it is loaded: the best of two.

    Raises :class:`SpeechError` if it can't speak *language*.
    """
    text = "Close your eyes, and let the weight of your legs sink down."
    request = {"do": "speak"} | asdict(Request(text, None, 140, 50, language))
    pool = Pool()
    try:
        with pool.worker(reference_of(engine)) as worker:
            worker.call(dict(request), _SPEAKING_TIMEOUT_S)
            speeds = []
            for _ in range(2):
                started = perf_counter()
                answer, pcm = worker.call(dict(request), _SPEAKING_TIMEOUT_S)
                seconds = len(pcm) / 2 / float(answer["sample_rate"])
                speeds.append(seconds / (perf_counter() - started))
    finally:
        pool.close()
    return max(speeds)


def find_voice(name: str) -> VoiceInfo:
    """The voice called *name*: its name or title, ``ENGINE:NAME``, a variant, or a blend.

    “Heart”, ``kokoro:af_heart``, ``en-us+f3`` and ``af_heart*0.8+af_nicole*0.2`` are such names. A
    blend has the language of its first voice.

    Raises :class:`SpeechError` if there is none.
    """
    engine, colon, rest = name.partition(":")
    if colon and engine in known_engines():
        chosen, wanted = engine, rest
    else:
        chosen, wanted = None, name
    found = list_voices(chosen)
    for called in dict.fromkeys((wanted, wanted.partition("+")[0], wanted.partition("*")[0])):
        for attribute in ("name", "title", "language", "description"):
            for voice in found:
                if str(getattr(voice, attribute)).casefold() == called.casefold():
                    return replace(voice, name=voice.name + wanted[len(called) :])
    names = dict.fromkeys(name for voice in found for name in (voice.name, voice.title))
    similar = get_close_matches(wanted, list(names), 3)
    raise SpeechError(
        f"there is no voice “{name}”",
        hint=f"Did you mean {' or '.join(similar)}?"
        if similar
        else "List them: psoas-audio voices",
    )


def espeak_phonemes(text: PreparedText, language: str, voice: str | None = None) -> str:
    """How eSpeak NG says the prepared *text*, in the International Phonetic Alphabet.

    Raises :class:`SpeechError` if it isn't installed or has no such voice.
    """
    return next(each_espeak_phonemes([text], language, voice))


def each_espeak_phonemes(
    texts: Iterable[PreparedText], language: str, voice: str | None = None
) -> Iterator[str]:
    """The same for each of *texts*, one after the other, by one worker."""
    pool = Pool()
    try:
        with pool.worker(reference_of("espeak")) as worker:
            for text in texts:
                call = {"do": "phonemes", "voice": voice, "language": language} | asdict(text)
                yield str(worker.call(call, _TIMEOUT_S)[0]["phonemes"])
    finally:
        pool.close()


def _voices_of(name: str, pool: Pool, *, quiet: bool) -> list[VoiceInfo]:
    try:
        with pool.worker(reference_of(name)) as worker:
            answer, _ = worker.call({"do": "voices"}, _TIMEOUT_S)
    except SpeechError:
        if quiet:
            return []
        raise
    return [described(VoiceInfo(**voice)) for voice in answer["voices"]]


def _has_language(voice: VoiceInfo, language: str | None) -> bool:
    if language is None:
        return True
    tag, wanted = voice.language.replace("_", "-").casefold(), language.casefold()
    return tag == wanted or tag.startswith(wanted + "-")
