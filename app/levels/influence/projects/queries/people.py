"""Reads of who is in a project, who asks to be, who follows it, and what is kept of a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select, union

from app import db
from app.accounts.contributions import MOST
from app.accounts.contributions import Contribution as Own
from app.accounts.core.addresses import key_of
from app.accounts.models import Person
from app.contributions.models import Container, Contribution
from app.dialogues.models import Dialogue
from app.i18n import LazyText, lazy_p
from app.ladder import Recipient
from app.levels.influence.projects.models import Follower, Invitation, Member, Project, Standing, Task
from app.levels.influence.projects.queries.reading import STATUS, outsiders, place_of

PAGE = 50  # members of one page
MOST_ASKING = 200  # on the officials' page


class Crowd(NamedTuple):
    """Some members in the order in which they joined; `further`: whose id the next page begins after."""

    rows: list[Member]
    further: int | None


class Waiting(NamedTuple):
    """Those who ask to join, with their accounts; and the addresses that have been invited."""

    asking: Sequence[tuple[Member, Person]]
    invited: Sequence[Invitation]


def member(project_id: int, person_id: int | None) -> Member | None:
    """This person's row in a project, whether in or asking; not asked for again where `seen` found none."""
    if person_id is None or (project_id, person_id) in outsiders():
        return None
    return db.session().get(Member, (project_id, person_id))


def members(project_id: int, after: int = 0) -> Crowd:
    """Those who are in, a page at a time."""
    mine = select(Member).where(Member.project_id == project_id, Member.standing == Standing.MEMBER)
    mine = mine.where(Member.person_id > after).order_by(Member.person_id).limit(PAGE + 1)
    found = list(db.session().scalars(mine))
    return Crowd(found[:PAGE], found[PAGE - 1].person_id if len(found) > PAGE else None)


def all_members(project_id: int) -> list[Member]:
    """Those who are in, for giving them tasks; at most as many as a list holds that one chooses from."""
    mine = select(Member).where(Member.project_id == project_id, Member.standing == Standing.MEMBER)
    return list(db.session().scalars(mine.order_by(Member.name, Member.person_id).limit(MOST_ASKING)))


def accounts_of(project_id: int) -> list[tuple[Member, Person]]:
    """Those who are in, with their accounts, for the officials; the earliest first."""
    return _with_accounts(project_id, Standing.MEMBER)


def waiting(project_id: int) -> Waiting:
    invited = select(Invitation).where(Invitation.project_id == project_id).order_by(Invitation.id).limit(MOST_ASKING)
    return Waiting(_with_accounts(project_id, Standing.ASKED), list(db.session().scalars(invited)))


def _with_accounts(project_id: int, standing: Standing) -> list[tuple[Member, Person]]:
    rows = select(Member, Person).join(Person, Person.id == Member.person_id)
    rows = rows.where(Member.project_id == project_id, Member.standing == standing)
    rows = rows.order_by(Member.asked_at, Member.person_id).limit(MOST_ASKING)
    return [(row, person) for row, person in db.session().execute(rows)]


def follows(project_id: int, person_id: int | None) -> bool:
    return person_id is not None and db.session().get(Follower, (project_id, person_id)) is not None


def invitation(invitation_id: int) -> Invitation | None:
    return db.session().get(Invitation, invitation_id)


def invitation_for(project_id: int, address: str) -> Invitation | None:
    wanted = select(Invitation).filter_by(project_id=project_id, email_key=key_of(address))
    return db.session().scalars(wanted).first()


# ------------------------------------------------------------------ who is told


def followers(project_id: int) -> Iterator[Recipient]:
    """Those who follow a project, unless blocked."""
    rows = select(Person.email, Person.language, Person.id).join(Follower, Follower.person_id == Person.id)
    rows = rows.where(Follower.project_id == project_id, Person.blocked_at.is_(None)).order_by(Person.id)
    for email, language, person_id in db.session().execute(rows.execution_options(yield_per=1000)):
        yield Recipient(email, language, person_id)


