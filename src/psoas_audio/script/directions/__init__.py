"""Stage directions inside a text: ``(pause 30 seconds)``, ``<break time="3s"/>``, ``[Gong]``.

They are for whoever reads the text aloud, and are never spoken.
"""

from psoas_audio.script.directions.find import Direction, find_directions
from psoas_audio.script.directions.lengths import Length
from psoas_audio.script.directions.meaning import Meaning, read_direction

__all__ = ["Direction", "Length", "Meaning", "find_directions", "read_direction"]
