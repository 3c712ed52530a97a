"""A picture as it came → pictures that can be shown: decoded, turned upright, shrunk and encoded anew.

Nothing of the original but its pixels is left: no position, camera, comment or profile.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from app.i18n import LazyText
from app.i18n import lazy as _l

FORMATS = ("JPEG", "PNG", "WEBP")  # decided by content; what the file is called or says it is has no part in it
MOST_PIXELS = 40_000_000
LARGE, SMALL = 1600, 640  # pixels along the longer side
SMALL_BYTES = 80_000  # aimed for
ENOUGH = 2400  # pixels along the longer side that are enough to make LARGE of
AT_ONCE = threading.BoundedSemaphore(1)  # in a process: a large picture is some 200 MB while it is decoded
QUALITIES = (82, 74, 66, 58, 50, 42)
EXTENSIONS = {"image/jpeg": ".jpg", "image/webp": ".webp"}

Image.MAX_IMAGE_PIXELS = MOST_PIXELS

NOT_A_PICTURE = _l("Choose a picture in JPEG, PNG or WebP. This file is something else, or it is damaged.")
TOO_LARGE = _l("The picture is too large. Choose one of at most 40 million pixels.")


class Unfit(Exception):
    """This cannot be shown as a picture; the sentence says why and what to do."""

    def __init__(self, sentence: LazyText) -> None:
        super().__init__(sentence.msgid)
        self.sentence = sentence


@dataclass(frozen=True)
class Picture:
    """Encoded bytes of each size ("large", "small"); width and height are the large one's, in pixels."""

    media_type: str
    width: int
    height: int
    sizes: Mapping[str, bytes]


def prepare(data: bytes) -> Picture:
    """Decode, clean, shrink and encode. Raises Unfit for whatever is no picture of the allowed kinds and size."""
    with AT_ONCE:
        upright = _decode(data)
    large = upright.resize(fitted(upright.size, LARGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = large.resize(fitted(upright.size, SMALL), Image.Resampling.LANCZOS)
    media_type = "image/webp" if large.mode == "RGBA" else "image/jpeg"
    sizes = {"large": _encode(large, media_type, QUALITIES[0]), "small": _light(small, media_type)}
    return Picture(media_type, *large.size, sizes)


def fitted(size: tuple[int, int], most: int) -> tuple[int, int]:
    """Width and height within `most` pixels, in the same proportions; a smaller picture keeps its size."""
    width, height = size
    scale = min(1.0, most / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _decode(data: bytes) -> Image.Image:
    """Upright pixels in RGB or RGBA, without anything that came along with them."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Unfit(TOO_LARGE)
            found.verify()
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            picture.draft("RGB", (ENOUGH, ENOUGH))  # JPEG alone: decodes fewer pixels from the start
            picture.load()
            return _pixels(_upright(_fewer(picture)))
    except Unfit:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise Unfit(TOO_LARGE) from problem
    except Exception as problem:  # a decoder may fail in any way on bytes that were made to break it
        raise Unfit(NOT_A_PICTURE) from problem


def _fewer(picture: Image.Image) -> Image.Image:
    """In RGB or RGBA, with no more pixels than are needed to shrink it well, so that what follows costs little."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    coloured = picture if picture.mode == mode else picture.convert(mode)
    factor = max(picture.size) // ENOUGH
    return coloured.reduce(factor) if factor > 1 else coloured


def _upright(picture: Image.Image) -> Image.Image:
    """As the camera was held; as it lies where the note about that is damaged: the picture is sound all the same."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # whatever stands in the note: it is not worth the picture
        return picture


def _pixels(picture: Image.Image) -> Image.Image:
    """A copy without the dictionary of extras, from which some encoders write comments."""
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    return clean


def _light(picture: Image.Image, media_type: str) -> bytes:
    """The best quality that stays within SMALL_BYTES; the lowest where none does."""
    encoded = b""
    for quality in QUALITIES:
        encoded = _encode(picture, media_type, quality)
        if len(encoded) <= SMALL_BYTES:
            break
    return encoded


def _encode(picture: Image.Image, media_type: str, quality: int) -> bytes:
    out = BytesIO()
    if media_type == "image/webp":
        picture.save(out, "WEBP", quality=quality)
    else:
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
