"""A script with comments, to start a new one from."""

from __future__ import annotations

import json

_STARTER = """\
# yaml-language-server: $schema=./schema.json
# (psoas-audio schema > schema.json, and an editor completes and checks as you type)
#
#   psoas-audio check {file}       says what is wrong, with line and column
#   psoas-audio plan {file}        shows what is heard when
#   psoas-audio render {file}      writes the MP3

title: {title}
summary: A few quiet minutes lying down.
language: en-US
kind: relaxation          # or self-massage, stretch, yoga, strength, cardio, breathing, talk
position: sitting         # the listener's position at the start
equipment: [mat]
intensity: gentle
level: beginner           # beginner, some experience or experienced

voice: {{rate: 115}}        # words per minute; add engine and name to choose a voice
bed: {{sound: soft-rain, level: -24}}   # dB relative to the voice; leave it out for none
length: {{default: 5m, min: 4m, max: 6m}}

chapters:
  - title: Arrive
    steps:
      - move: supine      # gives the listener time to lie down
        say: Come down onto your back. Bend your knees, and rest your feet flat.
      - say: Let your hands rest on your belly.
      - breathe: {{pattern: belly, breaths: 5-8, cues: spoken}}

  - title: "{{side}} side"
    sides: [right, left]  # the same steps for each side, equally long
    steps:
      - say: Let your {{side}} knee soften. [pause 2s] Let it grow heavy.
      - hold: 30-60s      # elastic: stretched to fit the session's length
        label: soften
        during:
          - {{at: half, say: Let the breath stay slow., guidance: reminder}}
        end: small-bell

  - title: Close
    steps:
      - say: Roll to one side, and rest there.
      - rest: 15-60s
      - move: sitting
        say: Push the floor away, and come up slowly.
      - say: Thank you for taking this time.
      - bell: bowl
"""


def starter(name: str) -> str:
    """The text of a new script called *name*."""
    name = "".join(each if each.isprintable() else "?" for each in name)
    title = " ".join(name.replace("-", " ").replace("_", " ").split()).capitalize()
    if not any(map(str.isalnum, title)):
        title = "Untitled"
    return _STARTER.format(file=f"{name}.yaml", title=_quoted(title))


def _quoted(title: str) -> str:
    plain = all(character.isalnum() or character == " " for character in title)
    if plain and not title[:1].isdigit():
        return title
    return json.dumps(title.replace("{", "(").replace("}", ")"), ensure_ascii=False)