def participants(dialogue_id: int) -> Iterator[Recipient]:
    """Those who are in, follow or have written in a project of the dialogue, once each, unless blocked."""
    here = and_(Project.dialogue_id == dialogue_id, Project.withdrawn_at.is_(None))
    taking_part = union(
        select(Member.person_id).join(Project, Project.id == Member.project_id).where(here),
        select(Follower.person_id).join(Project, Project.id == Follower.project_id).where(here),
        select(Contribution.person_id)
        .join(Container, Container.id == Contribution.container_id)
        .where(Container.dialogue_id == dialogue_id, Container.kind == STATUS, Contribution.person_id.is_not(None)),
    ).subquery()
    rows = select(Person.email, Person.language, Person.id).join(taking_part, taking_part.c.person_id == Person.id)
    rows = rows.where(Person.blocked_at.is_(None)).order_by(Person.id)
    for email, language, person_id in db.session().execute(rows.execution_options(yield_per=1000)):
        yield Recipient(email, language, person_id)


# ------------------------------------------------------------------ a person's own


def own(person_id: int) -> list[Own]:
    """The projects that a person is in, asks to join or follows, for their own page; one statement."""
    in_it = and_(Member.project_id == Project.id, Member.person_id == person_id)
    told = and_(Follower.project_id == Project.id, Follower.person_id == person_id)
    rows = select(Project, Dialogue, Member.standing, func.coalesce(Member.asked_at, Follower.since))
    rows = rows.join(Dialogue, Dialogue.id == Project.dialogue_id).outerjoin(Member, in_it).outerjoin(Follower, told)
    rows = rows.where(Project.withdrawn_at.is_(None))
    rows = rows.where(or_(Member.person_id.is_not(None), Follower.person_id.is_not(None)))
    return [
        Own(
            title=row.title,
            address=("projects.show", place_of(row, dialogue)),
            state=_state(standing)[0],
            when=when,
            tone=_state(standing)[1],
        )
        for row, dialogue, standing, when in db.session().execute(rows.order_by(Project.id.desc()).limit(MOST))
    ]


def _state(standing: str | None) -> tuple[LazyText, str]:
    if standing == Standing.MEMBER:
        return lazy_p("project", "You are a member"), "open"
    if standing == Standing.ASKED:
        return lazy_p("project", "You have asked to join"), "now"
    return lazy_p("project", "You follow it"), ""


def kept_of(person_id: int) -> list[Mapping[str, Any]]:
    """What is kept of a person: where they are in or follow, the tasks that are theirs, and invitations to them."""
    address = select(Person.email_key).where(Person.id == person_id).scalar_subquery()
    kept: tuple[Select[*tuple[Any, ...]], ...] = (
        select(Member.project_id, Member.standing, Member.name, Member.message, Member.asked_at, Member.joined_at)
        .where(Member.person_id == person_id)
        .order_by(Member.project_id),
        select(Follower.project_id, Follower.since)
        .where(Follower.person_id == person_id)
        .order_by(Follower.project_id),
        select(Task.id.label("owns_task"), Task.title, Task.progress, Task.due_on)
        .where(Task.owner_id == person_id)
        .order_by(Task.id),
        select(Invitation.project_id, Invitation.email, Invitation.invited_at)
        .where(Invitation.email_key == address)
        .order_by(Invitation.id),
    )
    return [dict(row) for rows in kept for row in db.session().execute(rows).mappings()]


def tasks_written_by(person_id: int) -> list[Mapping[str, Any]]:
    """The tasks that a person has written."""
    rows = select(Task.id, Task.title, Task.about, Task.language, Task.created_at)
    rows = rows.where(Task.written_by == person_id).order_by(Task.id)
    return [dict(row) for row in db.session().execute(rows).mappings()]
