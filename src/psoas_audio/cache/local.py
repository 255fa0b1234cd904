"""Content-addressed files on disk, for takes and for encoded blocks alike.

An entry is one file, named by its key. It is written under a temporary name and then renamed. A
digest of key and payload is checked on every read: a damaged entry is moved to quarantine and
counts as a miss. This digest also guards against entries that a power cut left incomplete, so
there is no ``fsync``: everything here can be made again. Locks only avoid
doing the same work twice; nothing depends on them. Files whose names the cache couldn't have
created are never touched, whatever folder was chosen.
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
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from platformdirs import user_cache_path

from psoas_audio.errors import CacheError, PsoasError, system_hint, system_reason
from psoas_audio.files import FileKind, make_folder, user_path

_MAGIC = b"psoas-audio store 1\n"
_HEADER_BYTES = len(_MAGIC) + hashlib.sha256().digest_size
_SUFFIX = ".entry"
_ENTRY_FILE = FileKind("entry", 512_000_000, error=CacheError)
"""An entry has at most 512 MB; the largest that is made, a bed, has 115 MB."""
_CACHE_FILE_NAME = re.compile(r"(?P<key>[0-9a-f]{64})\.(entry|lock)|[0-9a-f]{16}-[0-9a-f]{16}\.tmp")
"""Names of the files that a cache creates."""
_QUARANTINE_FOLDER = "quarantine"
_STALE_AFTER_S = 3600.0
"""Age at which a temporary file or a lock is taken for abandoned: no write takes as long."""
_SWEEP_INTERVAL_S = 3600.0
"""How often :meth:`Cache.sweep_hourly` sweeps, at most."""
_QUARANTINE_S = 7 * 86400.0
"""How long damaged entries stay in quarantine, where they can be examined."""
_FILL_AFTER_CLEANUP = 0.9
"""Share of the limit that is still filled after a cleanup, so that cleanups are rare."""
_UNCOUNTED_SHARE = 1 / 64
"""Share of the limit that is added before all entries are counted: there may be 50,000 of them,
which takes a second, and a render in which little has changed adds only a few."""
_TOUCH_INTERVAL_S = 600.0
"""How often the time of last use is written, at most."""
_PROTECTED_S = 6 * 3600.0
"""How long a used entry can't be removed: a render in another process may still need it."""

DEFAULT_LIMIT_BYTES = 4 << 30
"""Limit of the user's cache: enough for the takes of about a hundred sessions."""


class CacheUnwritableError(CacheError):
    """The disk is full or read-only: an entry can't be added, but its payload can still be used."""


class VerifyResult(NamedTuple):
    """The result of :meth:`Cache.verify`."""

    entries: int
    """Valid entries."""
    size: int
    """Their bytes on disk."""
    quarantined: tuple[str, ...]
    """Keys of the damaged entries, which were moved to quarantine."""


def default_folder() -> Path:
    """``PSOAS_AUDIO_CACHE`` if it is set, else the user's cache folder on this system."""
    if chosen := os.environ.get("PSOAS_AUDIO_CACHE"):
        return user_path(chosen, "PSOAS_AUDIO_CACHE")

    return user_cache_path("psoas-audio", appauthor=False)


