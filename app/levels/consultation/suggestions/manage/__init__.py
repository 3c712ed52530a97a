"""The officials' door: the box, the inbox, each case, and what leaves of the standing box."""

from app.levels.consultation.suggestions.manage import boxes, cases, exporting  # noqa: F401  # hang up their views
from app.levels.consultation.suggestions.manage.door import blueprint

__all__ = ("blueprint",)
