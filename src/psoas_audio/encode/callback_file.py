"""A file to hand to a C library, through which no exception can pass."""

from __future__ import annotations

from typing import BinaryIO


class CallbackFile:
    """Passes calls on to a file until one fails; that failure waits for :meth:`settle`.

    Called back from C, an exception would only be printed, as a traceback, and then forgotten.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._fault: BaseException | None = None

    def settle(self) -> None:
        """Raise what went wrong since the start, if anything did."""
        if self._fault is not None:
            raise self._fault

    def write(self, data: bytes) -> int:
        """Write *data*, or pretend to."""
        if self._fault is None:
            try:
                self._file.write(data)
            except BaseException as fault:  # an interrupt may come here too
                self._fault = fault
        return len(data)

    def seek(self, target: int, whence: int = 0) -> int:
        """Go to *target* as far as that can be; where the file is then."""
        if self._fault is None:
            try:
                return self._file.seek(target, whence)
            except BaseException as fault:
                self._fault = fault
        return 0

    def tell(self) -> int:
        """Where the file is."""
        return self._file.tell()

    def read(self, size: int) -> bytes:
        """Up to *size* bytes: a format's header is gone over again at the end."""
        return self._file.read(size) if self._fault is None else b""

    def flush(self) -> None:
        """Nothing: whoever owns the file does that."""
