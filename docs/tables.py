"""Write the docs' tables, and scripts/schema.json, from the tables that the code itself reads.

Run it after a change to the script language, the languages, the outputs or the formats:
``python docs/tables.py``. Tests fail while a page is out of date.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from psoas_audio.drafting.planned_session import plan_session
from psoas_audio.locale.languages import language_tags, load_language
from psoas_audio.pace import sentence_pause
from psoas_audio.planning import Choices
from psoas_audio.planning.moves import move_length
from psoas_audio.planning.pauses import (
    BELL_PAUSE,
    CHAPTER_PAUSE,
    HOLD_PAUSE,
    LEAD_IN,
    LEAD_OUT,
    READY_PAUSE,
    SAY_PAUSE,
)
from psoas_audio.rendering.outputs import OUTPUTS
from psoas_audio.rendering.session_formats import SESSION_FORMATS
from psoas_audio.script.fields.keys import Field, Table
from psoas_audio.script.fields.reading import ValueType
from psoas_audio.script.header import SCRIPT_TABLE
from psoas_audio.script.load import parse_script
from psoas_audio.script.model import SAFETY_POINTS
from psoas_audio.script.patterns import NAMED_PATTERNS
from psoas_audio.script.rules.table import RULES
from psoas_audio.script.safety_words import REQUIRED_POINTS, SAFETY_PARTS
from psoas_audio.script.schema import TABLES, json_schema
from psoas_audio.units import SAMPLE_RATE

TOP = Path(__file__).resolve().parent.parent
REFERENCE = TOP / "docs" / "script-language.md"
PAGES = (REFERENCE, TOP / "docs" / "outputs.md", TOP / "docs" / "languages.md", TOP / "README.md")
"""Pages with tables between ``<!-- table NAME -->`` and ``<!-- end -->``."""
SCHEMA = TOP / "scripts" / "schema.json"

_MARKED = re.compile(r"(<!-- table (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)


def reference(text: str) -> str:
    """A page with its tables written anew."""
    return _MARKED.sub(lambda match: f"{match[1]}{table(match[2])}{match[3]}", text)


def schema() -> str:
    """The text of scripts/schema.json."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


def table(name: str) -> str:
    """The table *name* in Markdown."""
    made = {
        "patterns": _patterns,
        "rules": _rules,
        "points": _points,
        "outputs": _outputs,
        "output-files": _output_files,
        "formats": _formats,
        "languages": _languages,
        "times": _times,
        "safety-lengths": _safety_lengths,
    }
    if name in made:
        return made[name]()
    return _keys(next(each for each in (SCRIPT_TABLE, *TABLES) if each.name == name))


