"""Runs the command line again and again in forks, each with one fault planted in the system.

``python planted.py`` reads requests as JSON lines and answers each with one. The layer sits under
the code, in Python's own calls, and nothing of psoas-audio knows of it: an audit hook refuses
opens, renames, links, removals, new folders and new processes; files opened for writing write
half of what they are given and then fail; ``os.fsync`` fails. Instead of failing, a call can also
send its process a signal. Only what lies in the request's folder, or is a shipped sound, is
counted, and only in the process itself.

A request has ``folder``, ``env``, ``arguments`` and perhaps ``fault``: ``nth`` (calls, from 1) or
``below`` (a folder) with ``kinds``, and ``errno`` or ``signal``; or ``after`` (seconds) with
``signal``; or ``strace``, options for that program, which is then attached before the command
begins, and follows its threads and processes. The answer has ``status``; ``workers``, processes
that were there at that signal; and ``left``, whether traced processes outlived the command.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

AUDITED = {
    "open": "open",
    "os.rename": "rename",
    "os.link": "link",
    "os.remove": "remove",
    "os.mkdir": "mkdir",
    "os.utime": "utime",
    "subprocess.Popen": "spawn",
}
"""Python's audit events, and what they are called in a request."""

HANGS_S = 180.0
"""Seconds after which a command is killed: none takes as long."""
LINGERS_S = 20.0
"""Seconds that its processes have to end after it."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Layer:
    """Counts the calls of a process; fails one of them, or every one below a folder."""

    def __init__(self, root: str, trace: str, fault: dict[str, Any] | None) -> None:
        self.roots = (root, os.fspath(Path(__file__).resolve().parents[2] / "sounds"))
        self.fault = fault or {}
        self.nth: list[int] = self.fault.get("nth", [])
        self.count = 0
        self.own = threading.local()
        self.trace = os.open(trace, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._sync = os.fsync
        self._open = io.open

    def install(self) -> None:
        os.fsync = self.fsync
        io.open = builtins.open = self.open  # type: ignore[assignment]
        sys.addaudithook(self.hook)

    def strike(self, kind: str, path: Any) -> None:
        """Count one call of *kind*; raises ``OSError`` where the fault is planted."""
        if getattr(self.own, "busy", False):
            return
        name = path if isinstance(path, str) else os.fsdecode(path)
        if kind != "spawn" and not os.path.abspath(name).startswith(self.roots):  # noqa: PTH100
            return
        self.own.busy = True
        os.write(self.trace, f"{kind}\t{name}\n".encode())
        self.own.busy = False
        self.count += 1
        if self.count in self.nth or self._is_below(kind, name):
            if "signal" in self.fault:
                os.kill(os.getpid(), self.fault["signal"])
                return
            number = self.fault["errno"]
            raise OSError(number, os.strerror(number), name)

    def _is_below(self, kind: str, name: str) -> bool:
        below = self.fault.get("below")
        return below is not None and name.startswith(below) and kind in self.fault["kinds"]

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        kind = AUDITED.get(event)
        if kind is None:
            return
        path = arguments[0]
        if kind == "open":
            if isinstance(path, int) or path is None:
                return
            kind = "open" if (arguments[2] or 0) & _WRITES else "read"
        self.strike(kind, path)

    def fsync(self, descriptor: int) -> None:
        self.strike("fsync", os.readlink(f"/proc/self/fd/{descriptor}"))  # noqa: PTH115
        self._sync(descriptor)

    def open(self, file: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
        if isinstance(file, int) or not ({"w", "x", "a", "+"} & set(mode)):
            return self._open(file, mode, *rest, **options)
        raw = _failing(self.strike)(os.fspath(file), mode.replace("b", "").replace("t", ""))
        buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        if "b" in mode:
            return buffered
        return io.TextIOWrapper(buffered, encoding=options.get("encoding") or "utf-8")


def _failing(strike: Callable[[str, Any], None]) -> type[io.FileIO]:
    class Failing(io.FileIO):
        def write(self, data: Any) -> int:
            try:
                strike("write", self.name)
            except OSError:
                super().write(memoryview(data)[: len(data) // 2])
                raise
            return super().write(data)

    return Failing


def run(request: dict[str, Any], wait: Callable[[], None]) -> NoReturn:
    """The command line with the fault of *request*, in this process, which ends with it.

    It calls *wait* just before it begins.
    """
    from psoas_audio.cli.main import main

    os.chdir(request["folder"])
    os.environ.update(request["env"])
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, descriptor)
    sys.argv = ["psoas-audio", *request["arguments"]]
    if "strace" not in (request.get("fault") or {}):
        Layer(request["folder"], "trace", request.get("fault")).install()
    wait()
    main()


def serve() -> None:
    """Answer requests until there are no more."""
    import psoas_audio.api
    import psoas_audio.cli.commands.make.render
    import psoas_audio.cli.main
    import psoas_audio.cli.progress
    import psoas_audio.speech.engines.espeak  # noqa: F401 - all loaded once, for every fork

    print(json.dumps("ready"), flush=True)  # noqa: T201
    for text in sys.stdin:
        request = json.loads(text)
        traced = (request.get("fault") or {}).get("strace")
        ready, go = os.pipe()
        there, arrived = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(go)
            os.close(there)
            null = os.open(os.devnull, os.O_RDONLY)
            os.dup2(null, 0)
            status = 99
            try:
                run(request, lambda ready=ready, arrived=arrived: wait_at(ready, arrived))
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 1
                with contextlib.suppress(Exception):
                    import atexit

                    atexit._run_exitfuncs()
                    sys.stdout.flush()
                    sys.stderr.flush()
            except BaseException:
                import traceback

                traceback.print_exc()
                sys.stderr.flush()
            finally:
                os._exit(status)
        os.close(ready)
        os.close(arrived)
        os.read(there, 1)  # what the fork opens for itself doesn't fail
        os.close(there)
        tracer = attach(pid, traced) if traced else None
        os.close(go)
        workers: list[int] = []
        if after := (request.get("fault") or {}).get("after"):
            time.sleep(after)
            workers = children_of(pid)
            os.kill(pid, request["fault"]["signal"])
        hung = threading.Timer(HANGS_S, os.kill, (pid, signal.SIGKILL))
        hung.start()
        _, status = os.waitpid(pid, 0)
        hung.cancel()
        left = tracer is not None and not has_ended(tracer)
        status = os.waitstatus_to_exitcode(status)
        answer = {"status": status, "workers": workers, "left": left}
        print(json.dumps(answer), flush=True)  # noqa: T201


def wait_at(ready: int, arrived: int) -> None:
    """Until the other end of *ready* is closed; that call may be the one that fails. Closing
    *arrived* says that the fork waits."""
    os.close(arrived)
    with contextlib.suppress(OSError):
        os.read(ready, 1)
        return
    os.read(ready, 1)


def attach(pid: int, options: list[str]) -> subprocess.Popen[bytes]:
    """``strace`` with *options*, attached to *pid* and to all that it starts."""
    tracer = subprocess.Popen(["strace", "-qq", "-f", "-p", str(pid), *options])
    while "\nTracerPid:\t0\n" in Path(f"/proc/{pid}/status").read_text():
        if tracer.poll() is not None:
            break
        time.sleep(0.002)
    return tracer


def has_ended(tracer: subprocess.Popen[bytes]) -> bool:
    """Whether all that *tracer* follows ends soon; it is ended otherwise, and they go on."""
    try:
        tracer.wait(LINGERS_S)
    except subprocess.TimeoutExpired:
        tracer.terminate()
        tracer.wait()
        return False
    return True


def children_of(pid: int) -> list[int]:
    """Processes that *pid* started and that still run."""
    found = []
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            found += [int(child) for child in (thread / "children").read_text().split()]
    return found


if __name__ == "__main__":
    serve()
