"""Whether phases and times hold: within the dialogue, in order, and never earlier than what was announced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.dialogues.phases.models import Phase
from app.dialogues.times import Window
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True)
class Problem:
    """Why a time does not hold, and which."""

    field: str
    sentence: LazyText


def of_window(window: Window, outer: Window) -> list[Problem]:
    """What is wrong with the times of a phase or a thing, within the dialogue or the phase that it belongs to."""
    opens, closes = window.opens_at, window.closes_at
    found = []
    if opens is not None and closes is not None and opens >= closes:
        found.append(Problem("closes_at", _l("It must close after it has opened.")))
    if opens is not None and outer.opens_at is not None and opens < outer.opens_at:
        found.append(Problem("opens_at", _l("This is too early: it may open on %(when)s.", when=outer.opens_at)))
    if closes is not None and outer.closes_at is not None and closes > outer.closes_at:
        found.append(Problem("closes_at", _l("This is too late: it must close by %(when)s.", when=outer.closes_at)))
    if not found and window.within(outer).is_empty:
        found.append(Problem("opens_at", _l("At these times it would never be open.")))
    return found


def of_order(window: Window, others: Sequence[Phase]) -> list[Problem]:
    """A phase follows the one before it: two do not run at once."""
    assert window.opens_at is not None and window.closes_at is not None  # noqa: S101, PT018  # a phase has both
    sentence = _l("The phase “%(name)s” runs at the same time. One phase follows the other.")
    return [
        Problem("opens_at", sentence.filled(name=one.name))
        for one in others
        if window.opens_at < one.closes_at and one.opens_at < window.closes_at
    ][:1]


def of_promise(before: Window, after: Window) -> list[Problem]:
    """What was announced holds: what has begun goes on, nothing closes earlier, and what has closed stays closed."""
    now = clock.now()
    found = []
    if before == after:
        return []
    if before.closes_at is not None and before.closes_at <= now:
        return [Problem("closes_at", _l("It has closed, so its times stand."))]
    if _begun(before, now) and not _begun(after, now):
        found.append(Problem("opens_at", _l("It has opened already, so it stays open.")))
    if before.closes_at is not None and after.closes_at is not None and after.closes_at < before.closes_at:
        found.append(Problem("closes_at", _l("Nothing is closed earlier than was announced.")))
    return found


def _begun(window: Window, now: datetime) -> bool:
    return window.opens_at is None or window.opens_at <= now
