"""A small client for WebSockets (RFC 6455), with nothing but the standard library."""

from __future__ import annotations

import base64
import os
import socket
import struct
from io import BufferedReader

_TEXT, _CONTINUED, _CLOSE, _PING, _PONG = 1, 0, 8, 9, 10
_LAST, _MASKED = 0x80, 0x80


class WebSocket:
    """A connection to ``ws://127.0.0.1:PORT/PATH`` that carries text both ways."""

    def __init__(self, port: int, path: str, timeout: float) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout)
        self._reader: BufferedReader = self._socket.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        asked = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        self._socket.sendall(asked.encode())
        status = self._reader.readline()
        if b" 101 " not in status:
            raise ConnectionError(f"no WebSocket: {status!r}")
        while self._reader.readline().strip():
            pass

    def send(self, text: str) -> None:
        self._send(_TEXT, text.encode())

    def receive(self) -> str:
        """The next message."""
        message = b""
        while True:
            first, second = self._read(2)
            kind, size = first & 0x0F, second & 0x7F
            if size == 126:
                (size,) = struct.unpack(">H", self._read(2))
            elif size == 127:
                (size,) = struct.unpack(">Q", self._read(8))
            content = self._read(size)
            if kind == _PING:
                self._send(_PONG, content)
            elif kind == _CLOSE:
                raise ConnectionError("the WebSocket was closed")
            elif kind in (_TEXT, _CONTINUED):
                message += content
                if first & _LAST:
                    return message.decode()

    def close(self) -> None:
        self._reader.close()
        self._socket.close()

    def _read(self, size: int) -> bytes:
        found = self._reader.read(size)
        if len(found) < size:
            raise ConnectionError("the WebSocket was closed")
        return found

    def _send(self, kind: int, content: bytes) -> None:
        size = len(content)
        if size < 126:
            head = struct.pack(">BB", _LAST | kind, _MASKED | size)
        elif size < 1 << 16:
            head = struct.pack(">BBH", _LAST | kind, _MASKED | 126, size)
        else:
            head = struct.pack(">BBQ", _LAST | kind, _MASKED | 127, size)
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(content))
        self._socket.sendall(head + mask + masked)
