"""Larger changes: a case is flagged, and whether a dialogue is held for it is considered in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app import clock, db, subjects
from app.dialogues import bodies
from app.dialogues.intake import areas, neutral, prior, queries
from app.dialogues.intake.events import ChangeConsidered, ChangeEdited, ChangeFlagged
from app.dialogues.intake.models import ChangeConsideration, LargerChange
from app.dialogues.intake.rules import Do
from app.dialogues.problems import NotAccepted, Overtaken
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor, require

KIND = "larger_change"


@dataclass(frozen=True, kw_only=True)
class Case:
    """What stands about a larger change. `area` and `body_key` are keys; the body is to decide on `decision_on`."""

    title: str
    case_number: str
    area: str
    body_key: str
    decision_on: date


def flag(actor: Actor, case: Case) -> LargerChange:
    """Flag a case as a larger change. Raises NotAccepted for what it lacks, or where the case is flagged already."""
    require(actor, Do.FLAG)
    _check(case)
    _is_ahead(case)
    made = LargerChange(**_values(case), flagged_by=actor.person_id, flagged_at=clock.now())
    db.session().add(made)
    db.flush_or(_flagged_already())
    key = subjects.key(KIND, made.id)
    emit(ChangeFlagged(subject=key, actor=actor, title=made.title, case_number=made.case_number))
    return made


def edit(actor: Actor, row: LargerChange, version: int, case: Case) -> None:
    """Change what stands about it. Raises Overtaken where somebody has saved it since `version`, else as `flag`."""
    require(actor, Do.FLAG)
    if row.version != version:
        raise Overtaken(row.id)
    _check(case)
    if case.decision_on != row.decision_on:
        _is_ahead(case)
    changed = {name: value for name, value in _values(case).items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        db.flush_or(_flagged_already())
        key = subjects.key(KIND, row.id)
        emit(ChangeEdited(subject=key, actor=actor, title=row.title, case_number=row.case_number))


def consider(
    actor: Actor, row: LargerChange, follows: int, *, dialogue_id: int | None, reason: str, considered_by: str
) -> ChangeConsideration:
    """Write down whether a dialogue is held (`dialogue_id`) or not (None), who considered it, and why.

    `follows` is the consideration that was the latest when this one was written, 0 for none. Raises Overtaken where
    there is a later one, NotAccepted for what is lacking.
    """
    require(actor, Do.CONSIDER, row)
    if dialogue_id is not None and dialogue_id not in {one.id for one in queries.dialogues_to_name(actor)}:
        raise NotAccepted("dialogue_id", _l("Choose a dialogue from the list."))
    for field, value, sentence in (
        ("considered_by", considered_by, _l("Say who considered it: the body, the committee or the office.")),
        ("reason", reason, _l("Say why, in words that everyone can read.")),
    ):
        if not value.strip():
            raise NotAccepted(field, sentence)
        neutral.check(field, value)
    before = queries.considerations(row.id)
    if (before[-1].consideration.id if before else 0) != follows:
        raise Overtaken(row.id)
    made = ChangeConsideration(
        change_id=row.id,
        follows=follows,
        outcome="none" if dialogue_id is None else "dialogue",
        dialogue_id=dialogue_id,
        reason=reason,
        considered_by=considered_by,
        by_id=actor.person_id,
        at=clock.now(),
    )
    db.session().add(made)
    db.flush_or(Overtaken(row.id))
    key = subjects.key(KIND, row.id)
    emit(ChangeConsidered(subject=key, actor=actor, dialogue_id=dialogue_id, outcome=made.outcome, reason=reason))
    return made


def _values(case: Case) -> dict[str, object]:
    return {**vars(case), "case_key": prior.key_of(case.case_number)}


def _flagged_already() -> NotAccepted:
    return NotAccepted("case_number", _l("This case is flagged as a larger change already."))


def _check(case: Case) -> None:
    area = areas.find(case.area)
    if not case.title.strip():
        raise NotAccepted("title", _l("Give the case a title."))
    neutral.check("title", case.title)
    if not case.case_number.strip():
        raise NotAccepted("case_number", _l("Give the case number."))
    if area is None or not area.is_ours:
        raise NotAccepted("area", _l("Choose what the case is about."))
    if bodies.find(case.body_key) is None:
        raise NotAccepted("body_key", _l("Choose an elected body from the list."))


def _is_ahead(case: Case) -> None:
    """What has been decided cannot be considered any more."""
    if case.decision_on < clock.today():
        raise NotAccepted("decision_on", _l("That day has passed: choose today or a later day."))
