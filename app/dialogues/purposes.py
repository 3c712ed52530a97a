"""How long a purpose is: less is a heading, more is no longer one purpose."""

from __future__ import annotations

from app.i18n import LazyText
from app.i18n import lazy as _l

LEAST, MOST = 40, 1000  # characters


def problem(purpose: str) -> LazyText | None:
    """Why this text cannot be a purpose, or None."""
    length = len(purpose.strip())
    if not length:
        return _l("Write the purpose: what the body wants to know, and for what.")
    if length < LEAST:
        return _l("Say more: a concrete purpose takes at least %(least)s characters.", least=LEAST)
    return (
        _l("Say less: at most %(most)s characters, so that it stays one purpose.", most=MOST) if length > MOST else None
    )
