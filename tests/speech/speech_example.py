"""Lines to be spoken."""

from psoas_audio.errors import Mark
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
