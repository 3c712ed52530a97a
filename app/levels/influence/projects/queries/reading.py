"""Reads of projects and milestones, where they are found, and their texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, select
from sqlalchemy.orm import joinedload

from app import db, subjects
from app.accounts.core.addresses import key_of
from app.accounts.models import RoleGrant
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.dialogues import queries as dialogues
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.levels.influence.projects.models import (
    Follower,
    Invitation,
    Member,
    Milestone,
    Progress,
    Project,
    Standing,
    Task,
)
from app.multilingual.queries import Row
from app.multilingual.sources import Item
from app.permissions import Actor, Role
from app.reviews.models import Reviewable, State
from app.subjects import Address

STATUS = "project_status"  # the kind of what stands in a project's container
MOST_PROJECTS = 100  # of one dialogue
MOST_MILESTONES = 50  # of one project
FIELDS: dict[str, tuple[LazyText, int]] = {
    "title": (_l("Heading"), 160),
    "lead": (_l("Goal"), 400),
    "scope": (_l("What we can decide together"), 2000),
    "money": (_l("Money"), 400),
    "timing": (_l("Time"), 400),
    "conclusion": (_l("What came of it"), 5000),
}
MILESTONE_FIELDS: dict[str, tuple[LazyText, int]] = {"title": (_l("What is to have been reached"), 160)}


class Numbers(NamedTuple):
    """Of tasks only those that everyone may read, of people only those who are in."""

    tasks: int
    done: int
    members: int
    followers: int


class Seen(NamedTuple):
    """A project as one person meets it. `me` is their row in it; `invited`: they may join without being asked more."""

    project: Project
    dialogue: Dialogue
    me: Member | None
    follows: bool
    invited: bool
    numbers: Numbers


def project(project_id: int) -> Project | None:
    return db.session().get(Project, project_id)


def visible_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The projects that an actor may read: those of the dialogues that they may read, without withdrawn ones."""
    readable = dialogues.visible_to(actor).with_only_columns(Dialogue.id)
    return select(Project).where(Project.withdrawn_at.is_(None), Project.dialogue_id.in_(readable))


def project_in(dialogue_id: int, project_id: int) -> tuple[Project, Dialogue] | None:
    """A project of this dialogue that is not withdrawn, with the dialogue, in one statement."""
    both = select(Project, Dialogue).join(Dialogue, Dialogue.id == Project.dialogue_id)
    both = both.where(Project.id == project_id, Project.dialogue_id == dialogue_id, Project.withdrawn_at.is_(None))
    found = db.session().execute(both.options(joinedload(Project.container))).first()
    return None if found is None else (found[0], found[1])


def seen(dialogue_id: int, project_id: int, actor: Actor) -> Seen | None:
    """As project_in, with what this person is to it and how much there is of everything; still one statement."""
    me = actor.person_id or 0
    mine = and_(Member.project_id == Project.id, Member.person_id == me)
    follows = exists().where(Follower.project_id == Project.id, Follower.person_id == me)
    wanted = select(Project, Dialogue, Member, follows, _is_invited(actor), *_numbers())
    wanted = wanted.join(Dialogue, Dialogue.id == Project.dialogue_id).outerjoin(Member, mine)
    wanted = wanted.where(Project.id == project_id, Project.dialogue_id == dialogue_id)
    wanted = wanted.where(Project.withdrawn_at.is_(None)).options(joinedload(Project.container))
    found = db.session().execute(wanted).first()
    if found is None:
        return None
    row, dialogue, _, *rest = found
    member: Member | None = found[2]  # the outer join may find none
    if member is None and actor.person_id is not None:
        outsiders().add((project_id, actor.person_id))
    return Seen(row, dialogue, member, bool(rest[0]), bool(rest[1]), _counted(rest[2:]))


def outsiders() -> set[tuple[int, int]]:
    """Who has been found not to be in which project (project, person), in this session: rules ask often."""
    known: set[tuple[int, int]] = db.held("outsiders").setdefault(0, set())
    return known


def _is_invited(actor: Actor) -> ColumnElement[bool]:
    if not actor.is_signed_in:
        return literal(False)
    return exists().where(Invitation.project_id == Project.id, Invitation.email_key == key_of(actor.email))


def _numbers() -> tuple[ColumnElement[int], ...]:
    """Small counts by index: a project is the work of some dozens, and its followers are one range of a key."""
    of_tasks = select(func.count()).select_from(Task).join(Reviewable, Reviewable.id == Task.review_id)
    of_tasks = of_tasks.where(Task.project_id == Project.id, Task.removed_at.is_(None)).correlate(Project)
    of_tasks = of_tasks.where(Reviewable.state == State.SHOWN)
    is_in = and_(Member.project_id == Project.id, Member.standing == Standing.MEMBER)
    members = select(func.count(Member.person_id)).where(is_in).correlate(Project)
    followers = select(func.count(Follower.person_id)).where(Follower.project_id == Project.id).correlate(Project)
    done = of_tasks.where(Task.progress == Progress.DONE)
    return tuple(one.scalar_subquery() for one in (of_tasks, done, members, followers))


def _counted(cells: Sequence[int]) -> Numbers:
    tasks, done, members, followers = cells
    return Numbers(tasks, done, members, followers)


