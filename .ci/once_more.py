"""Run the failed tests of the last pytest run once more, one after the other in one process.

Exit 0 if all of them pass now: then they need a quiet machine, which is a fault of the tests, but
not of the change. Exit 1 if one fails again, or if so many failed that it can't be by chance.
"""

import json
import subprocess
import sys
from pathlib import Path

MOST_RETRIED = 3
LAST_FAILED = Path(".pytest_cache/v/cache/lastfailed")


def last_failed() -> list[str]:
    return sorted(json.loads(LAST_FAILED.read_text())) if LAST_FAILED.exists() else []


first = last_failed()
if not first:
    sys.exit("no test failed: what failed is in the output above")
if not all("::" in name for name in first):
    sys.exit("the tests could not be collected: why is in the output above")
if len(first) > MOST_RETRIED:
    sys.exit(f"{len(first)} tests failed, which is too many to try again")
subprocess.run([sys.executable, "-m", "pytest", "-q", "--last-failed"])
again = last_failed()
for test in first:
    sys.stdout.write(f"{'failed twice' if test in again else 'passed only alone'}: {test}\n")
sys.exit(bool(again))
