"""Who hears of what happens in a project: its followers, those who join, and whoever leads it.

That a text was hidden, on which ground, is told by moderation to the one who wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app import subjects
from app.accounts import queries as accounts
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.events import Event
from app.ladder import Notice, Recipient, nobody
from app.levels.influence.projects import queries
from app.levels.influence.projects.events import (
    EVENTS,
    MemberAdmitted,
    MemberInvited,
    MemberRemoved,
    MembershipAsked,
    MembershipDeclined,
    MilestoneReached,
    ProjectEnded,
    StatusShown,
)
from app.levels.influence.projects.models import Project
from app.levels.influence.projects.rules import Do
from app.permissions import GUEST, can

LONGEST_QUOTE = 300  # characters of a status text that are repeated in the mail


def _number(event: Event) -> int:
    return subjects.number(event.subject)


def _project(event: Any) -> Project | None:
    """The project, where everyone may read it: nobody is told of what they could not open."""
    row = queries.project(_number(event))
    return row if row is not None and can(GUEST, Do.READ, row) else None


def followers(event: Any) -> Iterable[Recipient]:
    row = _project(event)
    return () if row is None else queries.followers(row.id)


def readers(event: Any) -> Iterable[Recipient]:
    """As followers, of the project that a status text stands in; not its author."""
    row = _status(event)
    if row is None:
        return ()
    told = queries.followers(row.container_id)
    return (one for one in told if one.person_id != row.person_id)


def the_one(event: Any) -> Iterable[Recipient]:
    """The person whom it is about."""
    return () if _project(event) is None else _account(event.person_id)


def the_invited(event: Any) -> Iterable[Recipient]:
    """Whoever has the address, in their own language where they have an account."""
    row = queries.invitation(event.invitation_id) if _project(event) else None
    person = accounts.person_at(row.email) if row else None
    if person is not None:
        return _account(person.id)
    return () if row is None else (Recipient(row.email, row.language),)


def the_lead(event: Any) -> Iterable[Recipient]:
    """Whoever started the project."""
    row = _project(event)
    return () if row is None or row.created_by is None else _account(row.created_by)


def _account(person_id: int) -> Iterable[Recipient]:
    person = accounts.person(person_id)
    if person is None or person.blocked_at is not None:
        return ()
    return (Recipient(person.email, person.language, person.id),)


def facts(event: Any) -> Mapping[str, Any]:
    """Plain values about the project, on one line each, so that nothing in them looks like a part of the mail."""
    more = {name: _line(getattr(event, name)) for name in ("milestone", "reason") if hasattr(event, name)}
    return {**_about(_project(event)), **more}


def status(event: StatusShown) -> Mapping[str, Any]:
    """The beginning of a status text, and where all of it is."""
    row = _status(event)
    about = _about(None if row is None else queries.project_of(row))
    text = _line(row.text or "") if row else ""
    quote = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return {
        **about,
        "name": row.name if row else "",
        "quote": quote,
        "status_path": f"{about['path']}/nytt/{_number(event)}",
    }


def asked(event: MembershipAsked) -> Mapping[str, Any]:
    """As facts, and where the officials answer."""
    desk = f"/arbetsyta/dialoger/{event.dialogue_id}/projekt/{_number(event)}/deltagare"
    return {**_about(_project(event)), "desk_path": desk}


def _status(event: Event) -> Contribution | None:
    row = contributions.contribution(_number(event))
    is_one = row is not None and row.kind == queries.STATUS
    return row if is_one and can(GUEST, Do.READ_STATUS, row) else None


def _about(row: Project | None) -> dict[str, str]:
    return {"project": _line(row.title) if row else "", "path": queries.path_of(row) if row else ""}


def _line(text: str) -> str:
    return " ".join(text.split())


TOLD = (
    Notice(StatusShown, "project_status", readers, status),
    Notice(MilestoneReached, "project_milestone", followers, facts),
    Notice(ProjectEnded, "project_ended", followers, facts),
    Notice(MembershipAsked, "project_asked", the_lead, asked),
    Notice(MemberAdmitted, "project_joined", the_one, facts),
    Notice(MembershipDeclined, "project_declined", the_one, facts),
    Notice(MemberRemoved, "project_taken_out", the_one, facts),
    Notice(MemberInvited, "project_invited", the_invited, facts),
)
NOTICES = (*TOLD, *(Notice(one, None, nobody) for one in EVENTS if one not in {notice.event for notice in TOLD}))
