"""Files from anywhere: encodings, Word documents, the command, and what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from psoas_audio.cli.main import cli
from psoas_audio.errors import PsoasError
from psoas_audio.importing.convert import import_sources

PAGE = "Über Füße\n\nSpür die Füße – beide. (Pause 5 Sekunden)\n\nGut so.\n"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def imported(data: bytes, name: str = "page.txt") -> dict[str, object]:
    document = yaml.load(import_sources([(name, data)], "page").text, Loader=yaml.BaseLoader)
    assert isinstance(document, dict)
    return document


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    assert imported(PAGE.encode(encoding)) == {
        "title": "Über Füße",
        "language": "de",
        "steps": [{"say": "Spür die Füße – beide."}, {"pause": "5s"}, {"say": "Gut so."}],
    }


def test_line_ends_of_windows_are_line_ends() -> None:
    assert imported(PAGE.replace("\n", "\r\n").encode()) == imported(PAGE.encode())


def docx(body: str, **files: str) -> bytes:
    data = io.BytesIO()
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"word/document.xml": document, **files}.items():
            archive.writestr(name, text)
    return data.getvalue()


def paragraph(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def run(text: str, marks: str = "") -> str:
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_a_word_document_is_read_with_its_styles() -> None:
    body = (
        paragraph(run("Evening"), style="Title")
        + paragraph(run("Rest"), style="Heading1")
        + paragraph(run("Lie down. "), run("pause 4 sec", '<w:highlight w:val="yellow"/>'))
        + paragraph(run("You may "), run("stay", "<w:i/>"), run(" here."), run("x", "<w:vanish/>"))
        + "<w:del><w:p><w:r><w:t>gone</w:t></w:r></w:p></w:del>"
        + paragraph(run("[Gong]", '<w:i w:val="1"/>'))
    )
    assert imported(docx(body), "evening.docx") == {
        "title": "Evening",
        "chapters": [
            {
                "title": "Rest",
                "steps": [
                    {"say": "Lie down."},
                    {"pause": "4s"},
                    {"say": "You may *stay* here."},
                    {"bell": "bowl"},
                ],
            }
        ],
    }


def test_a_document_that_unpacks_to_too_much_is_refused() -> None:
    bomb = docx(paragraph(run("a" * 25_000_000)))
    assert len(bomb) < 100_000
    with pytest.raises(PsoasError, match="larger than"):
        imported(bomb, "bomb.docx")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("entities.ssml", b'<!DOCTYPE x [<!ENTITY a "b">]><speak>&a;</speak>'),
        ("deep.ssml", b"<speak>" + b"<p>" * 300 + b"</p>" * 300 + b"</speak>"),
        ("broken.ssml", b"<speak><p>Hello.</speak>"),
        ("broken.docx", b"PK\x03\x04 and nothing else"),
        ("page.pdf", b"%PDF-1.7"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("page.rtf", b"{\\rtf1 Hello}"),
        ("image.txt", b"\x00\x01\x02\x00\xff"),
        ("empty.txt", b" \n\n"),
        ("aliases.yaml", b"exercises: &a [*a]\n"),
        ("script.yaml", b"title: T\nsteps:\n  - Hello.\n"),
    ],
)
def test_what_cannot_be_imported_is_refused_with_a_reason(name: str, data: bytes) -> None:
    with pytest.raises(PsoasError) as refused:
        imported(data, name)
    assert name in str(refused.value)


def test_a_document_type_inside_a_word_document_is_refused() -> None:
    data = docx("")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inner = archive.read("word/document.xml").decode()
    bad = docx("", **{"word/document.xml": f'<!DOCTYPE x [<!ENTITY a "b">]>{inner}'})
    with pytest.raises(PsoasError, match="DOCTYPE"):
        imported(bad, "bad.docx")


def test_the_command_writes_a_script_and_lists_its_guesses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text("Rest\n\nLie down. (pause)\n\n{ask Tom}\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["import", "page.txt", "-o", "out.yaml"])
    assert result.exit_code == 0
    assert "page.txt:3: guessed, “pause” has no length: pause: 6s" in result.stderr
    assert "page.txt:5: not understood, kept as a comment: {ask Tom}" in result.stderr
    text = Path("out.yaml").read_text(encoding="utf-8")
    assert (
        "  - pause: 6s  # guessed: “pause” has no length\n  # not understood: {ask Tom}\n" in text
    )


def test_json_has_a_place_a_guess_and_a_text(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Rest\n\nLie down. (pause)\n", encoding="utf-8")
    out = tmp_path / "out.yaml"
    result = CliRunner().invoke(cli, ["import", str(page), "-o", str(out), "--json"])
    remarks = json.loads(result.stdout)
    assert [set(remark) for remark in remarks] == [{"place", "guess", "text"}]


def test_standard_input_and_output() -> None:
    result = CliRunner().invoke(cli, ["import", "-", "-o", "-"], input="Rest\n\nLie down.\n")
    assert result.stdout == "title: Rest\nsteps:\n  - say: Lie down.\n"


def test_an_existing_script_is_kept_unless_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text("Rest\n\nLie down.\n", encoding="utf-8")
    Path("page.yaml").write_text("mine", encoding="utf-8")
    assert CliRunner().invoke(cli, ["import", "page.txt"]).exit_code != 0
    assert Path("page.yaml").read_text(encoding="utf-8") == "mine"
    assert CliRunner().invoke(cli, ["import", "page.txt", "--force"]).exit_code == 0


def test_of_several_files_each_after_the_first_is_a_chapter(tmp_path: Path) -> None:
    sources = [("one.txt", b"Day\n\nSit down.\n"), ("two.txt", b"Night\n\nLie down.\n")]
    document = yaml.load(import_sources(sources, "both").text, Loader=yaml.BaseLoader)
    assert [chapter["title"] for chapter in document["chapters"]] == ["Day", "Night"]


def test_marks_of_the_script_language_in_a_page_are_words() -> None:
    page = b'Signs\n\nSay } or {: it\'s 100% *yours* \\ "ok" #1.\n\n- [x] - done: yes\n'
    result = import_sources([("signs.txt", page)], "signs")
    assert [str(problem) for problem in result.problems if problem.severity == "error"] == []
    assert "}} or {{" in result.text
