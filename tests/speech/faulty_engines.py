"""Engines that go wrong, each in its own way, on lines that say so; other lines are fine."""

import ctypes
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from fake_engine import Fake
from psoas_audio.speech.engine import Request, Speech


class Faulty(Fake):
    name = "faulty"

    def speak(self, request: Request) -> Speech:
        speech = super().speak(request)
        fault = request.text.split()[-1]
        half = len(speech.pcm) // 4 * 2
        match fault:
            case "hangs":
                child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
                Path(os.environ["FAULTY_CHILD"]).write_text(str(child.pid))
                time.sleep(600)
            case "crashes":
                ctypes.string_at(0)
            case "exits":
                os._exit(0)
            case "raises":
                raise RuntimeError("out of breath")
            case "silent":
                return replace(speech, pcm=bytes(len(speech.pcm)))
            case "nothing":
                return replace(speech, pcm=b"")
            case "torn":
                return replace(speech, pcm=speech.pcm[:half], complete=False)
            case "short":
                return replace(speech, pcm=speech.pcm[: len(speech.pcm) // 40 * 2])
            case "long":
                return replace(speech, pcm=speech.pcm * 60)
            case "noisy":
                print("noise", flush=True)  # noqa: T201
                os.write(1, b"noise")
                os.system("echo noise")
                sys.stdin.read()
            case "mumbled":
                return replace(speech, faults=("“is” can't be heard, 0.5 s into the line",))
            case "once":
                marker = Path(os.environ["FAULTY_CHILD"])
                if not marker.exists():
                    marker.touch()
                    os._exit(1)
        return speech


class Loading(Fake):
    """Writes the process that loads it to ``FAULTY_CHILD``; the voice high can't be loaded."""

    name = "loading"

    def load(self, request: Request) -> None:
        if request.voice == "high":
            raise RuntimeError("out of memory")
        Path(os.environ["FAULTY_CHILD"]).write_text(str(os.getpid()))

    def speak(self, request: Request) -> Speech:
        return replace(super().speak(request), faults=(f"spoken by {os.getpid()}",))
