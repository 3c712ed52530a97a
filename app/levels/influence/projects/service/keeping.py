"""What every write of projects begins and ends with: who holds what, the card on the dialogue page, who is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock, db, subjects
from app.contributions.models import Contribution
from app.dialogues.problems import Overtaken
from app.dialogues.service import keep_card, keep_stage
from app.events import Event, emit
from app.levels.influence.projects import queries
from app.levels.influence.projects.models import Member, Project
from app.permissions import Actor


def begun_at(row: Any, version: int) -> None:
    """Raises Overtaken where `row` is not at `version` any more."""
    if row.version != version:
        raise Overtaken


def held(row: Project, *, to_change: bool = False) -> Project:
    """The project as it stands now, which nobody ends or takes away until the unit ends; nor does the dialogue move.

    Those who work in it do not wait for each other; `to_change` waits for all of them.
    """
    keep_stage(row.dialogue_id)
    mine = select(Project).where(Project.id == row.id).options(joinedload(Project.container))
    mine = mine.with_for_update(read=not to_change, of=Project)
    found = db.session().scalars(mine.execution_options(populate_existing=True)).one()
    clock.fresh()  # what is open is decided now, after the wait for the locks
    return found


def held_member(project_id: int, person_id: int | None) -> Member | None:
    """A person's row in a project, theirs alone until the unit ends: nobody leaves while taking a task on."""
    mine = select(Member).where(Member.project_id == project_id, Member.person_id == (person_id or 0))
    return db.session().scalars(mine.with_for_update().execution_options(populate_existing=True)).first()


def keep(row: Project) -> None:
    """Write the project's card on the dialogue page."""
    endpoint, values = queries.address_of(row)
    keep_card(
        subjects.key("project", row.id),
        dialogue_id=row.dialogue_id,
        method="projects",
        title=row.title,
        sentence=row.lead,
        endpoint=endpoint,
        values=values,
        responses=queries.numbers(row.id).done,
        is_input=row.ended_at is None,
        position=row.id,
        result_endpoint=endpoint,
    )


def tell(by: Actor, row: Project, kind: Callable[..., Event], **facts: Any) -> None:
    """Emit what happened to a project, and by whom."""
    db.session().flush()
    key = subjects.key("project", row.id)
    emit(kind(subject=key, actor=by, dialogue_id=row.dialogue_id, title=row.title, **facts))


def tell_of_status(by: Actor, row: Project, status: Contribution, kind: Callable[..., Event]) -> None:
    """Emit what happened to a status text."""
    key = subjects.key(queries.STATUS, status.id)
    emit(kind(subject=key, actor=by, dialogue_id=row.dialogue_id, title=row.title))
