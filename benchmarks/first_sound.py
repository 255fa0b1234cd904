"""How soon a hosted session is heard on a slow network, and how large a site is beside its sounds.

    python benchmarks/first_sound.py FOLDER [--page NAME.html] [--kbps 1600] [--ms 150] [--runs 5]

FOLDER is a published site. Each run opens the page in a new Chromium profile on a network of that
speed and delay (which Chromium emulates, on top of a server on this machine), presses Play as soon as
the button is there, and waits until ``currentTime`` moves. It prints the milliseconds from the start
of the navigation; docs/outputs.md has the results.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "publishing")]

from arguments import parser_of  # noqa: E402
from site_host import hosted  # noqa: E402

from browser import browser  # noqa: E402

_PRESS = """
(() => {
  const told = window.told = {};
  const look = () => {
    const play = document.getElementById("play"), audio = document.getElementById("audio");
    if (play && audio && !told.ready && !document.body.classList.contains("without-script")) {
      told.ready = performance.now();
      play.click();
    }
    if (audio && audio.currentTime > 0 && !told.heard) told.heard = performance.now();
    if (!told.heard) setTimeout(look, 4);
  };
  look();
})();
"""


def first_sound(folder: Path, page: str, kbps: int, ms: int) -> tuple[float, float]:
    """Milliseconds until Play can be pressed, and until sound is heard."""
    with hosted(folder) as host, browser() as chrome:
        chrome.open("about:blank")
        chrome.devtools("Network.enable")
        chrome.devtools("Page.addScriptToEvaluateOnNewDocument", source=_PRESS)
        chrome.devtools(
            "Network.emulateNetworkConditions",
            offline=False, latency=ms, downloadThroughput=kbps * 125, uploadThroughput=kbps * 125,
        )  # fmt: skip
        chrome.open(host.address + page)
        chrome.wait("window.told && window.told.heard")
        told = chrome.run("return window.told;")
    return told["ready"], told["heard"]


def sizes(folder: Path) -> tuple[int, int]:
    """Bytes of the sounds of a site, and of all of it without scripts."""
    files = [path for path in folder.iterdir() if path.suffix not in (".yaml", ".yml")]
    sounds = sum(path.stat().st_size for path in files if path.suffix == ".mp3")
    return sounds, sum(path.stat().st_size for path in files if path.is_file())


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--page", default="")
    parser.add_argument("--kbps", type=int, default=1600)
    parser.add_argument("--ms", type=int, default=150)
    parser.add_argument("--runs", type=int, default=5)
    wanted = parser.parse_args()
    largest = max(wanted.folder.glob("*.mp3"), key=lambda path: path.stat().st_size)
    page = wanted.page or largest.with_suffix(".html").name
    sounds, whole = sizes(wanted.folder)
    print(f"site: {whole:,} bytes, {whole / sounds:.3f} times its sounds ({sounds:,} bytes)")
    runs = [first_sound(wanted.folder, page, wanted.kbps, wanted.ms) for _ in range(wanted.runs)]
    for name, values in zip(
        ("Play can be pressed", "sound is heard"), zip(*runs, strict=True), strict=True
    ):
        low, high = min(values), max(values)
        print(f"{page}: {name} after {statistics.median(values):.0f} ms ({low:.0f} to {high:.0f})")


if __name__ == "__main__":
    main()
