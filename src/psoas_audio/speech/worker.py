"""The worker side of engine isolation: ``python -m psoas_audio.speech.worker REFERENCE FOLDER``.

Serves one engine over stdin and stdout, one call at a time; it may crash or hang without harm.
The process and its children end as soon as stdin closes, even in the middle of a call and even
if the parent was killed. Output printed by the engine is discarded. FOLDER is for temporary
files and is removed at the end, so it must be one that ``make_temporary_folder`` made.
"""

from __future__ import annotations

import contextlib
import errno
import os
import queue
import shutil
import signal
import sys
import tempfile
import threading
from dataclasses import asdict
from typing import Any, BinaryIO, NoReturn

from psoas_audio.errors import SpeechError, system_hint, system_reason
from psoas_audio.speech.engine import Engine, FinalError, Loadable, Phonetic, Pronunciation, Request
from psoas_audio.speech.engines import load_engine
from psoas_audio.speech.worker_messages import read_message, write_message
from psoas_audio.temporary import is_temporary_folder


def main() -> NoReturn:
    """Serve until stdin closes."""
    reference, folder = sys.argv[1:3]
    if not is_temporary_folder(folder):
        sys.exit(f"{folder} isn't a temporary folder of psoas-audio; it would be removed.")
    tempfile.tempdir = folder
    calls, answers = _private_streams()
    pending: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    try:
        threading.Thread(target=_listen, args=(calls, pending, folder), daemon=True).start()
    except RuntimeError:
        _refuse(calls, answers)
    engine: Engine | None = None
    while True:
        call = pending.get()
        task = call.pop("do")
        try:
            engine = engine or load_engine(reference)
            message, pcm = _answer(engine, task, call)
        except SpeechError as error:
            final = isinstance(error, FinalError)
            message, pcm = {"error": error.what, "hint": error.hint, "final": final}, b""
        except OSError as error:
            place = f": {error.filename}" if error.filename else ""
            message, pcm = {"error": system_reason(error) + place, "hint": ""}, b""
        except Exception as error:
            message, pcm = {"error": f"{type(error).__name__}: {error}", "hint": ""}, b""
        if task != "load":  # nobody waits for it, and what failed fails again when it speaks
            write_message(answers, message, pcm)


def _refuse(calls: BinaryIO, answers: BinaryIO) -> NoReturn:
    """Answer the first call with what to do where no thread can be started, and end."""
    hint = system_hint(OSError(errno.EAGAIN, ""), "")
    read_message(calls)
    write_message(answers, {"error": "the system allows no more threads", "hint": hint})
    os._exit(1)


def _answer(engine: Engine, task: str, call: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    if task == "voices":
        return {"voices": [asdict(voice) for voice in engine.voices()]}, b""
    call["pronunciations"] = tuple(Pronunciation(**part) for part in call["pronunciations"])
    if task == "phonemes" and isinstance(engine, Phonetic):
        return {"phonemes": engine.phonemes(**call)}, b""
    request = Request(**call)
    if task == "load":
        if isinstance(engine, Loadable):
            engine.load(request)
        return {}, b""
    speech = engine.speak(request)
    message = {
        "sample_rate": speech.sample_rate,
        "complete": speech.complete,
        "silence_after": speech.silence_after,
        "voice": speech.voice,
        "words": [[word.text_position, word.text_length, word.start] for word in speech.words],
        "faults": speech.faults,
    }
    return message, speech.pcm


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """Duplicates of stdin and stdout, which are then redirected to the null device."""
    calls, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    return os.fdopen(calls, "rb"), os.fdopen(answers, "wb")


def _listen(calls: BinaryIO, pending: queue.SimpleQueue[dict[str, Any]], folder: str) -> None:
    """Queue calls, and end the process when the parent closes the stream."""
    try:
        while True:
            pending.put(read_message(calls)[0])
    except (EOFError, OSError):
        shutil.rmtree(folder, ignore_errors=True)
        if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
            with contextlib.suppress(OSError):  # this process ends all the same
                os.killpg(0, signal.SIGKILL)
        os._exit(0)


if __name__ == "__main__":
    main()
