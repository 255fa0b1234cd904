"""``command``: any program that turns a text file into a sound file, defined by a recipe.

A script can only name a recipe. Recipes are shipped or come from the user's own file, so an
untrusted script can't run arbitrary programs. No shell is involved.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_config_path

from psoas_audio.errors import PsoasError, SpeechError
from psoas_audio.files import FileKind, user_path
from psoas_audio.speech.engine import Request, Speech, VoiceInfo, voice_for
from psoas_audio.speech.engines._files import read_speech
from psoas_audio.speech.pronunciation.respelling import respelled
from psoas_audio.temporary import temporary_folder

_COMMANDS_FILE = FileKind("file", 1_000_000)
_CALIBRATION_RATES = (50, 70, 90, 120, 160, 220)
_NORMAL_RATE = 150
"""The engine rate at which ``{speed}`` and ``{stretch}`` are 1."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to call one program.

    Placeholders in the arguments: ``{text_file}`` (UTF-8, also on stdin), ``{text}`` (for programs
    that can't read a file), ``{out}`` (the sound file to write), ``{rate}`` (about words per
    minute), ``{speed}`` (a factor: higher is faster), ``{stretch}`` (a factor: higher is slower),
    ``{pitch}`` (0 to 100).
    """

    arguments: tuple[str, ...]
    """The program first."""
    language: str
    """BCP 47 tag."""
    suffix: str = ".wav"
    """Suffix of the file it writes."""

    @property
    def has_rate(self) -> bool:
        """Whether its rate can be set."""
        joined = " ".join(self.arguments)
        return any(placeholder in joined for placeholder in ("{rate}", "{speed}", "{stretch}"))


def _recipe(command: str, language: str = "en-US", suffix: str = ".wav") -> Recipe:
    return Recipe(tuple(command.split()), language, suffix)


SHIPPED: Mapping[str, Recipe] = {
    "say": _recipe("say -r {rate} -f {text_file} -o {out}", suffix=".aiff"),
    "espeak-ng": _recipe("espeak-ng -v en-us -s {rate} -p {pitch} -f {text_file} -w {out}"),
    "flite": _recipe("flite -voice slt --setf duration_stretch={stretch} -f {text_file} -o {out}"),
    "pico2wave": _recipe("pico2wave -l en-US -w {out} {text}"),
    "festival": Recipe(
        (
            "text2wave",
            "-eval",
            "(Parameter.set 'Duration_Stretch {stretch})",
            "-o",
            "{out}",
            "{text_file}",
        ),
        "en-US",
    ),
    "rhvoice": _recipe("RHVoice-test -p slt -i {text_file} -o {out}"),
}
"""Recipes of known programs; docs/voices.md says which were tested."""


class Command:
    """An engine whose voices are recipes."""

    name = "command"

    def fingerprint(self, request: Request) -> str:
        name, recipe = _chosen(request)
        program = _program(name, recipe)
        status = program.stat()
        return f"{recipe.arguments}; {program}; {status.st_size}; {status.st_mtime_ns}"

    def rates(self, voice: str | None) -> Sequence[float]:
        recipe = recipes().get(voice or "")
        return _CALIBRATION_RATES if recipe is None or recipe.has_rate else ()

    def has_fixed_pitch(self, voice: str | None) -> bool:
        recipe = recipes().get(voice or "")
        return recipe is not None and not any("{pitch}" in part for part in recipe.arguments)

    def voices(self) -> Sequence[VoiceInfo]:
        return [
            VoiceInfo(self.name, name, recipe.language, description=recipe.arguments[0])
            for name, recipe in recipes().items()
            if shutil.which(recipe.arguments[0])
        ]

    def speak(self, request: Request) -> Speech:
        name, recipe = _chosen(request)
        program = _program(name, recipe)
        words = respelled(request)
        with temporary_folder() as folder:
            text_file, out = Path(folder, "text.txt"), Path(folder, "out" + recipe.suffix)
            text_file.write_text(words + "\n", encoding="utf-8")
            values = {
                "text_file": str(text_file),
                "text": " " + words,  # leading space: never taken for an option
                "out": str(out),
                "rate": str(round(request.rate)),
                "speed": f"{request.rate / _NORMAL_RATE:.3f}",
                "stretch": f"{_NORMAL_RATE / request.rate:.3f}",
                "pitch": str(request.pitch),
            }
            arguments = [_fill(argument, values) for argument in recipe.arguments[1:]]
            with text_file.open("rb") as text:
                done = subprocess.run(
                    [str(program), *arguments],
                    stdin=text,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    cwd=folder,
                    check=False,
                )
            if done.returncode != 0:
                lines = done.stderr.decode(errors="replace").strip().splitlines()
                reason = f": {lines[-1][:200]}" if lines else ""
                raise SpeechError(f"{name} ended with exit code {done.returncode}{reason}")
            if not out.is_file():
                raise SpeechError(f"{name} wrote no sound file")
            pcm, sample_rate = read_speech(out)
        return Speech(pcm, sample_rate, True, name)


def recipes() -> dict[str, Recipe]:
    """All recipes by name; the user's own override the shipped ones.

    Raises ``SpeechError`` if the user's file is invalid.
    """
    path = _own_file()
    try:
        own = tomllib.loads(_COMMANDS_FILE.read_text(path)) if os.path.lexists(path) else {}
        return {name: _from_table(table) for name, table in own.items()} | {
            name: recipe for name, recipe in SHIPPED.items() if name not in own
        }
    except (PsoasError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SpeechError(
            f"the file of voice commands can't be used: {getattr(error, 'what', error)}",
            hint="docs/voices.md shows what it looks like.",
        ) from None


def _from_table(table: Mapping[str, object]) -> Recipe:
    command = table["command"]
    if not isinstance(command, list) or not command or not all(isinstance(c, str) for c in command):
        raise ValueError("a command must be a list of strings, the program first")
    return Recipe(
        tuple(command), str(table.get("language", "en-US")), str(table.get("suffix", ".wav"))
    )


def _own_file() -> Path:
    """``PSOAS_AUDIO_COMMANDS``, or else ``commands.toml`` in the user's configuration folder."""
    if chosen := os.environ.get("PSOAS_AUDIO_COMMANDS"):
        return user_path(chosen, "PSOAS_AUDIO_COMMANDS")

    return user_config_path("psoas-audio", appauthor=False) / "commands.toml"


def _chosen(request: Request) -> tuple[str, Recipe]:
    found = recipes()
    name = request.voice
    if name is None:
        usable = Command().voices()
        voice = voice_for(request.language, usable)
        if voice is None:
            raise SpeechError(f"none of the installed programs speaks “{request.language}”")
        name = voice.name
    if name not in found:
        raise SpeechError(f"there is no voice command “{name}”", hint=f"Known: {', '.join(found)}.")
    return name, found[name]


def _program(name: str, recipe: Recipe) -> Path:
    path = shutil.which(recipe.arguments[0])
    if path is None:
        raise SpeechError(
            f"the command “{name}” needs the program “{recipe.arguments[0]}”, which isn't installed"
        )
    return Path(path)


def _fill(argument: str, values: Mapping[str, str]) -> str:
    """*argument* with its placeholders replaced; other braces are left alone."""
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), argument)
