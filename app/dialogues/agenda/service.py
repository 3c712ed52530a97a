"""Writing the calendar of the bodies. A dialogue that is planned for a meeting follows it to another day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app import clock, db, subjects
from app.dialogues import bodies, plan
from app.dialogues.agenda import queries
from app.dialogues.agenda.events import BodyMeetingAdded, BodyMeetingChanged, BodyMeetingRemoved, TimePlanFollowed
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.agenda.rules import Do
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.service import moves
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor, require

FARTHEST = timedelta(days=5 * 366)  # a year that is mistyped lies further away


def add(actor: Actor, body_key: str, days: Sequence[tuple[date, date]]) -> list[BodyMeeting]:
    """Put meetings of a body in its calendar: each as (day, last day for its papers), all of them or none.

    Raises NotAccepted for what does not hold: field `body_key`, `held_on` or `papers_by`.
    """
    require(actor, Do.KEEP)
    body = _body(body_key)
    _lock(body.key)
    _no_doubles(body.key, [day for day, _ in days])
    made = []
    for held_on, papers_by in days:
        _in_order(held_on, papers_by)
        row = BodyMeeting(body_key=body.key, held_on=held_on, papers_by=papers_by)
        db.session().add(row)
        made.append(row)
    db.flush_or(_taken([day for day, _ in days]))
    for row in made:
        key, papers_by = key_of(row), row.papers_by
        emit(BodyMeetingAdded(subject=key, actor=actor, body=body.name, held_on=row.held_on, papers_by=papers_by))
    return made


def change(actor: Actor, row: BodyMeeting, version: int, *, held_on: date, papers_by: date) -> None:
    """Move a meeting, or the last day for its papers; the dialogues that are planned for it follow.

    Raises NotAccepted where the days do not hold, or where a dialogue's own dates would come in the wrong order;
    Overtaken where somebody else has saved the meeting since `version`.
    """
    require(actor, Do.KEEP)
    _hold(row, version)
    before = row.held_on
    if (held_on, papers_by) == (before, row.papers_by):
        return
    _in_order(held_on, papers_by)
    if held_on != before:
        _no_doubles(row.body_key, [held_on])
        for dialogue in queries.planned_for([row])[row.id]:
            _follow(actor, dialogue, before, held_on)
    row.held_on, row.papers_by = held_on, papers_by
    db.flush_or(_taken([held_on]))
    emit(
        BodyMeetingChanged(
            subject=key_of(row), actor=actor, body=_name(row), was_held_on=before, held_on=held_on, papers_by=papers_by
        )
    )


def remove(actor: Actor, row: BodyMeeting) -> None:
    """Take a meeting out of the calendar. Raises Refusal where a dialogue is planned for it."""
    require(actor, Do.KEEP)
    _hold(row, row.version)
    require(actor, Do.REMOVE, row)
    key, name, held_on = key_of(row), _name(row), row.held_on
    db.session().delete(row)
    db.session().flush()
    emit(BodyMeetingRemoved(subject=key, actor=actor, body=name, held_on=held_on))


def key_of(row: BodyMeeting) -> str:
    return subjects.key("body_meeting", row.id)


def _follow(actor: Actor, dialogue: Dialogue, before: date, held_on: date) -> None:
    """Let the day on which the body decides follow its meeting."""
    moves.lock(dialogue)
    if dialogue.decision_on != before or dialogue.stage not in queries.AWAITS:
        return  # planned anew, or decided, while we waited
    dates = plan.Plan(dialogue.opens_at, dialogue.closes_at, held_on, dialogue.feedback_by)
    for problem in plan.problems(dates):
        if getattr(dates, problem.field) is None:
            continue  # a draft that is not planned to the end
        sentence = _l("“%(dialogue)s” is planned for this meeting, and its dates would not hold: %(problem)s")
        raise NotAccepted("held_on", sentence.filled(dialogue=dialogue.title, problem=problem.sentence))
    dialogue.decision_on = held_on
    db.session().flush()
    emit(_followed(actor, dialogue, before))


def _followed(actor: Actor, dialogue: Dialogue, before: date) -> TimePlanFollowed:
    assert dialogue.decision_on is not None  # noqa: S101  # just set
    key, body = moves.key_of(dialogue), bodies.name_of(dialogue.body_key)
    return TimePlanFollowed(
        subject=key, actor=actor, dialogue_id=dialogue.id, body=body, was_held_on=before, held_on=dialogue.decision_on
    )


def _body(body_key: str) -> bodies.Body:
    body = bodies.find(body_key)
    if body is None:
        raise NotAccepted("body_key", _l("Choose an elected body from the list."))
    return body


def _name(row: BodyMeeting) -> str:
    return bodies.name_of(row.body_key) or row.body_key


def _lock(body_key: str) -> None:
    """One at a time writes the calendar of a body, so that what is planned against it is what was looked at."""
    db.lock_key(f"body:{body_key}")


def _hold(row: BodyMeeting, version: int) -> None:
    """Lock the calendar of its body. Raises Overtaken where the meeting has changed since `version`, or is gone."""
    _lock(row.body_key)
    number = row.id
    fresh = db.session().get(BodyMeeting, number, populate_existing=True)
    if fresh is None or fresh.version != version:
        raise Overtaken(number)


def _in_order(held_on: date, papers_by: date) -> None:
    if abs(held_on - clock.today()) > FARTHEST:
        raise NotAccepted("held_on", _l("%(day)s lies too far away. Look at the year.", day=held_on))
    if papers_by >= held_on:
        raise NotAccepted("papers_by", _l("Papers are taken in before the day of the meeting, not on it or after it."))


def _no_doubles(body_key: str, days: Sequence[date]) -> None:
    twice = {day for day in days if days.count(day) > 1}
    if twice:
        raise NotAccepted("held_on", _l("This day stands there twice: %(days)s.", days=sorted(twice)))
    taken = queries.days_of(body_key, days)
    if taken:
        raise _taken(sorted(taken))


def _taken(days: Sequence[date]) -> NotAccepted:
    return NotAccepted("held_on", _l("The body already has a meeting on this day: %(days)s.", days=list(days)))
