"""Shipped bells' lengths, with and without a library."""

from __future__ import annotations

from psoas_audio import library
from psoas_audio.sound.flac_length import flac_length
from psoas_audio.sound.read_sound import sound_length


def test_the_header_has_the_length_of_the_decoded_sound():
    bells = [path for path in library.sound_names().values() if path.suffix == ".flac"]
    assert bells
    for path in bells:
        assert flac_length(path) == sound_length(path)


def test_a_file_of_another_format_is_not_flac(tmp_path):
    path = tmp_path / "sound.flac"
    path.write_bytes(b"RIFF" + bytes(40))
    assert flac_length(path) is None
    path.write_bytes(b"fLaC")
    assert flac_length(path) is None
    assert flac_length(tmp_path / "missing.flac") is None
