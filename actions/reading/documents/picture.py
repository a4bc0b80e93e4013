"""Pictures made ready for Tesseract: upright, of a useful size, evenly lit, and straight.

Evening out the light and straightening is what brought degraded pages from 71 to 93 % of key fields read exactly
(`nlp_stack.md`, section 4).
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from actions.reading.documents.faults import MAX_PIXELS, DocumentError

_WIDE = 2_400
"""Pixels across a page of letters of the size that Tesseract reads best; more only takes longer."""
_NARROW = 1_500
"""A page with fewer pixels across is enlarged."""
_LONGEST = 4_000
_STEEPEST = 8.0
"""Degrees; a page that lies more askew is not straightened."""
_PRINT = 40
"""Steps of grey by which print differs from its paper, in a dim photo too."""
_BLANK = 0.0001
"""A page with a smaller share of dark pixels has nothing on it: one short line of print has 0.0005."""


def opened(data: bytes) -> Image.Image:
    """The picture in these PNG or JPEG bytes, grey and upright. Raises DocumentError: `broken`, `too_many_pixels`."""
    Image.MAX_IMAGE_PIXELS = None  # ours is checked below, before anything is unpacked
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise DocumentError("too_many_pixels")
            picture.draft("L", (_WIDE, _LONGEST))  # a JPEG is unpacked smaller, at once
            return _on_white(ImageOps.exif_transpose(picture))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, ArithmeticError, IndexError, KeyError):
        # Pillow raises whatever a damaged file makes its decoders stumble over.
        raise DocumentError("broken") from None


def _on_white(picture: Image.Image) -> Image.Image:
    """In grey; what is see-through becomes paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    return picture.convert("L")


def cleaned(picture: Image.Image) -> Image.Image | None:
    """A grey picture ready to be read, or None if nothing is on it."""
    page = _flattened(_sized(picture))
    if (np.asarray(page) < 128).mean() < _BLANK:
        return None
    angle = _askew(page)
    if abs(angle) < 0.15:
        return page
    return page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def _sized(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    across = min(width, height)
    scale = 2.0 if across < _NARROW and max(width, height) < _LONGEST / 2 else min(1.0, _WIDE / across)
    scale = min(scale, _LONGEST / max(width, height))
    if scale == 1.0:
        return picture
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS if scale > 1 else Image.Resampling.BOX)


def _flattened(page: Image.Image) -> Image.Image:
    """The page as if evenly lit: divided by its background, which is what stays when the letters are closed over."""
    if _is_light_on_dark(page):
        page = ImageOps.invert(page)
    small = page.reduce(8)
    background = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MedianFilter(9))
    lit: Any = np.asarray(background.resize(page.size, Image.Resampling.BILINEAR), dtype=np.float32)
    even = np.asarray(page, dtype=np.float32)
    even = np.clip(even * (255.0 / np.maximum(lit, 16.0)), 0, 255)
    # Faint print becomes dark, paper that is nearly white becomes white.
    low, high = 40.0, 225.0
    even = np.clip((even - low) * (255.0 / (high - low)), 0, 255)
    return Image.fromarray(even.astype(np.uint8), "L")


def _is_light_on_dark(page: Image.Image) -> bool:
    """Whether the print is lighter than what is around it, as on a dark screen; a dim photo's print is still darker."""
    small = page.reduce(2)
    around = small.reduce(4).filter(ImageFilter.MedianFilter(5)).resize(small.size, Image.Resampling.BILINEAR)
    differs: Any = np.asarray(small, dtype=np.int16) - np.asarray(around, dtype=np.int16)
    return bool((differs > _PRINT).sum() > (differs < -_PRINT).sum())


def _askew(page: Image.Image) -> float:
    """How far to turn the page, in degrees, so that its lines of text are level."""
    small = page.reduce(max(1, round(max(page.size) / 900)))
    ink = Image.fromarray(((np.asarray(small) < 140) * 255).astype(np.uint8), "L")
    coarse = max(np.arange(-_STEEPEST, _STEEPEST + 0.1, 1.0), key=lambda angle: _level(ink, angle))
    return float(max(np.arange(coarse - 0.8, coarse + 0.81, 0.2), key=lambda angle: _level(ink, angle)))


def _level(ink: Image.Image, angle: float) -> float:
    """How sharply lines and the gaps between them differ once the page is turned by so many degrees."""
    rows: Any = np.asarray(ink.rotate(angle, Image.Resampling.NEAREST), dtype=np.float32).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())
