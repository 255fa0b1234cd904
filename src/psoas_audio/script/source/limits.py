"""Limits on the size of a script's file, so that no file can fill the memory."""

MAX_SCRIPT_BYTES = 1_000_000
"""Bytes of one file; the script of an eight-hour session has about a third of that."""
MAX_NESTING = 32
"""Levels of nesting; scripts need about ten."""
MAX_NODES = 100_000
"""Scalars, lists and mappings in one file."""
MAX_TEXT_CHARACTERS = 20_000
"""Characters of one text."""
