"""How long before a planned decision it must have been considered whether residents are asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

CONSIDER_DAYS = 60  # where the settings do not say: about what a small dialogue and its papers take
_days = {"consider": CONSIDER_DAYS}


def use(municipality: Mapping[str, Any]) -> None:
    """Take what the municipality's file says in [larger_changes]: consider_days."""
    _days["consider"] = int(municipality.get("larger_changes", {}).get("consider_days", CONSIDER_DAYS))


def days() -> int:
    return _days["consider"]


def consider_by(decision_on: date) -> date:
    """The last day on which it is still early enough."""
    return decision_on - timedelta(days=days())


def late_on(today: date) -> date:
    """Decisions planned for this day or an earlier one are considered too late."""
    return today + timedelta(days=days())
