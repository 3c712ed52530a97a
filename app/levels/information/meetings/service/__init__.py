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
from app.levels.information.meetings.service.saying import Entry, enter

__all__ = [
    "KEPT",
    "Entry",
    "Guest",
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
    "plan_ahead",
    "publish",
    "publish_minutes",
    "receipt",
    "register",
    "sign_up",
]
