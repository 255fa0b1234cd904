"""Whether a listener notices that a voice says *left* for *right*, and how many good lines it reports.

    python benchmarks/opposites.py MODEL[,MODEL] ENGINE:VOICE …

The voices together say 150 lines of the shipped English sessions as they are written, and 40 lines
in which a word is replaced by its opposite, by the pairs of the language file. For each model it prints
how many of both are reported, with and without the rule for opposites. The table is in
docs/listening.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle

from arguments import parser_of

from listening import LANGUAGE, line_of, shipped_lines
from psoas_audio.cache.local import Cache, default_folder
from psoas_audio.listening.hear import HeardLine, LineAudio, hear_lines
from psoas_audio.listening.report import describe_line, is_fault
from psoas_audio.listening.transcriber import Transcriber, find_transcriber
from psoas_audio.locale.languages import load_language
from psoas_audio.speech.takes import Takes
from psoas_audio.units import SAMPLE_RATE

GOOD, TURNED = 150, 40
SHORT = ("Breathe in.", "Breathe out slowly.", "Inhale.", "Left.", "Lift the left foot.",
         "Now the right side.")  # fmt: skip
"""Lines to reverse besides the shipped ones."""


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("models")
    parser.add_argument("voices", nargs="+")
    asked = parser.parse_args()
    shipped = shipped_lines(400, 7)
    share = GOOD // len(asked.voices)
    voices = [voice for voice in asked.voices for _ in range(share)]
    good = [(text, text, voice) for text, voice in zip(shipped, voices, strict=False)]
    pairs = [(text, said) for text in (*SHORT, *shipped) for said in turned_round(text)]
    turned = [(*pair, voice) for pair, voice in zip(pairs[:TURNED], cycle(asked.voices))]
    takes = Takes(Cache(default_folder()))
    lines = {
        (said, voice): line_of(said, *voice.partition(":")[::2]) for _, said, voice in good + turned
    }
    takes.make(lines.values())

    def audio(told: list[tuple[str, str, str]]) -> Iterator[LineAudio]:
        for number, (written, said, voice) in enumerate(told):
            samples = takes.read(lines[said, voice].id)[:, 0]
            yield LineAudio(number, written, samples, SAMPLE_RATE, LANGUAGE)

    for name in asked.models.split(","):
        model = Transcriber(find_transcriber(name))
        as_written, otherwise = (list(hear_lines(model, audio(told))) for told in (good, turned))
        print(
            f"{model.name}: opposites {sum(map(is_fault, otherwise))} of {len(otherwise)},"
            f" without their rule {sum(map(is_fault_otherwise, otherwise))};"
            f" good lines {sum(map(is_fault, as_written))} of {len(as_written)},"
            f" without it {sum(map(is_fault_otherwise, as_written))}",
            flush=True,
        )
        for line in as_written:
            if is_fault(line):
                print(f"  good: {line.text} {describe_line(line)}")
        for line in otherwise:
            if not is_fault(line):
                print(f"  not reported: {line.text} → {' '.join(line.comparison.heard)}")


def turned_round(text: str) -> Iterator[str]:
    """*text* with its first word that has an opposite replaced by it, if it has such a word."""
    opposites: dict[str, str] = {}
    for pair in load_language(LANGUAGE).listening.opposites.values():
        one, other = (forms.split() for forms in pair)
        opposites |= dict(zip(one, cycle(other))) | dict(zip(other, cycle(one)))
    for match in re.finditer(r"\w+", text):
        word = match[0]
        if opposite := opposites.get(word.lower()):
            said = opposite.capitalize() if word[0].isupper() else opposite
            yield text[: match.start()] + said + text[match.end() :]
            return


def is_fault_otherwise(line: HeardLine) -> bool:
    """Whether *line* is reported for anything but a single word heard as its opposite."""
    kinds = {edit.kind for edit in line.comparison.edits}
    return bool(kinds & {"missing", "doubled"}) or line.comparison.wrong_words >= 2


if __name__ == "__main__":
    main()
