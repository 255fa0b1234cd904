"""A cover that a producer brings: checked, and made a JPEG that directories and players take."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image

from psoas_audio.errors import PsoasError

SMALLEST, LARGEST = 1400, 3000
"""Pixels a side that podcast directories take."""
_MOST_PIXELS = 50_000_000
"""Of a picture that is decoded at all; three times a phone's photograph."""
_JPEG_QUALITY = 90
_HINT = "Save a square JPEG or PNG of 1,400 to 3,000 pixels a side."


def own_cover(data: bytes) -> bytes:
    """The picture *data* (JPEG or PNG) as an RGB JPEG of at most :data:`LARGEST` pixels a side.

    Nothing but its pixels is kept. Raises :class:`PsoasError` if it is damaged, isn't square, or is
    smaller than directories take.
    """
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(data), formats=("JPEG", "PNG")) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            _check_size(*image.size)
            image.load()
            drawn = _on_white(image)
    except PsoasError:
        raise
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        raise PsoasError("it isn't a JPEG or PNG that can be read.", hint=_HINT) from error
    if drawn.width > LARGEST:
        drawn = drawn.resize((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    out = BytesIO()
    drawn.save(out, "JPEG", quality=_JPEG_QUALITY)
    return out.getvalue()


def _check_size(wide: int, high: int) -> None:
    size = f"it has {wide:,} × {high:,} pixels"
    if wide * high > _MOST_PIXELS:
        raise PsoasError(f"{size}, which is too many.", hint=_HINT)
    if wide != high:
        raise PsoasError(f"{size}, and isn't square.", hint=_HINT)
    if wide < SMALLEST:
        raise PsoasError(f"{size}, too few for podcast directories.", hint=_HINT)


def _on_white(image: Image.Image) -> Image.Image:
    """*image* in RGB; what is transparent becomes white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        see_through = image.convert("RGBA")
        ground = Image.new("RGBA", see_through.size, "white")
        return Image.alpha_composite(ground, see_through).convert("RGB")
    return image.convert("RGB")
