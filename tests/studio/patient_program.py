"""A speech program that says “Thank you” only once a file is there."""

import runpy
import sys
import time
from pathlib import Path

text, permission = Path(sys.argv[1]).read_text(encoding="utf-8"), Path(sys.argv.pop())
while "Thank you" in text and not permission.exists():
    time.sleep(0.05)
runpy.run_path(str(Path(__file__).parents[1] / "speech" / "small_program.py"), run_name="__main__")
