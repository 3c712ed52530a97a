"""What was considered and not held, for everyone to read: the newest first, page by page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, literal, select, tuple_, union_all

from app import db
from app.dialogues.criteria import Answer
from app.dialogues.intake.models import AssessmentBasis, ChangeConsideration, LargerChange
from app.dialogues.intake.queries.changes import is_latest
from app.dialogues.models import Assessment, CriterionAnswer, Dialogue, Move
from app.dialogues.stages import Kind, Stage

PAGE = 20
NOT_HELD = (Stage.UNSUITABLE, Stage.REDIRECTED, Stage.REJECTED)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WRITTEN = re.compile(r"(-?)([0-9]{1,16})\.([a-z]{1,10})\.([0-9]{1,9})")


@dataclass(frozen=True)
class Place:
    """Where a page begins: after this entry, or, going back, before it."""

    at: datetime
    kind: str
    number: int
    back: bool = False

    def __str__(self) -> str:
        """As it stands in an address: microseconds since 1970, kind and id; a minus before it goes back."""
        micro = (self.at - EPOCH) // timedelta(microseconds=1)
        return f"{'-' if self.back else ''}{micro}.{self.kind}.{self.number}"

    @classmethod
    def parse(cls, written: str) -> Place | None:
        """The place that an address names; None where it names none."""
        found = WRITTEN.fullmatch(written)
        if found is None:
            return None
        back, micro, kind, number = found.groups()
        return cls(EPOCH + timedelta(microseconds=int(micro)), kind, int(number), bool(back))


@dataclass(frozen=True)
class NotHeld:
    """A dialogue that was considered and not held: the step that ended it, with its reason, and what stood against it.

    `against`: the keys of the criteria that were not answered with yes, each with its answer.
    """

    move: Move
    dialogue: Dialogue
    basis: AssessmentBasis | None
    against: Sequence[tuple[str, str]]

    @property
    def kind(self) -> str:
        return "dialogue"

    @property
    def place(self) -> Place:
        return Place(self.move.at, self.kind, self.move.id)


@dataclass(frozen=True)
class ChangeNotHeld:
    """A larger change for which a dialogue was considered and none is held."""

    change: LargerChange
    consideration: ChangeConsideration

    @property
    def kind(self) -> str:
        return "change"

    @property
    def place(self) -> Place:
        return Place(self.consideration.at, self.kind, self.consideration.id)


Entry = NotHeld | ChangeNotHeld


@dataclass(frozen=True)
class Register:
    """One page, and where its neighbours begin."""

    entries: Sequence[Entry]
    older: Place | None
    newer: Place | None


def register(at: Place | None = None, most: int = PAGE) -> Register:
    """One page of the register: a statement for the page, and one for each sort of what stands on it."""
    rows = union_all(*(_page(arm, at, most) for arm in (_moves(), _considerations()))).subquery()
    back = at is not None and at.back
    key = (rows.c.at, rows.c.kind, rows.c.number)
    order = key if back else tuple(one.desc() for one in key)
    places = [(kind, number) for _, kind, number in db.session().execute(select(*key).order_by(*order).limit(most + 1))]
    more = len(places) > most
    places = places[:most]
    if back:
        places.reverse()
    entries = _entries(places)
    older, newer = (bool(places), more) if back else (more, at is not None)
    return Register(
        entries,
        entries[-1].place if older and entries else None,
        replace(entries[0].place, back=True) if newer and entries else None,
    )


def _moves() -> Select[*tuple[Any, ...]]:
    wanted = select(Move.at.label("at"), literal("dialogue").label("kind"), Move.id.label("number"))
    considered = Dialogue.kind == Kind.CITIZEN_DIALOGUE  # what nobody thought of as a dialogue is not one not held
    return wanted.join(Dialogue, Dialogue.id == Move.dialogue_id).where(Move.to_stage.in_(NOT_HELD), considered)


def _considerations() -> Select[*tuple[Any, ...]]:
    number = ChangeConsideration.id.label("number")
    wanted = select(ChangeConsideration.at.label("at"), literal("change").label("kind"), number)
    return wanted.where(ChangeConsideration.outcome == "none", is_latest())


def _page(arm: Select[*tuple[Any, ...]], at: Place | None, most: int) -> Select[*tuple[Any, ...]]:
    """As much of one sort as a page may need of it."""
    rows = arm.subquery()
    wanted, key = select(rows.c.at, rows.c.kind, rows.c.number), tuple_(rows.c.at, rows.c.kind, rows.c.number)
    back = at is not None and at.back
    if at is not None:
        here = tuple_(at.at, literal(at.kind), literal(at.number))
        wanted = wanted.where(key > here if back else key < here)
    each = (rows.c.at, rows.c.kind, rows.c.number)
    return select(wanted.order_by(*(each if back else (one.desc() for one in each))).limit(most + 1).subquery())


def _entries(places: Sequence[tuple[str, int]]) -> list[Entry]:
    of_kind = {kind: [number for one, number in places if one == kind] for kind in ("dialogue", "change")}
    found: dict[tuple[str, int], Entry] = {("dialogue", one.move.id): one for one in _dialogues(of_kind["dialogue"])}
    found |= {("change", one.consideration.id): one for one in not_held_for(of_kind["change"])}
    return [found[place] for place in places if place in found]


def not_held_for(consideration_ids: Sequence[int] | None = None) -> list[ChangeNotHeld]:
    """The larger changes for which no dialogue is held, by these considerations; all of them without."""
    if consideration_ids is not None and not consideration_ids:
        return []
    wanted = select(LargerChange, ChangeConsideration)
    wanted = wanted.join(ChangeConsideration, ChangeConsideration.change_id == LargerChange.id)
    wanted = wanted.where(ChangeConsideration.outcome == "none", is_latest())
    if consideration_ids is not None:
        wanted = wanted.where(ChangeConsideration.id.in_(consideration_ids))
    found = db.session().execute(wanted.order_by(ChangeConsideration.id))
    return [ChangeNotHeld(change, consideration) for change, consideration in found]


def _dialogues(ids: Sequence[int]) -> list[NotHeld]:
    if not ids:
        return []
    latest = select(func.max(Assessment.id)).where(Assessment.dialogue_id == Dialogue.id).scalar_subquery()
    wanted = select(Move, Dialogue, AssessmentBasis).join(Dialogue, Dialogue.id == Move.dialogue_id)
    wanted = wanted.outerjoin(AssessmentBasis, AssessmentBasis.assessment_id == latest).where(Move.id.in_(ids))
    rows = db.session().execute(wanted).all()
    against = _against([dialogue.id for _, dialogue, _ in rows])
    return [NotHeld(move, dialogue, basis, against.get(dialogue.id, ())) for move, dialogue, basis in rows]


def _against(dialogue_ids: Sequence[int]) -> Mapping[int, Sequence[tuple[str, str]]]:
    """Dialogue id → the criteria of its latest assessment that were not answered with yes."""
    latest = (
        select(func.max(Assessment.id)).where(Assessment.dialogue_id.in_(dialogue_ids)).group_by(Assessment.dialogue_id)
    )
    wanted = select(Assessment.dialogue_id, CriterionAnswer.criterion, CriterionAnswer.answer)
    wanted = wanted.join(CriterionAnswer, CriterionAnswer.assessment_id == Assessment.id)
    wanted = wanted.where(Assessment.id.in_(latest), CriterionAnswer.answer != Answer.YES)
    found = defaultdict(list)
    for number, criterion, answer in db.session().execute(wanted):
        found[number].append((criterion, answer))
    return found


def ended(dialogue_id: int) -> list[Move]:
    """The step with which a dialogue was not held, if it was not."""
    wanted = select(Move).where(Move.dialogue_id == dialogue_id, Move.to_stage.in_(NOT_HELD))
    return list(db.session().scalars(wanted.order_by(Move.id)))