def _rows(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _keys(shown: Table) -> str:
    rows = [
        [f"`{each.key}`{' *' if each.required else ''}", each.doc, _values(each), _default(each)]
        for each in shown.fields
    ]
    return _rows(["key", "what it is", "example or choices", "if left out"], rows)


def _values(field: Field) -> str:
    options = _options(field.value_type)
    if options and len(options) > 1:
        return ", ".join(f"`{option}`" for option in options)
    return "" if field.example is None else f"`{_yaml(field.example)}`"


def _options(form: ValueType) -> list[str]:
    return [str(option) for option in form.schema.get("enum", ())]


def _default(field: Field) -> str:
    if field.required:
        return "required"
    if isinstance(field.default, str) and field.default:
        return f"`{field.default}`"
    if isinstance(field.default, float):
        return f"`{field.default:g}`"
    if field.key == "output":
        return "`mono`"
    return f"`{field.default.name}`" if hasattr(field.default, "phases") else ""


def _yaml(value: Any) -> str:
    """*value* in YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_yaml(each) for each in value) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _patterns() -> str:
    rows = []
    for name, pattern in NAMED_PATTERNS.items():
        seconds = {phase.kind: phase.length / SAMPLE_RATE for phase in pattern.phases}
        cells = [f"{seconds[kind]:g}" if kind in seconds else "" for kind in _PHASES]
        rows.append([f"`{name}`", *cells, f"{60 * SAMPLE_RATE / pattern.length:.1f}"])
    return _rows(["name", *_PHASES.values(), "breaths a minute"], rows)


_PHASES = {"in": "in", "sip": "second sip", "full": "hold", "out": "out", "empty": "hold after"}


def _rules() -> str:
    rows = [
        [f"`{rule.name}`", rule.severity, rule.message.replace("{{{", "{").replace("}}}", "}"),
         rule.source]
        for rule in RULES
    ]  # fmt: skip
    return _rows(["rule", "", "what it says", "where it comes from"], rows)


def _points() -> str:
    rows = []
    for point in SAFETY_POINTS:
        part = next(part for part, points in SAFETY_PARTS.items() if point in points)
        kinds = [kind for kind, points in REQUIRED_POINTS.items() if point in points]
        rows.append([f"`{point}`", f"`{part}`", "all" if len(kinds) == 6 else ", ".join(kinds)])
    return _rows(["safety point", "part", "kinds that must say it"], rows)


def _times() -> str:
    rows = [
        ["before the first word (lead-in)", LEAD_IN],
        ["after the last word (lead-out)", LEAD_OUT],
        [
            "between the sentences of one `say` at a rate of 115, after one of eight words; longer"
            " after longer ones and for slower voices",
            sentence_pause(115),
        ],
        ["after a `say` or a `breathe`", SAY_PAUSE],
        ["after a `hold` or `rest` without `end:`", HOLD_PAUSE],
        ["at a `bell`, and at the sound of an `end:`", BELL_PAUSE],
        ["at a change of chapter", CHAPTER_PAUSE],
        ["after the words of `ready:`", READY_PAUSE],
        ["at a `move` without `time:`, sitting to standing", move_length("sitting", "standing")],
        ["at a `move` without `time:`, standing to lying", move_length("standing", "supine")],
    ]
    return _rows(["where", "seconds"], [[place, f"{n / SAMPLE_RATE:g}"] for place, n in rows])


def _safety_lengths() -> str:
    rows = []
    for kind in REQUIRED_POINTS:
        steps = [{"rest": "1m", "end": "bowl"}]
        script = parse_script({"title": "T", "kind": kind, "steps": steps}, name="t")
        chapters = plan_session(script, Choices()).timeline.markers
        after = chapters[-1].length - LEAD_OUT if len(chapters) == 3 else 0
        rows.append([kind, _about(chapters[0].length - LEAD_IN), _about(after)])
    return _rows(["kind", "before, about", "after, about"], rows)


def _about(samples: int) -> str:
    """*samples* to the nearest five seconds."""
    return f"{5 * round(samples / SAMPLE_RATE / 5)} s" if samples else "–"


def _outputs() -> str:
    rows = [
        [f"`{row.name}`", f"`NAME{row.suffix}`", row.description, "yes" if row.on_site else ""]
        for row in OUTPUTS.values()
    ]
    return _rows(["`--with`", "file", "what it is", "on a published site"], rows)


def _output_files() -> str:
    rows = [[f"`NAME{row.suffix}`", row.description] for row in OUTPUTS.values()]
    return _rows(["file", "what it is"], rows)


def _formats() -> str:
    rows = [
        [f"`{row.name}`", row.sound, row.texts, "ffmpeg" if row.needs_ffmpeg else "–"]
        for row in SESSION_FORMATS.values()
    ]
    return _rows(["format", "sound", "chapters and texts", "needs"], rows)


def _languages() -> str:
    rows = []
    for tag in language_tags():
        language = load_language(tag)
        counts = [language.units, language.abbreviations, language.lexicon]
        rows.append([f"`{tag}`", language.name, *(str(len(each)) for each in counts)])
    return _rows(["tag", "language", "units", "abbreviations", "words with a pronunciation"], rows)


def main() -> None:
    """Rewrite every page, and the schema."""
    for page in PAGES:
        page.write_text(reference(page.read_text("utf-8")), "utf-8")
    SCHEMA.write_text(schema(), "utf-8")


if __name__ == "__main__":
    main()
