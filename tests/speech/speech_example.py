"""Lines to be spoken."""

from psoas_audio import library
from psoas_audio.errors import Mark
from psoas_audio.planning import Choices, Stretch, expand
from psoas_audio.script.load import load_script
from psoas_audio.speech.line import Line


def line(
    text: str,
    *,
    engine: str = "fake",
    voice: str | None = None,
    rate: int = 115,
    pitch: int = 50,
    language: str = "en-US",
    id: str | None = None,
    row: int = 1,
) -> Line:
    return Line(
        id or text, text, engine, voice, rate, pitch, language, Mark("session.yaml", row, 3)
    )


def shipped_lines() -> list[str]:
    """The different lines of the shipped English sessions, in their order."""
    lines = (
        utterance.text
        for name in library.script_names()
        for utterance in expand(load_script(name), Choices(), Stretch()).utterances()
    )
    return list(dict.fromkeys(lines))
