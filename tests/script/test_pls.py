"""Lexicons in W3C PLS files beside a script."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from psoas_audio.script.load import read_source
from psoas_audio.script.pls import read_pls
from psoas_audio.script.times import InvalidValueError

PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"
    alphabet="ipa" xml:lang="en-US">
  <lexeme><grapheme>Feldenkrais</grapheme><alias>felden  krice</alias><alias>other</alias></lexeme>
  <lexeme><grapheme>ASIS</grapheme><grapheme>A&#46;S.</grapheme>
    <alias>hip &amp; bone</alias></lexeme>
  <!-- a comment -->
  <lexeme><grapheme>tahini</grapheme><alias>ta heeny</alias><phoneme>təˈhiːni</phoneme></lexeme>
  <lexeme><grapheme>halva</grapheme><phoneme alphabet="x-sampa">h{lv@</phoneme></lexeme>
</lexicon>
"""
SCRIPT = "title: T\nlanguage: en-US\nsafety: none\nlexicon: {}\nsteps:\n  - say: Rest.\n"


def lexicon_of(folder: Path, name: str):
    script, problems = read_source(SCRIPT.format(name), folder=folder)
    return script, [(p.rule, p.severity, p.mark.line) for p in problems]


def test_a_file_beside_the_script_is_its_lexicon(tmp_path):
    (tmp_path / "words.pls").write_text(PLS, encoding="utf-8")
    script, problems = lexicon_of(tmp_path, "words.pls")
    assert script is not None
    said = {"Feldenkrais": "felden krice", "ASIS": "hip & bone", "A.S.": "hip & bone"}
    assert script.lexicon == said | {"tahini": "/təˈhiːni/"}
    assert problems == [("lexicon-phonemes", "warning", 4)]


@pytest.mark.parametrize(
    "name", ["none.pls", "../words.pls", "/etc/hostname", "a/../../words.pls", "folder"]
)
def test_only_files_inside_the_scripts_folder_are_read(tmp_path, name):
    (tmp_path / "words.pls").write_text(PLS, encoding="utf-8")
    folder = tmp_path / "scripts"
    (folder / "folder").mkdir(parents=True)
    assert lexicon_of(folder, name) == (None, [("unknown-file", "error", 4)])


def test_a_link_that_leads_outside_is_not_followed(tmp_path):
    (tmp_path / "words.pls").write_text(PLS, encoding="utf-8")
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "words.pls").symlink_to(tmp_path / "words.pls")
    assert lexicon_of(tmp_path / "scripts", "words.pls")[1] == [("unknown-file", "error", 4)]


ENTITY = '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><lexicon>&b;</lexicon>'
OUTSIDE = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]><lexicon>&a;</lexicon>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (ENTITY, "DOCTYPE"),
        (OUTSIDE, "DOCTYPE"),
        ("<!DOCTYPE lexicon SYSTEM 'x.dtd'><lexicon/>", "DOCTYPE"),
        ("<lexicon>&b;</lexicon>", "isn't valid XML"),
        ("<lexicon><lexeme>", "isn't valid XML"),
        ("", "isn't valid XML"),
        ("title: not xml", "isn't valid XML"),
        ("<html/>", "first element"),
        ("<x:lexicon xmlns:x='urn:other'/>", "first element"),
        ("<lexicon>" + "<a>" * 100_000, "nested deeper"),
        ("<?xml version='1.0' encoding='none'?><lexicon/>", "can't be read|no XML"),
    ],
)
def test_hostile_and_broken_files_are_refused(tmp_path, data, told):
    (tmp_path / "words.pls").write_text(data, encoding="utf-8")
    begun = time.process_time()
    with pytest.raises(InvalidValueError, match=told):
        read_pls(data.encode(), 100)
    assert time.process_time() - begun < 1
    assert lexicon_of(tmp_path, "words.pls") == (None, [("bad-lexicon", "error", 4)])


def test_another_encoding_is_read(tmp_path):
    data = "<?xml version='1.0' encoding='iso-8859-1'?><lexicon><lexeme><grapheme>Ü</grapheme>"
    data += "<alias>ue</alias></lexeme></lexicon>"
    assert read_pls(data.encode("latin-1"), 100).words == {"Ü": "ue"}
