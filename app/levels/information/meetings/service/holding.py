"""Holding meetings: writing, publishing, calling off, and telling what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import clock, db, richtext, subjects
from app.dialogues import queries as dialogues
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted
from app.dialogues.service import drop_card
from app.dialogues.stages import Kind
from app.i18n import lazy as _l
from app.levels.information.meetings import queries
from app.levels.information.meetings.events import (
    MeetingCancelled,
    MeetingChanged,
    MeetingCreated,
    MeetingPublished,
    MinutesPublished,
)
from app.levels.information.meetings.models import Form, Meeting
from app.levels.information.meetings.rules import Do
from app.levels.information.meetings.service.coming import fill_seats
from app.levels.information.meetings.service.keeping import keep, lock, plan_ahead, tell
from app.permissions import Actor, require

MOVED = ("starts_at", "ends_at", "place")
PLANNED = ("form", "title", "lead", "about", "starts_at", "ends_at", "place", "access", "takes_sign_ups", "seats")


@dataclass(frozen=True)
class Where:
    """What a meeting is to be held for: a dialogue, or the site (None)."""

    dialogue_id: int | None


@dataclass(frozen=True)
class Plan:
    """What those who hold a meeting hand in."""

    form: str
    title: str
    lead: str
    about: str
    starts_at: datetime
    ends_at: datetime
    place: str
    access: str
    takes_sign_ups: bool
    seats: int | None


class Overtaken(Exception):
    """Somebody else saved the meeting since this writer opened it."""


class TooFewSeats(Exception):
    """More people than that have been given a seat already; `taken` says how many."""

    def __init__(self, taken: int) -> None:
        super().__init__(taken)
        self.taken = taken


def forms_in(dialogue: Dialogue | None) -> tuple[Form, ...]:
    """How one may meet: where nothing is open to influence, only to be told and to ask."""
    if dialogue is not None and dialogue.kind == Kind.INFORMATION:
        return (Form.INFORMATION_MEETING,)
    return tuple(Form)


def _fits(dialogue_id: int | None, plan: Plan) -> None:
    dialogue = None if dialogue_id is None else dialogues.dialogue(dialogue_id)
    if plan.form not in forms_in(dialogue):
        raise NotAccepted("form", _l("Only an information meeting is held here, because nothing is open to influence."))


def create(actor: Actor, where: Where, plan: Plan) -> Meeting:
    """A new meeting that only those who work here see. Raises NotAccepted for a way to meet that is not held here."""
    require(actor, Do.WRITE, where)
    _fits(where.dialogue_id, plan)
    row = Meeting(dialogue_id=where.dialogue_id, created_by=actor.person_id, created_at=clock.now())
    _fill(row, plan)
    db.session().add(row)
    tell(row, MeetingCreated, by=actor)
    return row


def change(actor: Actor, row: Meeting, plan: Plan, version: int) -> None:
    """Save a change that began at `version`; new seats go to those who wait.

    Raises Overtaken, TooFewSeats, and NotAccepted for a way to meet that is not held here.
    """
    require(actor, Do.WRITE, row)
    _fits(row.dialogue_id, plan)
    lock(row)
    if row.version != version:
        raise Overtaken
    taken = queries.places(row.id).taken
    if plan.seats is not None and plan.seats < taken:
        raise TooFewSeats(taken)
    before = [getattr(row, name) for name in MOVED]
    _fill(row, plan)
    is_moved = row.published_at is not None and before != [getattr(row, name) for name in MOVED]
    tell(row, MeetingChanged, by=actor, is_moved=is_moved)
    if row.published_at is not None:
        keep(row)
        plan_ahead(row)
        fill_seats(row)


def publish(actor: Actor, row: Meeting) -> None:
    """Let everyone read it and sign up. A second time nothing happens."""
    require(actor, Do.PUBLISH, row)
    if row.published_at is None:
        row.published_at = clock.now()
        tell(row, MeetingPublished, by=actor)
        keep(row)
        plan_ahead(row)


def cancel(actor: Actor, row: Meeting, reason: str) -> None:
    """Call it off; its page says why, and everyone who has signed up is told."""
    require(actor, Do.CANCEL, row)
    row.cancelled_at, row.cancelled_because = clock.now(), reason
    tell(row, MeetingCancelled, by=actor, reason=reason)
    drop_card(subjects.key("meeting", row.id))


def publish_minutes(actor: Actor, row: Meeting, minutes: str, attended: int | None) -> None:
    """Tell what came of it. Mended notes are not told of again."""
    require(actor, Do.TAKE_MINUTES, row)
    is_new = row.minutes_at is None
    row.minutes, row.minutes_html, row.attended = minutes, richtext.from_markdown(minutes), attended
    row.minutes_at = row.minutes_at or clock.now()
    if is_new:
        tell(row, MinutesPublished, by=actor)
    else:
        tell(row, MeetingChanged, by=actor, is_moved=False)
    keep(row)


def _fill(row: Meeting, plan: Plan) -> None:
    for name in PLANNED:
        setattr(row, name, getattr(plan, name))
    row.about_html = richtext.from_markdown(plan.about)
