"""Joint projects with people, tasks and status texts, whatever the stage of the dialogue."""

from __future__ import annotations

from datetime import date
from typing import Any

from app import clock, db
from app.accounts.models import Person
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.dialogues.models import Dialogue
from app.levels.influence.projects import queries, service
from app.levels.influence.projects.models import Member, Milestone, Progress, Project, Standing, Task
from app.reviews import service as reviews
from app.reviews.models import State
from tests.factories.contributions import write as write_in
from tests.factories.people import make_person

FACTS = {
    "title": "Bänkar längs Storgatan",
    "lead": "Hundra meter mellan två bänkar.",
    "scope": "Var de står.",
    "money": "50 000 kronor.",
    "timing": "Klart till våren.",
    "reads_first": False,
}


def make_project(dialogue: Dialogue, **fields: Any) -> Project:
    """A project with its card."""
    row = Project(
        container=engine.make_container(queries.STATUS, dialogue.id),
        dialogue_id=dialogue.id,
        created_at=clock.now(),
        **{**FACTS, **fields},
    )
    db.session().add(row)
    db.session().flush()
    service.keep(row)
    return row


def make_member(project: Project, person: Person | None = None, *, is_in: bool = True, name: str = "Åsa") -> Person:
    """Somebody who is in a project, or asks to be."""
    them = person or make_person(name="Åsa Öberg")
    db.session().add(
        Member(
            project_id=project.id,
            person_id=them.id,
            standing=Standing.MEMBER if is_in else Standing.ASKED,
            name=name,
            asked_at=clock.now(),
            joined_at=clock.now() if is_in else None,
        )
    )
    db.session().flush()
    return them


def make_task(project: Project, *, state: State = State.SHOWN, by: Person | None = None, **fields: Any) -> Task:
    """A task that nobody has taken on, unless said otherwise."""
    values = {"title": "Fråga apoteket", "language": "sv", "progress": Progress.NOT_BEGUN, "percent": 0, **fields}
    if values["progress"] == Progress.DONE:
        values |= {"percent": 100, "done_at": clock.now()}
    review = reviews.submit(queries.TASK, dialogue_id=project.dialogue_id, language="sv", shown=True)
    review.state = state
    row = Task(
        project=project, review=review, created_at=clock.now(), written_by=by.id if by else None, **values
    )  # fmt: skip
    db.session().add(row)
    db.session().flush()
    return row


def make_milestone(project: Project, title: str = "Platserna är valda", due_on: date = date(2027, 3, 1)) -> Milestone:
    row = Milestone(project_id=project.id, title=title, due_on=due_on)
    db.session().add(row)
    db.session().flush()
    return row


def place_status(
    project: Project, text: str = "Det går bra.", *, state: State = State.SHOWN, **fields: Any
) -> Contribution:
    """A status text in this state."""
    return write_in(project.container, text, state=state, **fields)
