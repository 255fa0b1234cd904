"""Content-addressed files on disk, for takes and for encoded blocks alike.

An entry is one file named by its key. It is written under a temporary name and renamed, and a
digest over key and payload is checked on every reading: an entry is whole and right, or it is
put aside and a miss. That digest, not ``fsync``, is what guards against a torn entry after a
power cut, as everything here can be made again. Locks only save double work; nothing depends on
them. Files that aren't named as ours are never touched, whatever folder was chosen.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from platformdirs import user_cache_path

from psoas_audio.errors import CacheError, PsoasError
from psoas_audio.files import FileKind, user_path

_MAGIC = b"psoas-audio store 1\n"
_HEADER_BYTES = len(_MAGIC) + hashlib.sha256().digest_size
_SUFFIX = ".entry"
_ENTRY_FILE = FileKind("entry", 512_000_000, error=CacheError)
"""The longest bed takes 115 MB."""
_CACHE_FILE_NAME = re.compile(r"(?P<key>[0-9a-f]{64})\.(entry|lock)|[0-9a-f]{16}-[0-9a-f]{16}\.tmp")
"""Names of files that a store makes."""
_QUARANTINE_FOLDER = "quarantine"
_STALE_AFTER_S = 3600.0
"""Seconds after which a temporary file belongs to nobody: no write takes as long."""
_QUARANTINE_S = 7 * 86400.0
"""Seconds for which bad entries stay aside, for whoever wants to know what befell them."""
_FILL_AFTER_CLEANUP = 0.9
"""The part of the limit that is still filled after a clearing out, so that it stays rare."""
_TOUCH_INTERVAL_S = 600.0
"""Seconds to which it is known when an entry was last used."""
_PROTECTED_S = 6 * 3600.0
"""Seconds for which an entry that was used stays: a render elsewhere may still need it."""

DEFAULT_LIMIT_BYTES = 4 << 30
"""Bytes that the user's store may take: the takes of some hundred sessions."""


class CacheUnwritableError(CacheError):
    """The disk is full or read-only: what was made can't be kept, but can still be used."""


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """What :meth:`Cache.verify` found."""

    entries: int
    """Good entries."""
    size: int
    """Their bytes on disk."""
    dropped: tuple[str, ...]
    """Keys of the bad entries, which are put aside now."""


def default_folder() -> Path:
    """``PSOAS_AUDIO_CACHE`` where it is set, else the user's cache folder of this system."""
    if chosen := os.environ.get("PSOAS_AUDIO_CACHE"):
        return user_path(chosen, "PSOAS_AUDIO_CACHE")

    return user_cache_path("psoas-audio", appauthor=False)