def numbers(project_id: int) -> Numbers:
    """Counted now, in one statement."""
    wanted = select(*_numbers()).select_from(Project).where(Project.id == project_id)
    return _counted(db.session().execute(wanted).one())


def numbers_of(dialogue_id: int) -> dict[int, Numbers]:
    """Project id → its numbers, for the list of a dialogue; in one statement."""
    wanted = select(Project.id, *_numbers()).where(Project.dialogue_id == dialogue_id)
    return {row[0]: _counted(row[1:]) for row in db.session().execute(wanted.limit(MOST_PROJECTS))}


def in_dialogue(dialogue_id: int) -> list[Project]:
    """The projects of a dialogue, those that go on first, without withdrawn ones."""
    mine = select(Project).where(Project.dialogue_id == dialogue_id, Project.withdrawn_at.is_(None))
    ordered = mine.order_by(Project.ended_at.is_not(None), Project.id)
    return list(db.session().scalars(ordered.limit(MOST_PROJECTS)))


def every_project(dialogue_id: int) -> Iterator[Project]:
    """As in_dialogue, all of them in the order they were started, streamed."""
    mine = select(Project).where(Project.dialogue_id == dialogue_id, Project.withdrawn_at.is_(None))
    yield from db.session().scalars(mine.order_by(Project.id).execution_options(yield_per=200))


def is_untouched(row: Project) -> bool:
    """Whether nobody has joined, asked to join or written in it, so that nobody's words or work would disappear."""
    someone = select(Member.person_id).where(Member.project_id == row.id).limit(1)
    officials = select(RoleGrant.person_id).where(RoleGrant.role == Role.OFFICIAL)
    task = select(Task.id).where(Task.project_id == row.id, Task.written_by.not_in(officials)).limit(1)
    touched = any(db.session().scalars(one).first() is not None for one in (someone, task))
    return not touched and not contributions.has_any(row.id)


# ------------------------------------------------------------------ milestones


def milestones(project_id: int) -> list[Milestone]:
    """In the order in which they are to be reached."""
    mine = select(Milestone).where(Milestone.project_id == project_id).order_by(Milestone.due_on, Milestone.id)
    return list(db.session().scalars(mine.limit(MOST_MILESTONES)))


def milestone_in(row: Project, milestone_id: int) -> Milestone | None:
    mine = select(Milestone).where(Milestone.project_id == row.id, Milestone.id == milestone_id)
    return db.session().scalars(mine).first()


# ------------------------------------------------------------------ status texts


def status_in(row: Project, status_id: int) -> Contribution | None:
    return contributions.contribution_in(row.id, status_id)


def project_of(status: Contribution) -> Project:
    """Where a status text stands. Each project is read once for a session, however many of its texts are listed."""
    row = db.session().get_one(Project, status.container_id)
    db.hold([row])
    return row


def hold_projects(statuses: Sequence[Contribution]) -> None:
    """Read the projects of these status texts in one statement, held for as long as the session."""
    if statuses:
        wanted = select(Project).where(Project.id.in_({status.container_id for status in statuses}))
        db.hold(db.session().scalars(wanted))


# ------------------------------------------------------------------ addresses and texts


def address_of(row: Project) -> Address:
    """Where it is read; the dialogue is read unless the session holds it already."""
    return "projects.show", place_of(row, db.session().get_one(Dialogue, row.dialogue_id))


def status_address(status: Contribution) -> Address:
    """The address that always leads to this status text, on whichever page it stands."""
    return "projects.status", {**address_of(project_of(status))[1], "status_id": status.id}


def place_of(row: Project, dialogue: Dialogue) -> dict[str, Any]:
    return {"dialogue_id": dialogue.id, "slug": slug(dialogue.title), "project_id": row.id}


def path_of(row: Project) -> str:
    """Where it is read, for a mail."""
    values = address_of(row)[1]
    return f"/dialoger/{row.dialogue_id}-{values['slug']}/projekt/{row.id}"


def row_of(row: Project) -> Row:
    """Its Swedish texts, for those who show them in other languages."""
    return subjects.key("project", row.id), {one: (getattr(row, one), None) for one in FIELDS}


def row_of_milestone(row: Milestone) -> Row:
    return subjects.key("project_milestone", row.id), {"title": (row.title, None)}


def translatable(dialogue_id: int | None) -> list[Item]:
    """Every text of the projects of a dialogue."""
    return [
        Item(subjects.key("project", row.id), row.title, field, label, getattr(row, field), longest=longest)
        for row in ([] if dialogue_id is None else in_dialogue(dialogue_id))
        for field, (label, longest) in FIELDS.items()
    ]


def translatable_milestones(dialogue_id: int | None) -> list[Item]:
    """Every milestone of the projects of a dialogue."""
    label, longest = MILESTONE_FIELDS["title"]
    mine = select(Milestone, Project.title).join(Project, Project.id == Milestone.project_id)
    mine = mine.where(Project.dialogue_id == dialogue_id, Project.withdrawn_at.is_(None))
    mine = mine.order_by(Milestone.project_id, Milestone.due_on, Milestone.id)
    return [
        Item(subjects.key("project_milestone", row.id), title, "title", label, row.title, longest=longest)
        for row, title in (() if dialogue_id is None else db.session().execute(mine))
    ]
