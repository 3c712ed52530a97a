"""QR codes as squares to draw. Pure computation."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 4  # modules of white around it, as readers of codes need


@dataclass(frozen=True)
class Code:
    """A code as one path over `size` by `size` modules: what an SVG's `d` takes."""

    size: int
    path: str


def code_of(address: str) -> Code:
    """The code that leads to an address; with a quarter of it hidden it can still be read."""
    matrix = segno.make(address, error="q", micro=False).matrix
    lines = [
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark
    ]
    return Code(len(matrix) + 2 * QUIET, "".join(lines))
