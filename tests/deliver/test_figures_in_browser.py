"""A movement in a real browser: its poses in turn, and both at once for those who want it still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import Browser, browser, is_installed
from psoas_audio.deliver.figures.lookup import figure_svg
from psoas_audio.deliver.figures.svg import FIGURE_CSS

pytestmark = [
    pytest.mark.tools,
    pytest.mark.skipif(not is_installed(), reason="Chromium and its driver aren't installed"),
]

SEEN = """
    document.getAnimations().forEach((a) => { a.pause(); a.currentTime = arguments[0]; });
    const opacity = (name) => +getComputedStyle(document.querySelector(`.pose-${name}`)).opacity;
    return [opacity("start"), opacity("between"), opacity("end")];
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


def show(chromium: Browser, folder: Path, css: str, **media: str) -> None:
    page = folder / "figure.html"
    page.write_text(
        f"<!DOCTYPE html><style>svg{{color:#1d6470;--halo:#fff;{css}}}{FIGURE_CSS}</style>"
        f'<svg viewBox="0 0 200 120">{figure_svg("bridge")}</svg>',
        encoding="utf-8",
    )
    features = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
    chromium.devtools("Emulation.setEmulatedMedia", features=features)
    chromium.open(page.as_uri())


def test_a_movement_shows_one_pose_at_a_time(chromium: Browser, tmp_path: Path) -> None:
    show(chromium, tmp_path, "--figure-time:6s", prefers_reduced_motion="no-preference")
    assert chromium.run(SEEN, 500) == [1, 0, 0]
    assert chromium.run(SEEN, 2600) == [0, 1, 0]
    assert chromium.run(SEEN, 4000) == [0, 0, 1]


@pytest.mark.parametrize(("css", "motion"), [("", "no-preference"), ("--figure-time:6s", "reduce")])
def test_without_motion_the_start_is_a_ghost(
    chromium: Browser, tmp_path: Path, css: str, motion: str
) -> None:
    show(chromium, tmp_path, css, prefers_reduced_motion=motion)
    assert chromium.run(SEEN, 2600) == [0.45, 0, 1]


def test_forced_colours_are_the_users_own(chromium: Browser, tmp_path: Path) -> None:
    show(chromium, tmp_path, "", forced_colors="active")
    ink, own = chromium.run("""
        document.body.style.color = "CanvasText";
        return [getComputedStyle(document.querySelector(".e-arrow")).stroke,
                getComputedStyle(document.body).color];
    """)
    assert ink == own


@pytest.mark.parametrize(("scheme", "ground"), [("light", "#ffffff"), ("dark", "#000000")])
def test_skin_is_lighter_than_hair_on_any_ground(
    chromium: Browser, tmp_path: Path, scheme: str, ground: str
) -> None:
    show(chromium, tmp_path, f"--halo:{ground};color:#8899aa", prefers_color_scheme=scheme)
    skin, hair = chromium.run(r"""
        const brightness = (name) => getComputedStyle(document.querySelector(name)).fill
            .match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
        return [brightness(".f-skin"), brightness(".f-ink")];
    """)
    assert hair < 0.75 * skin
