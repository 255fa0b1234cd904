"""Have axe-core judge pages in a real browser: python axe.py AXE.js PAGE...

A page that plays is judged in every state, theme and size, with its dialogs, in forced colours and
at 400 %; other pages light, dark and in forced colours, on phones and on a desk.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from browser import Browser, browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = ((390, 844), (1280, 900), (320, 568))
PLAYER_SIZES = (*SIZES, (844, 390), (320, 256))
SCHEMES = (
    {"prefers-color-scheme": "light"},
    {"prefers-color-scheme": "dark"},
    {"forced-colors": "active"},
)
PLAYER_SCHEMES = (*SCHEMES, {"theme": "night"}, {"theme": "dim"})
PLAYS = """document.getElementById("session") && document.getElementById("position")
  && JSON.parse(document.getElementById("session").textContent).face"""
"""Whether the page has one session; that of a programme shows its days first."""
GO = """const audio = document.getElementById("audio"), [ms] = arguments;
if (!audio.readyState) { audio.preload = "auto"; audio.load(); } // nothing is loaded unasked
for (let i = 0; i < 200 && audio.readyState < 2; i++) await new Promise((go) => setTimeout(go, 25));
await new Promise((go) => { audio.onseeked = go; audio.currentTime = ms / 1000; });"""
PLAY = "await document.getElementById('audio').play();"
PAUSE = "document.getElementById('audio').pause();"
HURTS = f"""{GO}
const button = document.getElementById("hurts");
if (!button || button.ariaDisabled === "true") return false;
button.click();
return true;"""
THEMES = {
    "night": "document.documentElement.dataset.theme = 'night';",
    "dim": "document.documentElement.dataset.dim = 'true';",
}


def states(chrome: Browser) -> Iterator[str]:
    """Bring a page that plays into one state after the other; yields their names."""
    face = chrome.run("return JSON.parse(document.getElementById('session').textContent).face;")
    yield "ready"
    moments = {moment[2]: moment for moment in face["moments"]}
    times = {kind: (start + end) / 2 for kind, (start, end, *_) in moments.items()}
    for name, at in {"listen": face["lines"][0][0] + 100, **times}.items():
        chrome.run(GO, at)
        chrome.run(PAUSE)
        yield f"{name}, paused"
        chrome.run(PLAY)
        yield name
        chrome.run(PAUSE)
    if chrome.run(HURTS, times.get("hold", 0)):
        yield "this hurts"
        chrome.run(PAUSE)
    for name in ("settings", "keys"):
        chrome.run(f"document.getElementById('{name}').showModal();")
        yield name
        chrome.run(f"document.getElementById('{name}').close();")
    chrome.run("document.querySelectorAll('details').forEach((one) => { one.open = true; });")
    yield "transcript"
    chrome.run(GO, face["length"])
    yield "end"


def judge(chrome: Browser) -> list[str]:
    found = chrome.run(
        """const told = await axe.run(document,
          { runOnly: { type: "tag", values: arguments[0] } });
        return told.violations.flatMap((v) => v.nodes.map((n) =>
          `${v.id}: ${v.help}: ${n.html.slice(0, 160)}`));""",
        RULES,
    )
    return [found] if isinstance(found, str) else found


def main(axe: Path, pages: list[Path]) -> int:
    runs = faults = 0
    script = axe.read_text(encoding="utf-8")
    with browser() as chrome:
        for page in pages:
            chrome.open(page.resolve().as_uri())
            plays = bool(chrome.run(f"return Boolean({PLAYS});"))
            for width, height in PLAYER_SIZES if plays else SIZES:
                for scheme in PLAYER_SCHEMES if plays else SCHEMES:
                    chrome.devtools(
                        "Emulation.setDeviceMetricsOverride",
                        width=width, height=height, deviceScaleFactor=1, mobile=False,
                    )  # fmt: skip
                    theme = scheme.get("theme", "")
                    features = [] if theme else [{"name": n, "value": v} for n, v in scheme.items()]
                    chrome.devtools("Emulation.setEmulatedMedia", features=features)
                    chrome.open(page.resolve().as_uri())
                    chrome.devtools("Runtime.evaluate", expression=script)
                    for state in states(chrome) if plays else ("as it opens",):
                        chrome.run(THEMES.get(theme, ""))
                        found, runs = judge(chrome), runs + 1
                        for fault in found:
                            where = f"{page.name} {width}×{height} {' '.join(scheme.values())}"
                            sys.stdout.write(f"{where}, {state}: {fault}\n")
                        faults += len(found)
    sys.stdout.write(f"{runs} runs, {faults} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
