"""Picture files as bytes: ordinary ones, and ones that are made to harm."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

SECRET = "58.2616N"  # stands in every place where a picture can carry words


def jpeg(size: tuple[int, int] = (900, 600), **save: object) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, "JPEG", **save)
    return out.getvalue()


def png(size: tuple[int, int] = (900, 600), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size, None if mode == "1" else (20, 90, 140, 120)[: len(mode)]).save(out, "PNG")
    return out.getvalue()


def photo_with_position() -> bytes:
    """A phone's photo lying on its side (orientation 6), with GPS, XMP and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = SECRET  # maker
    exif[0x8825] = {1: "N", 2: (IFDRational(58), IFDRational(15), IFDRational(42)), 3: "E"}
    return jpeg((900, 600), exif=exif, comment=SECRET.encode(), xmp=f"<x>{SECRET}</x>".encode(), icc_profile=b"icc")


def png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET)
    words.add_itxt("XML:com.adobe.xmp", SECRET)
    out = BytesIO()
    Image.new("RGB", (80, 40)).save(out, "PNG", pnginfo=words)
    return out.getvalue()


def webp_with_words() -> bytes:
    out = BytesIO()
    Image.new("RGB", (80, 40)).save(out, "WEBP", xmp=SECRET.encode(), exif=b"Exif\0\0" + SECRET.encode())
    return out.getvalue()


def png_that_says(width: int, height: int, *, body: bytes = b"", extra: bytes = b"") -> bytes:
    """A PNG whose header promises this size, with little behind it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + extra + _chunk(b"IDAT", zlib.compress(body)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def png_with_swelling_text() -> bytes:
    """A compressed comment of 200 MB."""
    swelling = zlib.compressobj(9)
    packed = b"".join(swelling.compress(b"\0" * 1024 * 1024) for _ in range(200)) + swelling.flush()
    return png_that_says(10, 10, body=b"\0" * 310, extra=_chunk(b"zTXt", b"Comment\0\0" + packed))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
