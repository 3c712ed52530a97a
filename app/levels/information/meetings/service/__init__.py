"""Every write of meetings."""

from app.levels.information.meetings.service.coming import (
    Guest,
    forget,
    forget_all_in,
    leave,
    receipt,
    register,
    sign_up,
)
from app.levels.information.meetings.service.holding import (
    Overtaken,
    Plan,
    TooFewSeats,
    Where,
    cancel,
    change,
    create,
    forms_in,
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
    "forget_all_in",
    "forms_in",
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
