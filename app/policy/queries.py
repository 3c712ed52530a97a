"""Reads of the guideline and of what is told about the ladder. There are few of either: a list is the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app import clock, db, subjects
from app.accounts.models import Person
from app.audit import AuditEntry
from app.policy.core import elections
from app.policy.models import Guideline, GuidelineDraft, LadderEntry

THE_DRAFT = 1
SHOWN = 30  # changes on the desk page; the log has all of them


@dataclass(frozen=True)
class Standing:
    """How it is with the guideline on a day."""

    today: date
    in_force: Guideline | None
    coming: Sequence[Guideline]
    earlier: Sequence[Guideline]
    election: date | None  # after which it should have been gone through, and has not been

    @property
    def has_run_out(self) -> bool:
        """Its time is over and nothing has taken its place: it goes on applying."""
        return self.in_force is not None and self.in_force.valid_to < self.today


def standing() -> Standing:
    """The versions as of today, in one statement."""
    today = clock.today()
    newest_first = select(Guideline).order_by(Guideline.valid_from.desc(), Guideline.id.desc())
    known = list(db.session().scalars(newest_first))
    coming = [one for one in known if one.valid_from > today]
    begun = known[len(coming) :]
    due = elections.revision_due((one.valid_from for one in known), today)
    return Standing(today, begun[0] if begun else None, coming[::-1], begun[1:], due)


def in_force(day: date) -> Guideline | None:
    """The version that applies on this day; None before the first."""
    begun = select(Guideline).where(Guideline.valid_from <= day)
    latest = begun.order_by(Guideline.valid_from.desc(), Guideline.id.desc()).limit(1)
    return db.session().scalars(latest).one_or_none()


def guideline(guideline_id: int) -> Guideline | None:
    return db.session().get(Guideline, guideline_id)


def every() -> list[Guideline]:
    """All versions, the first one first."""
    return list(db.session().scalars(select(Guideline).order_by(Guideline.valid_from, Guideline.id)))


def draft() -> GuidelineDraft | None:
    """What the next version will say; None while nobody has begun."""
    return db.session().get(GuidelineDraft, THE_DRAFT)


def changes(known: Sequence[Guideline]) -> list[tuple[AuditEntry, str | None]]:
    """What happened to these versions and to drafts, the latest first, with the name of whoever did it."""
    keys = [subjects.key("guideline_draft", THE_DRAFT), *(subjects.key("guideline", one.id) for one in known)]
    wanted = select(AuditEntry, Person.name).outerjoin(Person, Person.id == AuditEntry.actor_id)
    wanted = wanted.where(AuditEntry.subject.in_(keys)).order_by(AuditEntry.id.desc()).limit(SHOWN)
    return [(entry, name) for entry, name in db.session().execute(wanted)]


def entries() -> list[LadderEntry]:
    """Methods and examples, in the order in which they were added."""
    return list(db.session().scalars(select(LadderEntry).order_by(LadderEntry.id)))


def entry(entry_id: int) -> LadderEntry | None:
    return db.session().get(LadderEntry, entry_id)