def key_of(parts: Mapping[str, Any]) -> str:
    """The key of *parts* (plain JSON values): 64 hexadecimal digits, whatever their order."""
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Cache:
    """A folder of entries; several threads and processes may use the same one at once."""

    def __init__(self, folder: Path, limit_bytes: int | None = None) -> None:
        """Nothing is touched yet. Above *limit_bytes* the least recently used entries go, but none
        that this store gave or took, and none used in the last hours."""
        self.folder = folder
        self.limit_bytes = limit_bytes
        self.warning = ""
        """What a person should know though nothing failed."""
        self._size: int | None = None
        self._clear_at = limit_bytes or 0
        self._used: set[str] = set()
        self._guard = threading.Lock()

    def has(self, key: str) -> bool:
        """Whether there is an entry, used just now; only :meth:`get` tells if it is a good one."""
        path = self._path(key)
        try:
            status = path.stat()
        except OSError:
            return False
        self._was_used(key, path, status.st_mtime)
        return stat.S_ISREG(status.st_mode)

    def get(self, key: str) -> bytes | None:
        """The payload, now the most recently used; a bad entry is put aside and is a miss."""
        return self.get_local(key)

    def get_local(self, key: str) -> bytes | None:
        """As :meth:`get`, from this disk and nowhere else."""
        path = self._path(key)
        try:
            with _ENTRY_FILE.open(path) as file:
                used = os.fstat(file.fileno()).st_mtime
                content = file.read()
        except (OSError, PsoasError):
            return None
        payload = unseal(key, content)
        if payload is None:
            self._put_aside(path)
            return None
        self._was_used(key, path, used)
        return payload

    def put(self, key: str, payload: bytes) -> None:
        """Keep *payload* whole or not at all; raises :class:`CacheUnwritableError`."""
        path = self._path(key)
        try:
            try:
                self._write(path, key, payload)
            except FileNotFoundError:  # the folder, or our temporary file, was cleared away
                self._write(path, key, payload)
        except OSError as error:
            self._refuse(error)
        self._used.add(key)
        if self.limit_bytes is not None:
            self._make_room(len(payload) + _HEADER_BYTES)

    @contextlib.contextmanager
    def lock(self, key: str, timeout: float = 60.0) -> Iterator[None]:
        """Hold *key* while it is made; goes on without after *timeout* s or where locks fail."""
        from filelock import FileLock, Timeout

        folder = self.folder / "locks"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(folder / f"{key}.lock", timeout=timeout)
            lock.acquire()
        except (OSError, NotImplementedError, Timeout):
            yield
            return
        try:
            yield
        finally:
            lock.release()

    def stats(self) -> tuple[int, int]:
        """Number of entries and their bytes on disk."""
        sizes = [size for _, size, _ in self._entries()]
        return len(sizes), sum(sizes)

    def verify(self) -> VerifyResult:
        """Read every entry; bad ones are put aside."""
        good, size, dropped = 0, 0, []
        for path, length, _ in self._entries():
            if self.get(path.stem) is None:
                dropped.append(path.stem)
            else:
                good, size = good + 1, size + length
        return VerifyResult(good, size, tuple(sorted(dropped)))

    def clear(self) -> None:
        """Remove everything; raises :class:`CacheUnwritableError`."""
        self._size = None
        try:
            for path in self._files():
                path.unlink(missing_ok=True)
        except OSError as error:
            self._refuse(error)
        for folder in self._folders():
            with contextlib.suppress(OSError):  # something else may lie there
                folder.rmdir()

    def sweep_hourly(self) -> None:
        """:meth:`sweep`, unless that was done within the last hour: it looks at every file."""
        stamp = self.folder / "locks" / f"{key_of({'kind': 'swept'})}.lock"
        with contextlib.suppress(OSError):
            if abs(time.time() - stamp.stat().st_mtime) < _STALE_AFTER_S:
                return
        self.sweep()
        with contextlib.suppress(OSError):
            stamp.parent.mkdir(parents=True, exist_ok=True)
            stamp.touch()

    def sweep(self) -> int:
        """Remove what killed processes left (temporary files, old locks), and bad entries put
        aside long ago; how many."""
        swept = 0
        for path in self._files():
            if path.suffix != _SUFFIX or path.parent.name == _QUARANTINE_FOLDER:
                term = _QUARANTINE_S if path.suffix == _SUFFIX else _STALE_AFTER_S
                with contextlib.suppress(OSError):
                    if abs(time.time() - path.stat().st_mtime) > term:
                        path.unlink()
                        swept += 1
        return swept

    def _folders(self) -> Iterator[Path]:
        """Folders in which files of ours may lie."""
        yield from self.folder.glob("[0-9a-f][0-9a-f]")
        yield from (self.folder / "locks", self.folder / _QUARANTINE_FOLDER)

    def _files(self) -> Iterator[Path]:
        """Every file that is named as ours."""
        for folder in self._folders():
            yield from (path for path in folder.glob("*") if _CACHE_FILE_NAME.fullmatch(path.name))

    def _put_aside(self, path: Path) -> None:
        aside = self.folder / _QUARANTINE_FOLDER / path.name
        with contextlib.suppress(OSError):
            try:
                aside.parent.mkdir(exist_ok=True)
                path.replace(aside)
                os.utime(aside)
            except OSError:
                path.unlink()

    def _was_used(self, key: str, path: Path, before: float) -> None:
        """Write down that an entry is used; not where that was done a short while *before*."""
        self._used.add(key)
        if abs(time.time() - before) > _TOUCH_INTERVAL_S:
            with contextlib.suppress(OSError):
                os.utime(path)

    def _path(self, key: str) -> Path:
        return self.folder.joinpath(key[:2], f"{key}{_SUFFIX}")

    def _write(self, path: Path, key: str, payload: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Chance, not a process's number: another machine may write the same key at this moment.
        temporary = path.with_name(f"{key[:16]}-{os.urandom(8).hex()}.tmp")
        try:
            with temporary.open("xb") as file:
                file.write(_head(key, payload))
                file.write(payload)
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise

    def _entries(self) -> Iterator[tuple[Path, int, float]]:
        """Path, bytes and time of last use of every entry."""
        for path in self._files():
            if path.suffix != _SUFFIX or path.parent.name == _QUARANTINE_FOLDER:
                continue
            with contextlib.suppress(OSError):
                status = path.stat()
                yield path, status.st_size, status.st_mtime

    def _make_room(self, added: int) -> None:
        """Count *added* bytes; above the limit remove the least recently used entries."""
        with self._guard:
            assert self.limit_bytes is not None
            if self._size is None:
                self._size = self.stats()[1]
            else:
                self._size += added
            if self._size <= self._clear_at:
                return
            oldest_first = sorted(self._entries(), key=lambda entry: entry[2])
            self._size = sum(size for _, size, _ in oldest_first)
            for path, size, used in oldest_first:
                if self._size <= self.limit_bytes * _FILL_AFTER_CLEANUP:
                    break
                if path.stem in self._used or abs(time.time() - used) < _PROTECTED_S:
                    continue
                with contextlib.suppress(OSError):
                    path.unlink()
                    self._size -= size
            # Where nearly all is needed, looking through it again must not follow each entry.
            self._clear_at = max(self.limit_bytes, self._size + self.limit_bytes // 10)

    def _refuse(self, error: OSError) -> NoReturn:
        raise CacheUnwritableError(
            f"the store can't be written: {error.strerror or error}",
            where=str(self.folder),
            hint="Free some space there, or name another folder in PSOAS_AUDIO_CACHE.",
        ) from error


def seal(key: str, payload: bytes) -> bytes:
    """An entry's whole content."""
    return _head(key, payload) + payload


def unseal(key: str, content: bytes) -> bytes | None:
    """The payload in an entry's *content*; ``None`` where it isn't whole and right."""
    payload = content[_HEADER_BYTES:]
    return payload if content[:_HEADER_BYTES] == _head(key, payload) else None


def _head(key: str, payload: bytes) -> bytes:
    digest = hashlib.sha256(key.encode())
    digest.update(payload)
    return _MAGIC + digest.digest()
