"""Reads for administrators: the log in words, and how the background jobs fare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app import clock, db, events, subjects
from app.accounts import queries as accounts
from app.audit import AuditEntry
from app.dialogues.models import Dialogue
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.jobs import Job

A_PAGE = 50
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
MOST_DIALOGUES = 200  # in a list to choose from, the newest ones


@dataclass(frozen=True)
class Line:
    """One thing that happened, as it is read."""

    id: int
    at: datetime
    sentence: LazyText | str
    who: str | LazyText
    subject: str
    dialogue_id: int | None
    dialogue: str


def log(*, event: str = "", dialogue_id: int | None = None, before: int | None = None) -> Sequence[Line]:
    """A page of the log, the newest first, in three statements; `before` is the last id seen."""
    rows = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(A_PAGE)
    if event:
        rows = rows.where(AuditEntry.event == event)
    if dialogue_id is not None:
        rows = rows.where(AuditEntry.dialogue_id == dialogue_id)
    entries = db.session().scalars(rows if before is None else rows.where(AuditEntry.id < before)).all()
    names = accounts.names({entry.actor_id for entry in entries if entry.actor_id is not None})
    titles = _titles({entry.dialogue_id for entry in entries if entry.dialogue_id is not None})
    return [_line(entry, names, titles) for entry in entries]


def history(subject: str, most: int = A_PAGE) -> Sequence[Line]:
    """The latest that happened to one subject."""
    rows = select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.id.desc()).limit(most)
    entries = db.session().scalars(rows).all()
    names = accounts.names({entry.actor_id for entry in entries if entry.actor_id is not None})
    return [_line(entry, names, {}) for entry in entries]


def _line(entry: AuditEntry, names: Mapping[int, str], titles: Mapping[int, str]) -> Line:
    if entry.by_system:
        who: str | LazyText = _l("The system")
    elif entry.actor_id is None:
        who = _l("Nobody named")
    else:
        who = names.get(entry.actor_id) or _l("An account that is gone")
    return Line(
        entry.id,
        entry.at,
        sentence(entry.event, entry.facts, entry.subject),
        who,
        _subject(entry.subject),
        entry.dialogue_id,
        titles.get(entry.dialogue_id or 0, ""),
    )


def sentence(event: str, facts: Mapping[str, Any], subject: str = "") -> LazyText | str:
    """What happened, in the reader's language; the event's own name where no sentence is known (any longer)."""
    kind = events.known().get(event)
    if kind is None:
        return event
    gaps = dict.fromkeys(PLACEHOLDER.findall(kind.sentence.msgid), "…")  # an older row may lack a newer fact
    known = {name: kind.said[name](value, subject) if name in kind.said else value for name, value in facts.items()}
    return kind.sentence.filled(**gaps | {name: _said(name, value) for name, value in known.items()})


def kinds() -> list[tuple[str, str]]:
    """Everything that may happen, by name and in words, sorted by the words."""
    return sorted(((name, str(sentence(name, {}))) for name in events.known()), key=lambda kind: kind[1])


def _said(name: str, value: Any) -> Any:
    """A fact as people say it: moments as dates, yes and no in words."""
    if isinstance(value, bool):
        return lazy_p("fact", "yes") if value else lazy_p("fact", "no")
    if isinstance(value, str) and name.endswith(("_at", "_on", "_by")):
        return _moment(value)
    return "–" if value is None else value


def _moment(written: str) -> datetime | date | str:
    try:
        return date.fromisoformat(written) if len(written) == len("2027-01-01") else datetime.fromisoformat(written)
    except ValueError:
        return written


def _subject(key: str) -> str:
    kind, _, number = key.partition(":")
    known = subjects.kinds().get(kind)
    return f"{known.name if known else kind} {number}"


def _titles(ids: Iterable[int]) -> dict[int, str]:
    rows = select(Dialogue.id, Dialogue.title).where(Dialogue.id.in_(list(ids)))
    return {row.id: row.title for row in db.session().execute(rows)}


def dialogues() -> Sequence[tuple[int, str]]:
    """The newest dialogues, to choose from."""
    rows = select(Dialogue.id, Dialogue.title).order_by(Dialogue.id.desc()).limit(MOST_DIALOGUES)
    return [(row.id, row.title) for row in db.session().execute(rows)]


@dataclass(frozen=True)
class Health:
    """How the background jobs fare."""

    due: int  # should have begun by now
    later: int
    dead: int
    oldest_due: datetime | None


def health() -> Health:
    """Counted in one statement over the jobs that are not done."""
    now = clock.now()
    alive, due = Job.dead_at.is_(None), Job.run_at <= now
    counted = select(
        func.count().filter(alive, due),
        func.count().filter(alive, ~due),
        func.count().filter(~alive),
        func.min(Job.run_at).filter(alive, due),
    ).where(Job.done_at.is_(None))
    count_due, later, dead, oldest = db.session().execute(counted).one()
    return Health(count_due, later, dead, oldest)


def dead_jobs(before: int | None = None) -> Sequence[Job]:
    """A page of the jobs that were given up, the newest first."""
    rows = select(Job).where(Job.dead_at.is_not(None)).order_by(Job.id.desc()).limit(A_PAGE)
    return db.session().scalars(rows if before is None else rows.where(Job.id < before)).all()
