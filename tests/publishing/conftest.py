"""A small site that is published once for all tests of its pages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from psoas_audio.cli.main import cli

sys.path.append(str(Path(__file__).parents[1] / "deliver"))  # for its example of a session
SCRIPT = """title: {title}
safety: none
chapters:
  - title: Arrive
    steps:
      - say: Let the knee soften.
        covers: [way-out]
      - hold: 12s
  - title: Leave
    steps:
      - say: Thank you.
"""
PROGRAMME = """title: Two days
weeks:
  - days:
      - {day: 1, session: one}
      - {day: 1, session: two}
      - {day: 3, session: one, guidance: reminder}
"""


@pytest.fixture(scope="package")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with two sessions and a programme."""
    folder = tmp_path_factory.mktemp("small-site")
    for name, title in (("one", "One"), ("two", "Two")):
        (folder / f"{name}.yaml").write_text(SCRIPT.format(title=title), encoding="utf-8")
    (folder / "days.yaml").write_text(PROGRAMME, encoding="utf-8")
    arguments = ["publish", str(folder), "--base-url", "https://example.org/", "-q"]
    CliRunner().invoke(cli, arguments, catch_exceptions=False)
    return folder
