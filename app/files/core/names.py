"""The name that a file came with, as it may be shown: no path, no tricks with direction, an honest ending."""

from __future__ import annotations

import re

from app.richtext import one_line

LONGEST = 80  # characters, ending not counted


def shown_name(raw: str, ending: str) -> str:
    """The last part of `raw` without its own ending, tidied, with `ending` (".jpg"); "bild" where nothing is left."""
    last = re.split(r"[/\\]", one_line(raw))[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", last)
    stem = re.sub(r'[<>:"|?*]', "", stem).strip(" .")[:LONGEST].rstrip()
    return (stem or "bild") + ending
