"""Memory that was freed goes back to the system, on systems where it would not by itself."""

from __future__ import annotations

import subprocess
import sys

import pytest

USE_AND_FREE = """
import sys, threading
import numpy as np
from psoas_audio.memory import release_free_memory, configure_allocator

def held():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 2**20

def use():
    for _ in range(20):
        kept = [np.ones(megabytes << 17) for megabytes in (9, 3, 6, 12, 2)]
        pins.append(np.ones(4000))
        while kept:
            kept.pop(0)

if "little" in sys.argv:
    configure_allocator()
before, pins = held(), []
threads = [threading.Thread(target=use) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
if "back" in sys.argv:
    release_free_memory()
print(held() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc alone has such a setting")
def test_memory_that_threads_freed_is_returned():
    """By itself glibc keeps some 150 MB of it, or 40 when asked to release it."""

    def kept(*words: str) -> float:
        command = [sys.executable, "-c", USE_AND_FREE, *words]
        return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    assert kept("little") < 24
    assert kept("little", "back") < 12
