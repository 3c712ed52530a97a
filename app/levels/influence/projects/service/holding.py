"""Holding a project: its goal and frame, its milestones, and its end."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import delete

from app import clock, db, subjects
from app.contributions import service as engine
from app.dialogues.models import Dialogue
from app.dialogues.service import drop_card
from app.levels.influence.projects import queries
from app.levels.influence.projects.events import (
    MilestoneChanged,
    MilestonePlanned,
    MilestoneReached,
    MilestoneRemoved,
    ProjectChanged,
    ProjectEnded,
    ProjectStarted,
    ProjectWithdrawn,
)
from app.levels.influence.projects.models import Invitation, Member, Milestone, Project, Standing
from app.levels.influence.projects.rules import Do
from app.levels.influence.projects.service.keeping import begun_at, held, keep, tell
from app.permissions import Actor, require


def start(actor: Actor, dialogue: Dialogue, facts: dict[str, Any]) -> Project:
    """A new project. `facts`: title, lead, scope, money, timing, reads_first."""
    require(actor, Do.START, dialogue)
    row = Project(
        container=engine.make_container(queries.STATUS, dialogue.id),
        dialogue_id=dialogue.id,
        created_by=actor.person_id,
        created_at=clock.now(),
        **facts,
    )
    db.session().add(row)
    db.session().flush()
    keep(row)
    tell(actor, row, ProjectStarted)
    return row


def change(actor: Actor, row: Project, facts: dict[str, Any], version: int) -> None:
    """Save a change of the goal and the frame that began at `version`. Raises Overtaken."""
    require(actor, Do.CHANGE, row)
    begun_at(row, version)
    for column, value in facts.items():
        setattr(row, column, value)
    row.edited_at = clock.now()
    keep(row)
    tell(actor, row, ProjectChanged)


def withdraw(actor: Actor, row: Project) -> None:
    """Take away a project that nobody has joined or written in."""
    row = held(row, to_change=True)
    require(actor, Do.WITHDRAW, row)
    row.withdrawn_at = clock.now()
    drop_card(subjects.key("project", row.id))
    tell(actor, row, ProjectWithdrawn)


def end(actor: Actor, row: Project, conclusion: str, version: int) -> None:
    """Say what came of it: from now on it is read only. Those who still asked to join are let go. Raises Overtaken."""
    row = held(row, to_change=True)
    require(actor, Do.END, row)
    begun_at(row, version)
    row.ended_at, row.conclusion = clock.now(), conclusion
    asked = delete(Member).where(Member.project_id == row.id, Member.standing == Standing.ASKED)
    db.session().execute(asked.execution_options(synchronize_session="fetch"))
    db.session().execute(delete(Invitation).where(Invitation.project_id == row.id))
    keep(row)
    tell(actor, row, ProjectEnded)


# ------------------------------------------------------------------ milestones


def plan_milestone(actor: Actor, row: Project, title: str, due_on: date) -> Milestone:
    require(actor, Do.PLAN, row)
    made = Milestone(project_id=row.id, title=title, due_on=due_on)
    db.session().add(made)
    tell(actor, row, MilestonePlanned, milestone=title)
    return made


def change_milestone(
    actor: Actor, row: Project, milestone: Milestone, title: str, due_on: date, version: int
) -> None:  # fmt: skip
    """Save a change that began at `version`. Raises Overtaken."""
    require(actor, Do.PLAN, row)
    begun_at(milestone, version)
    milestone.title, milestone.due_on = title, due_on
    tell(actor, row, MilestoneChanged, milestone=title)


def reach_milestone(actor: Actor, row: Project, milestone: Milestone) -> None:
    """It has been reached: the followers are told. A second time nothing happens."""
    require(actor, Do.PLAN, row)
    if milestone.reached_at is None:
        milestone.reached_at = clock.now()
        tell(actor, row, MilestoneReached, milestone=milestone.title)


def remove_milestone(actor: Actor, row: Project, milestone: Milestone) -> None:
    require(actor, Do.PLAN, row)
    db.session().delete(milestone)
    tell(actor, row, MilestoneRemoved, milestone=milestone.title)
