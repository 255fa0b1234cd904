"""Versions are what importlib.metadata says."""

from __future__ import annotations

import importlib.metadata

import pytest

from psoas_audio.installed import version


@pytest.mark.parametrize("name", ["numpy", "espeakng-loader", "pedalboard", "PyYAML", "pytest"])
def test_it_is_what_is_installed(name: str) -> None:
    assert version(name) == importlib.metadata.version(name)


def test_what_is_missing_has_none() -> None:
    assert version("psoas-audio-is-not-called-so") is None
