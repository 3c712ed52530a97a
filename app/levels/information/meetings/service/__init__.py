"""Every write of meetings."""

from app.levels.information.meetings.service.coming import Guest, forget, leave, receipt, register, sign_up
from app.levels.information.meetings.service.holding import (
    Overtaken,
    Plan,
    TooFewSeats,
    Where,
    cancel,
    change,
    create,
    publish,
    publish_minutes,
)
from app.levels.information.meetings.service.keeping import KEPT, keep, plan_ahead
from app.levels.information.meetings.service.saying import Entry, OtherLines, enter, line_was_shown

__all__ = [
    "KEPT",
    "Entry",
    "Guest",
    "OtherLines",
    "Overtaken",
    "Plan",
    "TooFewSeats",
    "Where",
    "cancel",
    "change",
    "create",
    "enter",
    "forget",
    "keep",
    "leave",
    "line_was_shown",
    "plan_ahead",
    "publish",
    "publish_minutes",
    "receipt",
    "register",
    "sign_up",
]
