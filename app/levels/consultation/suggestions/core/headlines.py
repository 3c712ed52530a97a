"""A suggestion has no heading of its own: its first sentence is one, if it is short enough."""

from __future__ import annotations

import re

LONGEST = 90  # characters
END = re.compile(r"[.!?؟…](?=\s|$)|\n")


def split(text: str) -> tuple[str, str]:
    """The heading, and what is left to read below it: everything, where the heading is only a beginning."""
    text = text.strip()
    end = END.search(text)
    head = (text[: end.end()] if end else text).strip()
    if len(head) <= LONGEST:
        return _without_full_stop(head), text[end.end() :].strip() if end else ""
    return head[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…", text


def beginning(text: str, most: int = 140) -> str:
    """So much of a text that one knows what it is about, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def _without_full_stop(head: str) -> str:
    return head[:-1] if head.endswith(".") and not head.endswith("..") else head
