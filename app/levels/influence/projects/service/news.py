"""Status texts: how it goes, told by officials and members to everybody."""

from __future__ import annotations

from datetime import timedelta

from app.contributions import rules as marks
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.contributions.service import Draft
from app.levels.influence.projects import queries
from app.levels.influence.projects.events import StatusChanged, StatusShown, StatusTakenAway, StatusWritten
from app.levels.influence.projects.models import Project
from app.levels.influence.projects.rules import Do
from app.levels.influence.projects.service.keeping import held, tell_of_status
from app.limits import Limit
from app.permissions import SYSTEM, Actor, require

WRITING = Limit("projects.write", 20, timedelta(minutes=10))  # texts, tasks and asks of one person


def write_status(actor: Actor, row: Project, draft: Draft) -> Contribution:
    """Write a status text. Raises AlreadySent where this form has been sent before."""
    row = held(row)
    require(actor, Do.WRITE_STATUS, row)
    shown = not row.reads_first or bool(marks.mark(actor, row.dialogue_id))
    status = engine.add(actor, row.container, draft, shown=shown)
    tell_of_status(actor, row, status, StatusWritten)
    if shown:
        tell_of_status(actor, row, status, StatusShown)
    return status


def change_status(actor: Actor, row: Project, status: Contribution, text: str, language: str) -> None:
    """Write one's own anew, for half an hour; how it read is kept."""
    row = held(row)
    require(actor, Do.CHANGE_STATUS, status)
    if engine.change(status, text, language, wait=row.reads_first and not status.role):
        tell_of_status(actor, row, status, StatusChanged)


def remove_status(actor: Actor, row: Project, status: Contribution) -> None:
    """Take one's own away: its place stays."""
    require(actor, Do.REMOVE_STATUS, status)
    engine.take_away(status)
    tell_of_status(actor, row, status, StatusTakenAway)


def status_was_shown(status: Contribution) -> None:
    """A moderator let everyone read it; for the first time, that is told."""
    if engine.mark_shown(status):
        tell_of_status(SYSTEM, queries.project_of(status), status, StatusShown)
