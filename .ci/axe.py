"""Pages in a real browser, judged by axe-core: python axe.py AXE.js PAGE..."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from browser import browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = ((390, 844), (1280, 900))


def main(axe: Path, pages: list[Path]) -> int:
    faults = 0
    script = axe.read_text(encoding="utf-8")
    with browser() as chrome:
        for page in pages:
            for width, height in SIZES:
                for scheme in ("light", "dark"):
                    chrome.devtools(
                        "Emulation.setDeviceMetricsOverride",
                        width=width, height=height, deviceScaleFactor=1, mobile=False,
                    )  # fmt: skip
                    features = [{"name": "prefers-color-scheme", "value": scheme}]
                    chrome.devtools("Emulation.setEmulatedMedia", features=features)
                    chrome.open(page.resolve().as_uri())
                    chrome.devtools("Runtime.evaluate", expression=script)
                    found = chrome.run(
                        """const told = await axe.run(document,
                          { runOnly: { type: "tag", values: arguments[0] } });
                        return told.violations.flatMap((v) => v.nodes.map((n) =>
                          `${v.id}: ${v.help}: ${n.html.slice(0, 160)}`));""",
                        RULES,
                    )
                    found = [found] if isinstance(found, str) else found
                    for fault in found:
                        sys.stdout.write(f"{page.name} {width} {scheme}: {fault}\n")
                    faults += len(found)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
