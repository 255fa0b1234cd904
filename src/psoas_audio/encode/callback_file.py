"""A file for a C library, through which no exception can propagate."""

from __future__ import annotations

from typing import BinaryIO


class CallbackFile:
    """Forwards calls to a file until one fails. :meth:`raise_error` then raises what it raised.

    An exception in a callback from C would only be printed, as a traceback.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._fault: BaseException | None = None

    def raise_error(self) -> None:
        """Raise the first error of the file, if there was one."""
        if self._fault is not None:
            raise self._fault

    def write(self, data: bytes) -> int:
        """Write *data*; after an error, discard it."""
        if self._fault is None:
            try:
                self._file.write(data)
            except BaseException as fault:  # an interrupt may happen here too
                self._fault = fault
        return len(data)

    def seek(self, target: int, whence: int = 0) -> int:
        """Seek to *target*; the position in the file, or 0 after an error."""
        if self._fault is None:
            try:
                return self._file.seek(target, whence)
            except BaseException as fault:
                self._fault = fault
        return 0

    def tell(self) -> int:
        """The position in the file."""
        return self._file.tell()

    def read(self, size: int) -> bytes:
        """Up to *size* bytes: some formats complete their header at the end."""
        return self._file.read(size) if self._fault is None else b""

    def flush(self) -> None:
        """Do nothing: the owner of the file flushes it."""
