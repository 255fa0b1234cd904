"""The living page as an output of a render: ``--with living``."""

from __future__ import annotations

from dataclasses import replace

from psoas_audio.errors import PsoasError
from psoas_audio.living.build import Offer, build_living
from psoas_audio.living.page import living_page
from psoas_audio.rendering.rendered_parts import RenderedParts


def make_living(parts: RenderedParts) -> str:
    """The page with every version of the session's script, in its voice and language.

    Length, guidance, side and bed are its listener's choice, whatever the session's are.
    """
    draft = parts.draft
    if draft is None:
        raise PsoasError(
            "a living page can't be made from a finished session alone.",
            hint="Use 'psoas-audio living' with its script.",
        )
    script, chosen = draft.source
    choices = replace(chosen, length=None, guidance="full", start_side=None, bed=None)
    settings = replace(draft.settings, outputs=frozenset())
    return living_page(build_living(script, choices, Offer(), settings))
