"""Keys and verbs that scripts can't have: how they are reported, and what was probably meant."""

from __future__ import annotations

from psoas_audio.library import did_you_mean, nearest
from psoas_audio.script.fields.reading import NodeReader, shorten
from psoas_audio.script.source.events import MappingNode, Node, ScalarNode

KEY_SYNONYMS = {
    "music": "bed", "background": "bed", "ambience": "bed", "soundscape": "bed",
    "name": "title", "voices": "voice", "speaker": "voice", "lang": "language",
    "duration": "length", "time": "length", "description": "summary", "parts": "chapters",
    "sections": "chapters", "props": "equipment", "volume": "level",
}  # fmt: skip
"""Keys that people write, and the key that they stand for here; ``check --fix`` renames them."""
_RELATED_KEYS = {
    "needs": "equipment", "gear": "equipment", "heading": "title", "subtitle": "summary",
    "date": "year", "genre": "kind", "type": "kind", "category": "kind", "tags": "kind",
    "image": "cover", "picture": "cover", "artwork": "cover", "dictionary": "lexicon",
    "pronunciations": "lexicon", "pronunciation": "lexicon", "variables": "values",
    "vars": "values", "speed": "rate voice", "engine": "voice", "narrator": "voice",
    "pitch": "voice", "rate": "voice", "cues": "during", "script": "steps", "count": "reps",
}  # fmt: skip
"""Keys that people write, and those here in which they would write something else."""

VERB_SYNONYMS = {
    "wait": "pause", "silence": "pause", "break": "pause", "sleep": "pause",
    "speak": "say", "text": "say", "tell": "say", "voice": "say", "narrate": "say",
    "narration": "say", "sound": "bell", "gong": "bell", "chime": "bell", "ring": "bell",
    "play": "bell",
    "breath": "breathe", "breathing": "breathe", "stay": "hold", "position": "move",
    "relax": "rest", "loop": "repeat", "rounds": "repeat", "import": "include",
}  # fmt: skip
"""Verbs that people write, and the verb that they stand for here; ``check --fix`` renames them."""
_RELATED_VERBS = {
    "delay": "pause", "stop": "pause", "timer": "hold", "stretch": "hold", "keep": "hold",
    "speech": "say", "voiceover": "say", "line": "say", "read": "say", "inhale": "breathe",
    "exhale": "breathe", "round": "repeat", "times": "repeat", "exercise": "reps",
    "repetitions": "reps", "circuit": "intervals",
}  # fmt: skip
"""Verbs that people write, and those here in which they would write something else."""


def report_unknown_keys(known: list[str], node: MappingNode, reader: NodeReader) -> set[str]:
    """Report the keys of *node* that aren't *known*, and give those that they may stand for."""
    absent = [key for key in known if key not in {given.text for given, _ in node.pairs}]
    misspelt = set()
    cut_off = False
    for key, value in node.pairs:
        if key.text in known:
            continue
        if isinstance(value, ScalarNode) and not value.text and key.mark.line == node.mark.line:
            # In {say: Walk, slowly} YAML reads the words after the comma as a key.
            if not cut_off:
                message = f"a comma ends a text inside {{ }}: '{shorten(key.text)}' is cut off."
                reader.error(key.mark, "comma-in-text", message, _in_quotes(node, key))
            cut_off = True
            continue
        written = key.text.lower()
        meant = KEY_SYNONYMS.get(written, "")
        meant = meant if meant in absent else nearest(key.text, absent)
        misspelt.add(meant)
        hint = did_you_mean(key.text, absent) or f"The keys here are {', '.join(known)}."
        synonyms = [KEY_SYNONYMS.get(written, ""), *_RELATED_KEYS.get(written, "").split()]
        if synonym := next((name for name in synonyms if name in absent), ""):
            hint = f"Did you mean '{synonym}'?"
        reader.error(key.mark, "unknown-key", f"unknown key '{shorten(key.text)}'.", hint)
    return misspelt


def _in_quotes(node: MappingNode, cut_off: ScalarNode) -> str:
    """How to write the text of *node* whose end *cut_off* was taken for a key."""
    before: tuple[ScalarNode, Node] | None = None
    for key, value in node.pairs:
        if key is cut_off:
            break
        before = key, value
    if before is None or not isinstance(before[1], ScalarNode):
        return "Put the text in quotes."
    whole = f"{before[1].text}, {cut_off.text}"
    return f'Put the text in quotes: {before[0].text}: "{shorten(whole)}".'


def suggest_verb(written: str, verbs: list[str]) -> str:
    """What to write in place of the verb *written*; empty where nobody knows."""
    if KEY_SYNONYMS.get(written.lower()) == "bed":
        return f"Write 'bed: …' in place of '{shorten(written)}', at the top of the script."
    meant = (VERB_SYNONYMS | _RELATED_VERBS).get(written.lower(), "")
    return f"Did you mean '{meant}'?" if meant in verbs else did_you_mean(written, verbs)
