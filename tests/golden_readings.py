"""The lines of the shipped sessions as they are read, in each language, as golden files.

Rewritten by ``python tests/golden_readings.py``, which shows every line that is read differently
from how it is written; read the change before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from psoas_audio import library, plan
from psoas_audio.locale.languages import language_tags
from psoas_audio.speech.normalization.normalize import normalize_text

FOLDER = Path(__file__).parent / "golden" / "readings"
REGIONS = {"en": "en-US", "de": "de-DE", "es": "es-ES", "fr": "fr-FR"}


def written_lines(session: str, language: str) -> list[str]:
    """Each line of the shipped *session* in *language* once, in order."""
    takes = plan(session, language=language).fitted.plan.utterances()
    return list(dict.fromkeys(take.text for take in takes))


def readings(language: str) -> str:
    """All sessions in *language*, a line of text for each line that is spoken."""
    parts = []
    for session in library.script_names():
        parts.append(f"== {session}")
        tag = REGIONS[language]
        parts += [normalize_text(line, tag) for line in written_lines(session, language)]
    return "\n".join(parts) + "\n"


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for language in language_tags():
        (FOLDER / f"{language}.txt").write_text(readings(language), encoding="utf-8")
        for session in library.script_names():
            for line in written_lines(session, language):
                read = normalize_text(line, REGIONS[language])
                if read != " ".join(line.split()):
                    print(f"{language} {session}\n  - {line}\n  + {read}")  # noqa: T201


if __name__ == "__main__":
    with (
        TemporaryDirectory() as cache
    ):  # what fits depends on the voice and on the takes that are kept
        os.environ |= {"PSOAS_AUDIO_ENGINE": "pyttsx3", "PSOAS_AUDIO_CACHE": cache}
        write()
