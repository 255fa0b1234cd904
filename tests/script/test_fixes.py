"""Stage directions in spoken texts: what ``check`` says of them, and what ``--fix`` rewrites."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from script_texts import problems_of, with_steps

from psoas_audio import library
from psoas_audio.drafting.fix_files import fix_file
from psoas_audio.script.fixes import fix_round, fix_source
from psoas_audio.script.source.events import parse_yaml

DIRECTIONS = {
    "(pause 30 seconds)": "[pause 30s]",
    "(Pause.)": "[pause]",
    "(long pause)": "[long pause]",
    '<break time="3s"/>': "[pause 3s]",
    "[30 seconds]": "[pause 30s]",
    "(Pause, 20 Sekunden)": "[pause 20s]",
    "(10 segundos de silencio)": "[pause 10s]",
    "(pause de 10 secondes)": "[pause 10s]",
}
"""A direction, and what a text has in its place."""

ADVISED = {
    "NARRATOR: Lie down.": "Take the name out",
    "Lie down. - 3 - And rest.": "page number",
    "INDUCTION (2-3 minutes)": "- title: Induction",
    "Lie down. (Gong)": "- bell: small-bell",
    "Lie down. (hold for 30 seconds)": "- hold: 30s",
    "Lie down. (pause 30-60 s)": "- pause: 30-60s",
    "<speak>Lie down.</speak>": "tag",
}


def fixed(text: str) -> str:
    return fix_source(text.encode())[0].decode()


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_direction_in_a_text_is_reported_with_what_to_write(direction: str) -> None:
    found = problems_of(with_steps(f"- say: 'Lie down. {direction} And rest.'"))
    (problem,) = (p for p in found if p.rule in ("direction", "bad-text"))
    assert DIRECTIONS[direction] in problem.hint


@pytest.mark.parametrize("text", ADVISED)
def test_a_direction_with_several_meanings_is_reported_too(text: str) -> None:
    found = problems_of(with_steps(f"- say: '{text}'"))
    assert {problem.rule for problem in found} == {"direction"}
    assert ADVISED[text] in found[0].hint


def test_speech_that_looks_like_a_direction_is_left_alone() -> None:
    for text in (
        "Pause here and notice.", "Wait for nothing (not even for me).", "Hold on to this.",
        "There is a long pause after each breath.", "Rest [pause 30s] and rest. [long pause]",
        "In 10 minutes the bell rings.", "Ask yourself, what do I need?",
    ):  # fmt: skip
        assert problems_of(with_steps(f"- say: {text}")) == ()


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_direction_with_one_meaning_is_rewritten(direction: str) -> None:
    quote = "'" if direction.startswith("[") else ""
    before = with_steps(f"- say: {quote}Lie down. {direction} And rest.{quote}  # a note")
    after = before.replace(direction, DIRECTIONS[direction])
    assert fixed(before) == after
    assert fixed(after) == after
    assert problems_of(after) == ()


def test_only_what_is_named_changes() -> None:
    text = (
        "\ufeff# A note at the top\r\ntitle:   Odd   spaces   # kept\r\nsteps:\r\n"
        "  - wait: 5s   # a synonym\r\n"
        '  - say: "Down. (pause 30 seconds) Up \\u2014 <break time=\\"3s\\"/> now."\r\n'
        "  - {say: Down (Pause.) up, rate: 100}\r\n"
        "  - (pause 1 min)\r\n"
        "  - say: (long pause)\r\n"
        "  - 'NARRATOR: Don''t move. (pause 5 s)'\r\n"
        "  - say: >\r\n      Folded (pause\r\n      20 sec) text.\r\n"
        "  - hold: 30s\r\n    during:\r\n      - {at: 5s, say: 'Still. (pause 2 s) Here.'}\r\n"
        "# the end, without a line break"
    )
    after = (
        text.replace("wait:", "pause:")
        .replace("(pause 30 seconds)", "[pause 30s]")
        .replace('<break time=\\"3s\\"/>', "[pause 3s]")
        .replace("Down (Pause.) up", '"Down [pause] up"')
        .replace("- (pause 1 min)", "- pause: 1m")
        .replace("say: (long pause)", "pause: 15s")
        .replace("NARRATOR: ", "")
        .replace("(pause 5 s)", "[pause 5s]")
        .replace("(pause\r\n      20 sec)", "[pause 20s]")
        .replace("(pause 2 s)", "[pause 2s]")
    )
    assert fixed(text) == after
    assert fixed(after) == after


def test_synonyms_are_rewritten_where_the_meaning_is_clear() -> None:
    steps = "steps:\n  - speak: Hello.\n  - silence: 5s\n  - gong: bowl\n"
    before = f"name: A session\nmusic: soft-rain\n{steps}"
    steps = "steps:\n  - say: Hello.\n  - pause: 5s\n  - bell: bowl\n"
    after = f"title: A session\nbed: soft-rain\n{steps}"
    assert fixed(before) == after
    assert problems_of(after.replace("steps", "safety: none\nsteps")) == ()


def test_a_file_that_is_not_yaml_stays() -> None:
    for text in ("", "{", "a: [", "- (pause 5 s", "title: x\n\tsteps: 1", "\x00"):
        assert fix_source(text.encode()) == (text.encode(), ())
    assert fix_source(b"\xff\xfe") == (b"\xff\xfe", ())


def test_a_dry_run_shows_a_diff_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(with_steps("- say: Down. (pause 5 s) Up."))
    before = path.read_bytes()
    diff = fix_file(str(path), dry_run=True).diff
    assert "-  - say: Down. (pause 5 s) Up." in diff
    assert "+  - say: Down. [pause 5s] Up." in diff
    assert path.read_bytes() == before
    assert len(fix_file(str(path), dry_run=False).fixes) == 1
    assert "[pause 5s]" in path.read_text()
    assert fix_file(str(path), dry_run=False).fixes == ()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="links and modes of POSIX")
def test_a_linked_script_is_fixed_where_it_lies(tmp_path: Path) -> None:
    path, link = tmp_path / "s.yaml", tmp_path / "link.yaml"
    path.write_text(with_steps("- say: Down. (pause 5 s) Up."))
    path.chmod(0o640)
    link.symlink_to(path)
    fix_file(str(link), dry_run=False)
    assert link.is_symlink()
    assert "[pause 5s]" in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o640


PIECES = [
    *DIRECTIONS, *ADVISED, "wait: 5s", "speak:", "music:", "- ", "\n", "  ", '"', "'", "[", "]",
    "{", "}", "#", ":", ", ", "|\n", ">\n", "&a ", "*", "[pause 2s]", "é", "“", "”", "\r\n", "\t",
    "- 3 -",
]  # fmt: skip


def mutated(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 4)):
        place = rng.randint(0, len(text))
        cut = rng.choice((0, 0, 0, 1, 5))
        text = text[:place] + rng.choice(PIECES) + text[place + cut :]
    return text


def check_mutations(count: int) -> None:
    rng = random.Random(19)
    scripts = [p.read_text("utf-8") for p in sorted(library.root().glob("scripts/*.yaml"))] or [
        p.read_text("utf-8") for p in sorted(library.root().glob("*.yaml"))
    ]
    scripts = [text[:3000] for text in scripts]
    for _ in range(count):
        text = mutated(rng.choice(scripts), rng)
        source = text.encode("utf-8", "surrogatepass")
        once, fixes = fix_source(source)
        twice, more = fix_source(once)
        assert twice == once, text
        assert not more
        assert (once == source) == (not fixes)
        if fixes:
            assert parse_yaml(once, "", []) is not None
            check_rounds(source.decode())


def check_rounds(text: str) -> None:
    """Every round of fixes changes what it names, and no other byte."""
    while True:
        after, fixes = fix_round(text)
        if not fixes:
            return
        lines, new, position = text.splitlines(keepends=True), after, 0
        for fix in fixes:
            # Between what two fixes name, the text is as it was.
            line_start = sum(map(len, lines[: fix.line - 1]))
            place = text.index(fix.before, max(position, line_start))
            kept = text[position:place] + fix.after
            assert new.startswith(kept), (fix, text)
            new = new[len(kept) :]
            position = place + len(fix.before)
        assert new == text[position:]
        text = after


def test_fixing_twice_is_fixing_once() -> None:
    check_mutations(150)


@pytest.mark.slow
def test_fixing_ten_thousand_mutated_scripts_twice_is_fixing_them_once() -> None:
    check_mutations(10_000)
