"""A request that a form asks again for, with its reason beside the field."""

from __future__ import annotations

from app.permissions import Reason


class Declined(Exception):
    """What was asked for cannot be; `field` names what the person should change."""

    def __init__(self, reason: Reason, field: str = "") -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.field = field
