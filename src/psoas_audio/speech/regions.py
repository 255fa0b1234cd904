"""Which region's voice stands in for that of another: Latin American Spanish for Mexico's."""

from __future__ import annotations

from collections.abc import Mapping

_LATIN_AMERICAN = ("419", "MX", "US", "CO", "AR", "CL", "PE")
_BRITISH, _AMERICAN = ("GB", "AU", "IE", "NZ", "ZA", "IN"), ("US", "CA")
_NEAR: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "es": {"ES": (), **dict.fromkeys(("GQ", "PH", "EA", "IC"), ("ES",)), "": _LATIN_AMERICAN},
    "en": {**dict.fromkeys((*_AMERICAN, "PH", "PR", "GU", "VI"), _AMERICAN), "": _BRITISH},
    "pt": {"BR": (), "": ("PT",)},
    "fr": {"CA": ("CA", "FR"), "": ("FR", "CH", "BE")},
    "de": {"": ("DE", "AT", "CH")},
    "it": {"": ("IT",)},
    "nl": {"": ("NL", "BE")},
}  # fmt: skip
"""Regions by likeness, for regions of a main language; the empty one stands for all others.
After CLDR's parent locales (es-MX has es-419, en-AU has en-001, which is like en-GB, pt-AO has
pt-PT)."""


def near_tags(language: str) -> tuple[str, ...]:
    """The BCP 47 *language* and those of like regions, the nearest first, in lower case.

    One without a region is near to none.
    """
    wanted = language.replace("_", "-").casefold()
    main, *others = wanted.split("-")
    region = others[-1].upper() if others and len(others[-1]) < 4 else ""
    near = _NEAR.get(main, {})
    if not region or not near:
        return (wanted,)
    tags = (f"{main}-{each.casefold()}" for each in near.get(region, near[""]))
    return tuple(dict.fromkeys((wanted, *tags)))
