"""What leaves of projects: rows as wide as their headers, and nobody's name without the right to personal data."""

from app import db
from app.levels.influence.projects import service
from app.levels.influence.projects.exports import EXPORTS
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of
from tests.factories.projects import make_member, make_milestone, make_project, make_task, place_status


def test_rows_are_as_wide_as_their_header_counted_and_name_nobody(unit):
    dialogue = make_dialogue(level="influence")
    row = make_project(dialogue)
    person = make_member(row, name="KANARIE namn")
    make_member(row, is_in=False, name="KANARIE fråga")
    service.follow(actor_of(person), row)
    make_task(row, owner_id=person.id)
    make_task(row, state=State.HIDDEN, title="KANARIE dold", about="KANARIE")
    make_task(row, state=State.WAITING, title="KANARIE väntar")
    make_milestone(row)
    place_status(row, "Öppen text")
    place_status(row, "KANARIE dold", state=State.HIDDEN)
    other = make_project(make_dialogue(level="influence"), title="KANARIE annan")
    make_task(other)
    make_member(other)
    db.session().expire_all()
    many = {}
    for export in EXPORTS:
        columns, rows = export.columns(dialogue.id), list(export.rows(dialogue.id))
        assert {len(one) for one in rows} == {len(columns)}
        assert len(rows) == export.count(dialogue.id)
        public = [[one[at] for at, column in enumerate(columns) if not column.personal] for one in rows]
        assert "KANARIE" not in str(public)
        assert person.email not in str(public)
        many[export.key] = len(rows)
    assert many == {
        "projects": 1, "project_members": 2, "project_tasks": 3, "project_milestones": 1, "project_statuses": 2,
    }  # fmt: skip
    header = [column.name for column in EXPORTS[0].columns(dialogue.id)]
    assert next(iter(EXPORTS[0].rows(dialogue.id)))[header.index("followers")] == 1
