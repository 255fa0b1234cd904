"""Write the figures without their names, in random order, to find out which a stranger can name.

    python benchmarks/figures.py FOLDER [--seed 1]

Writes ``1.svg`` and so on, and ``names.txt`` with the answers. Show the pictures to somebody who
hasn't seen them before, and ask for the position and what the body does. An answer is right if a
listener could take up the position from it. A picture that is missed is drawn again. The results are
in docs/figures.md, *Judge the figures*.
"""

from __future__ import annotations

import random
from pathlib import Path

from arguments import parser_of

from psoas_audio.deliver.figures.lookup import FIGURES
from psoas_audio.deliver.figures.sheet import unnamed_figure


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    names = list(FIGURES)
    random.Random(options.seed).shuffle(names)
    options.folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names, 1):
        path = options.folder / f"{number}.svg"
        path.write_text(unnamed_figure(name, str(number)), encoding="utf-8")
    answers = "".join(f"{number} {name}\n" for number, name in enumerate(names, 1))
    (options.folder / "names.txt").write_text(answers, encoding="utf-8")
    print(f"{len(names)} pictures and names.txt written to {options.folder}")


if __name__ == "__main__":
    main()
