"""Word documents that we write are read by python-docx, and those that it writes are read by us."""

from __future__ import annotations

import io

import pytest
import yaml

from psoas_audio import parse_script, plan
from psoas_audio.exporting.formats import export_session
from psoas_audio.importing.convert import import_sources
from psoas_audio.script.load import load_script

docx = pytest.importorskip("docx", reason="needs python-docx, which comes with the test extra")


def test_python_docx_reads_title_headings_and_directions() -> None:
    script = load_script("diaphragmatic-breathing")
    content = export_session(script, plan(script).fitted.plan, "docx")
    document = docx.Document(io.BytesIO(content))
    paragraphs = document.paragraphs
    assert paragraphs[0].style.name == "Title"
    assert document.core_properties.title == paragraphs[0].text
    assert "Heading 1" in {paragraph.style.name for paragraph in paragraphs}
    directions = [p for p in paragraphs if p.text.startswith("[")]
    assert directions
    for paragraph in paragraphs[1:]:
        if paragraph.style.name == "Normal":
            assert all(
                run.italic is (True if paragraph in directions else None) for run in paragraph.runs
            )


def test_a_document_by_python_docx_is_imported() -> None:
    document = docx.Document()
    document.add_heading("Evening rest", 0)
    document.add_heading("Arrive", 1)
    paragraph = document.add_paragraph("Lie down on your back. ")
    paragraph.add_run("(pause 30 seconds)").italic = True
    paragraph.add_run(" Let your legs be heavy.")
    document.add_heading("Stretch", 1)
    for side in ("Right", "Left"):
        document.add_paragraph(f"{side} knee to chest, hold 30 s", style="List Number")
    table = document.add_table(rows=2, cols=3)
    for row, cells in enumerate((("Exercise", "Sets", "Hold"), ("Bridge", "3", "10 s"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.sections[0].header.paragraphs[0].text = "My studio"
    saved = io.BytesIO()
    document.save(saved)
    imported = import_sources([("evening.docx", saved.getvalue())], "evening")
    script = yaml.safe_load(imported.text)
    assert script["title"] == "Evening rest"
    assert [chapter["title"] for chapter in script["chapters"]] == ["Arrive", "Stretch"]
    arrive, stretch = (chapter["steps"] for chapter in script["chapters"])
    assert {"pause": "30s"} in arrive
    assert stretch.count({"hold": "30s"}) == 2
    assert "My studio" not in imported.text
    assert "pause 30" not in " ".join(step.get("say", "") for step in arrive)
    parse_script(imported.text)
