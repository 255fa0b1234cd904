"""Languages that are written from the right say so."""

import pytest

from psoas_audio.locale.tags import text_direction


@pytest.mark.parametrize("language", ["ar", "he-IL", "fa", "ur_PK", "az-Arab", "yi", "ckb-IQ"])
def test_right_to_left(language: str) -> None:
    assert text_direction(language) == "rtl"


@pytest.mark.parametrize("language", ["en", "de-AT", "ar-Latn", "ru", "", "az", "uz-Cyrl-UZ"])
def test_left_to_right(language: str) -> None:
    assert text_direction(language) == "ltr"
