"""Joining, leaving and following a project, and who lets whom in."""

from __future__ import annotations

from sqlalchemy import delete, select

from app import clock, db, i18n
from app.accounts.core.addresses import key_of
from app.levels.influence.projects import queries
from app.levels.influence.projects.events import (
    MemberAdmitted,
    MemberInvited,
    MemberLeft,
    MemberRemoved,
    MembershipAsked,
    MembershipDeclined,
    ProjectFollowed,
    ProjectUnfollowed,
)
from app.levels.influence.projects.models import Follower, Invitation, Member, Project, Standing, Task
from app.levels.influence.projects.rules import Do
from app.levels.influence.projects.service.keeping import held, held_member, tell
from app.permissions import SYSTEM, Actor, require


class AlreadyIn(Exception):
    """This person has joined, or asked to, in another window."""


class Gone(Exception):
    """Whom it is about has left, or has been answered by a colleague."""


def follow(actor: Actor, row: Project) -> None:
    """Be told by e-mail what happens. A second time nothing happens."""
    require(actor, Do.FOLLOW, row)
    if db.insert_new(Follower, project_id=row.id, person_id=actor.person_id, since=clock.now()):
        tell(SYSTEM, row, ProjectFollowed)


def unfollow(actor: Actor, row: Project) -> None:
    """Be told no more. A second time nothing happens."""
    require(actor, Do.UNFOLLOW, row)
    if _stop_telling(row.id, actor.person_id):
        tell(SYSTEM, row, ProjectUnfollowed)


def join(actor: Actor, row: Project, name: str, message: str = "") -> Member:
    """Ask to be in it, or be in it at once where one has been invited. Raises AlreadyIn.

    `name` is what others see, empty for none; `message` is to the officials.
    """
    row = held(row)
    require(actor, Do.JOIN, row)
    invited = queries.invitation_for(row.id, actor.email)
    me = Member(project_id=row.id, person_id=actor.person_id, name=name, message=message, asked_at=clock.now())
    me.standing = Standing.ASKED
    db.session().add(me)
    db.flush_or(AlreadyIn())
    queries.outsiders().discard((row.id, me.person_id))
    if invited is None:
        tell(SYSTEM, row, MembershipAsked)
    else:
        db.session().delete(invited)
        _let_in(SYSTEM, row, me)
    return me


def leave(actor: Actor, row: Project) -> None:
    """Leave it, or take back that one asked. Tasks that one had taken on are free again, and one is told no more."""
    require(actor, Do.LEAVE, row)
    me = held_member(row.id, actor.person_id)
    if me is not None:
        _take_out(row, me)
        tell(SYSTEM, row, MemberLeft)


def admit(actor: Actor, row: Project, person_id: int) -> None:
    """Let somebody in who asked. Raises Gone where they no longer do."""
    require(actor, Do.ADMIT, row)
    _let_in(actor, row, _asking(row, person_id))


def decline(actor: Actor, row: Project, person_id: int) -> None:
    """Say no to somebody who asked. Raises Gone where they no longer do."""
    require(actor, Do.ADMIT, row)
    db.session().delete(_asking(row, person_id))
    tell(actor, row, MembershipDeclined, person_id=person_id)


def remove(actor: Actor, row: Project, person_id: int, reason: str) -> None:
    """Take somebody out, who is told why. Raises Gone where they have left."""
    require(actor, Do.ADMIT, row)
    them = held_member(row.id, person_id)
    if them is None or not them.is_in:
        raise Gone
    _take_out(row, them)
    tell(actor, row, MemberRemoved, reason=reason, person_id=person_id)


def invite(actor: Actor, row: Project, address: str) -> None:
    """Invite whoever has this address, whether they have an account yet or not. A second time nothing happens."""
    require(actor, Do.ADMIT, row)
    if queries.invitation_for(row.id, address) is None:
        made = {"email": address, "email_key": key_of(address), "language": i18n.SOURCE.code}
        db.insert_new(Invitation, project_id=row.id, invited_at=clock.now(), **made)
        found = queries.invitation_for(row.id, address)
        if found is not None:
            tell(actor, row, MemberInvited, invitation_id=found.id)


def _asking(row: Project, person_id: int) -> Member:
    found = held_member(row.id, person_id)
    if found is None or found.is_in:
        raise Gone
    return found


def _let_in(by: Actor, row: Project, them: Member) -> None:
    them.standing, them.joined_at, them.message = Standing.MEMBER, clock.now(), ""
    db.session().flush()
    db.insert_new(Follower, project_id=row.id, person_id=them.person_id, since=clock.now())
    tell(by, row, MemberAdmitted, person_id=them.person_id)


def _take_out(row: Project, them: Member) -> None:
    mine = select(Task).where(Task.project_id == row.id, Task.owner_id == them.person_id)
    for task in db.session().scalars(mine.with_for_update(of=Task).execution_options(populate_existing=True)):
        task.owner_id = None
    db.session().flush()
    db.session().delete(them)
    _stop_telling(row.id, them.person_id)


def _stop_telling(project_id: int, person_id: int | None) -> bool:
    """Whether they were told until now."""
    mine = delete(Follower).where(Follower.project_id == project_id, Follower.person_id == person_id)
    done = db.session().execute(mine.execution_options(synchronize_session="fetch"))
    return bool(done.rowcount)  # type: ignore[attr-defined]  # a delete has one