def key_of(parts: Mapping[str, Any]) -> str:
    """The key of *parts* (JSON values, in any order): 64 hexadecimal digits."""
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Cache:
    """A folder of entries; several threads and processes may use the same one at once.

    Three things remove files: :meth:`clear` removes every entry, :meth:`sweep` what processes have
    left behind, and :meth:`put`, above the limit, a cleanup of the least recently used entries.
    """

    def __init__(self, folder: Path, limit_bytes: int | None = None) -> None:
        """Creates nothing yet. Above *limit_bytes* the least recently used entries are removed,
        except those that this object read or wrote and those used within the last 6 hours; so the
        folder can exceed the limit for a while."""
        self.folder = folder
        self.limit_bytes = limit_bytes
        self.warning = ""
        """A message for the user about a problem that stopped nothing; set by subclasses."""
        self._size: int | None = None
        """Bytes of all entries, once they were counted."""
        self._uncounted = 0
        """Bytes added before that."""
        self._cleanup_above = limit_bytes or 0
        self._used: set[str] = set()
        self._size_lock = threading.Lock()

    def has(self, key: str) -> bool:
        """Whether there is an entry, valid or not. It then counts as used."""
        path = self._path(key)
        try:
            status = path.stat()
        except OSError:
            return False
        self._was_used(key, path, status.st_mtime)
        return stat.S_ISREG(status.st_mode)

    def get(self, key: str) -> bytes | None:
        """The payload; ``None`` if there is no valid entry. The entry then counts as used."""
        return self.get_local(key)

    def get_local(self, key: str) -> bytes | None:
        """As :meth:`get`, but never from a remote cache, which a subclass may have."""
        path = self._path(key)
        try:
            with _ENTRY_FILE.open(path) as file:
                used = os.fstat(file.fileno()).st_mtime
                content = file.read()
        except (OSError, PsoasError):
            return None
        payload = unseal(key, content)
        if payload is None:
            self._quarantine(path)
            return None
        self._was_used(key, path, used)
        return payload

    def put(self, key: str, payload: bytes) -> None:
        """Add *payload* completely or not at all; raises :class:`CacheUnwritableError`."""
        self.put_local(key, payload)

    def put_local(self, key: str, payload: bytes) -> None:
        """As :meth:`put`, but never to a remote cache, which a subclass may have."""
        path = self._path(key)
        try:
            try:
                self._write(path, key, payload)
            except FileNotFoundError:  # the folder or the temporary file was removed meanwhile
                self._write(path, key, payload)
        except OSError as error:
            self._raise_unwritable(error)
        self._used.add(key)
        self._make_room(len(payload) + _HEADER_BYTES)

    @contextlib.contextmanager
    def lock(self, key: str, timeout: float = 60.0) -> Iterator[None]:
        """Lock *key* while it is made; go on without if that fails or takes *timeout* s."""
        from filelock import FileLock, Timeout

        folder = self.folder / "locks"
        try:
            make_folder(folder)
            lock = FileLock(folder / f"{key}.lock", timeout=timeout)
            lock.acquire()
        except (OSError, NotImplementedError, RuntimeError, Timeout):
            lock = None
        try:
            yield
        finally:
            if lock is not None:
                with contextlib.suppress(OSError):  # the system releases it when the process ends
                    lock.release()

    def stats(self) -> tuple[int, int]:
        """Number of entries and their bytes on disk."""
        sizes = [size for _, size, _ in self._entries()]
        return len(sizes), sum(sizes)

    def verify(self) -> VerifyResult:
        """Read every entry, and move damaged ones to quarantine."""
        good, size, quarantined = 0, 0, []
        for path, length, _ in self._entries():
            if self.get(path.stem) is None:
                quarantined.append(path.stem)
            else:
                good, size = good + 1, size + length
        return VerifyResult(good, size, tuple(sorted(quarantined)))

    def clear(self) -> None:
        """Remove all entries; raises :class:`CacheUnwritableError`."""
        self._size, self._uncounted = None, 0
        try:
            for path in self._files():
                path.unlink(missing_ok=True)
        except OSError as error:
            self._raise_unwritable(error)
        for folder in self._folders():
            with contextlib.suppress(OSError):  # it may hold other files
                folder.rmdir()

    def sweep_hourly(self) -> None:
        """At most once an hour, as both look at every file: :meth:`sweep`, and remove entries above
        the limit."""
        stamp = self.folder / "locks" / f"{key_of({'kind': 'swept'})}.lock"
        with contextlib.suppress(OSError):
            if abs(time.time() - stamp.stat().st_mtime) < _SWEEP_INTERVAL_S:
                return
        with contextlib.suppress(OSError):  # it may not be readable
            self.sweep()
            make_folder(stamp.parent)
            stamp.touch()
            self._make_room(0, count=True)

    def sweep(self) -> int:
        """Remove temporary files and locks over an hour old, and entries a week in quarantine.

        Returns how many.
        """
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
        """Folders that may hold files of the cache."""
        yield from self.folder.glob("[0-9a-f][0-9a-f]")
        yield from (self.folder / "locks", self.folder / _QUARANTINE_FOLDER)

    def _files(self) -> Iterator[Path]:
        """Every file whose name the cache could have created."""
        for folder in self._folders():
            yield from (path for path in folder.glob("*") if _CACHE_FILE_NAME.fullmatch(path.name))

    def _quarantine(self, path: Path) -> None:
        quarantined = self.folder / _QUARANTINE_FOLDER / path.name
        with contextlib.suppress(OSError):
            try:
                quarantined.parent.mkdir(exist_ok=True)
                path.replace(quarantined)
                os.utime(quarantined)
            except OSError:
                path.unlink()

    def _was_used(self, key: str, path: Path, last_used: float) -> None:
        """Record that an entry is used, unless *last_used* (its file's time) is recent."""
        self._used.add(key)
        if abs(time.time() - last_used) > _TOUCH_INTERVAL_S:
            with contextlib.suppress(OSError):
                os.utime(path)

    def _path(self, key: str) -> Path:
        return self.folder.joinpath(key[:2], f"{key}{_SUFFIX}")

    def _write(self, path: Path, key: str, payload: bytes) -> None:
        make_folder(path.parent)
        # Random, not the process id: a machine that shares the folder may be writing the same key.
        temporary = path.with_name(f"{key[:16]}-{os.urandom(8).hex()}.tmp")
        try:
            with temporary.open("xb") as file:
                file.write(_header(key, payload))
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

    def _make_room(self, added: int, *, count: bool = False) -> None:
        """Note *added* bytes, and above the limit remove the least recently used entries.

        All entries are counted when enough was added, or with *count*.
        """
        if self.limit_bytes is None:
            return
        with self._size_lock:
            if self._size is None:
                self._uncounted += added
                if self._uncounted <= self.limit_bytes * _UNCOUNTED_SHARE and not count:
                    return
                self._size = self.stats()[1]
            else:
                self._size += added
            if self._size <= self._cleanup_above:
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
            # If nearly everything is needed, this must not be tried again after every entry.
            self._cleanup_above = max(self.limit_bytes, self._size + self.limit_bytes // 10)

    def _raise_unwritable(self, error: OSError) -> NoReturn:
        raise CacheUnwritableError(
            f"the cache can't be written: {system_reason(error)}",
            where=str(self.folder),
            hint=f"{system_hint(error, '')} To use another folder, set PSOAS_AUDIO_CACHE.".lstrip(),
        ) from error


def seal(key: str, payload: bytes) -> bytes:
    """The content of an entry's file."""
    return _header(key, payload) + payload


def unseal(key: str, content: bytes) -> bytes | None:
    """The payload in the *content* of an entry's file; ``None`` if it is damaged."""
    payload = content[_HEADER_BYTES:]
    return payload if content[:_HEADER_BYTES] == _header(key, payload) else None


def _header(key: str, payload: bytes) -> bytes:
    digest = hashlib.sha256(key.encode())
    digest.update(payload)
    return _MAGIC + digest.digest()
